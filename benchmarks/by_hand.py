"""The limit to stand beside: no-split-brain of N equal nodes, proved by the leanest script in z3.

    python benchmarks/by_hand.py N MODE [--half]

One process and no layers; the actions, the lemmas and the theorems about votes are those of
quorate's model, written out. What no lemma reads is not written at all: who reaches whom, and who
has stored the latest configuration. A step may then do with it what it likes, which is sound for a
proof. `--half` breaks a rule, half of the votes being enough, and must be answered with `sat`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import z3

Term = Any
Step = tuple[str, list[Term], list[tuple[Term, Term]]]
"""A name, what is true before the step, and what it makes of the variables."""

MODES = (
    "node-majority",
    "node-and-disk-majority",
    "node-and-file-share-majority",
    "disk-only",
)

N, MODE, HALF = int(sys.argv[1]), sys.argv[2], "--half" in sys.argv[3:]
WITNESS, SHARE, DISK_ONLY = MODE != MODES[0], MODE == MODES[2], MODE == MODES[3]
TOTAL = 1 if DISK_ONLY else N + WITNESS

up, one, two, paths, holder, winner, node, peer, side, left, right = (
    z3.BitVec(name, N)
    for name in "up one two paths holder winner node peer side left right".split()
)
works, place, where = z3.Bool("works"), z3.BitVec("place", 1), z3.BitVec("where", 2)
votes = z3.Function("votes", up.sort(), z3.IntSort())
NOBODY = z3.BitVecVal(0, N)
ALL = z3.BitVecVal(-1, N)
running = one | two
may_belong = z3.If(works, paths, NOBODY) if DISK_ONLY else ALL


def single(members: Term) -> Term:
    return members & (members - 1) == 0


def enough(members: Term, holds: Term) -> Term:
    """Rule Q1: more than half of all votes, the witness's for whoever holds it."""
    if DISK_ONLY:
        return holds
    tally = votes(members) + z3.If(holds, 1, 0) if WITNESS else votes(members)
    return 2 * tally >= TOTAL if HALF else tally >= TOTAL // 2 + 1


def theorems() -> Iterator[tuple[str, list[Term]]]:
    """What is told of votes below, from their definition: each a contradiction."""
    if DISK_ONLY:
        return
    a, b = z3.Bools("a b")
    of_a, of_b = z3.If(a, 1, 0), z3.If(b, 1, 0)
    number = [
        [z3.If(z3.Extract(i, i, members) == 1, 1, 0) for i in range(N)] for members in (left, right)
    ]
    x, y = number
    yield "one counts", [z3.Not(z3.And(of_a >= 0, of_a <= 1))]
    yield "not both count", [z3.Not(z3.Or(z3.And(a, b), of_a + of_b <= 1))]
    yield "what implies counts for no more", [z3.Not(z3.Or(z3.And(a, z3.Not(b)), of_a <= of_b))]
    yield (
        "bounds",
        [z3.And(i >= 0, i <= 1) for i in x] + [z3.Or(z3.Sum(x) < 0, z3.Sum(x) > N)],
    )
    yield (
        "disjoint sets",
        [z3.Or(z3.And(i == 1, j == 1), i + j <= 1) for i, j in zip(x, y, strict=True)]
        + [left & right == 0, z3.Sum(x) + z3.Sum(y) > N],
    )
    yield (
        "subsets",
        [z3.Or(z3.And(i == 1, j == 0), i <= j) for i, j in zip(x, y, strict=True)]
        + [left & ~right == 0, z3.Sum(x) > z3.Sum(y)],
    )


def bounds(members: Term) -> Term:
    return z3.And(votes(members) >= 0, votes(members) <= N)


def disjoint(one: Term, other: Term) -> Term:
    return z3.Implies(one & other == 0, votes(one) + votes(other) <= N)


def grows(members: Term, more: Term) -> Term:
    return z3.Implies(members & ~more == 0, votes(members) <= votes(more))


def invariant() -> list[Term]:
    kept = [
        running & ~up == 0,
        two == 0,
        z3.Implies(one != 0, enough(one, holder != 0)),
    ]
    if WITNESS:
        kept += [single(holder), holder & ~(running & paths) == 0, z3.Implies(holder != 0, works)]
    return kept


def regroup(
    name: str,
    guard: Sequence[Term],
    concerned: Sequence[Term],
    sides: Sequence[Term],
    *,
    up_then: Term = up,
    paths_then: Term = paths,
    works_then: Term = works,
) -> Step:
    """The island that is concerned meets a changed world, in one or two parts."""
    island = z3.If(concerned[0], one, NOBODY) | z3.If(concerned[1], two, NOBODY)
    parts = [island & up_then & members for members in sides]
    stays = [z3.And(part != 0, enough(part, winner & part != 0)) for part in parts]
    said = [*guard, z3.Not(z3.And(*concerned))]
    if not DISK_ONLY:
        said += [bounds(part) for part in parts]
    first, others = z3.If(stays[0], parts[0], NOBODY), [one, two]
    if len(parts) == 2:
        first = z3.If(stays[0], parts[0], z3.If(stays[1], parts[1], NOBODY))
        both = z3.And(*stays)
        free = [one == 0, z3.And(one != 0, two == 0)]
        second = z3.If(both, parts[1], NOBODY)
        others = [z3.If(free[0], second, one), z3.If(free[1], second, two)]
        said.append(z3.Or(z3.Not(both), one == 0, two == 0))
        if not DISK_ONLY:
            said.append(disjoint(*parts))
    then = [z3.If(c, first, other) for c, other in zip(concerned, others, strict=True)]
    after = [(up, up_then), (one, then[0]), (two, then[1])]
    if WITNESS:
        useless = NOBODY
        for part in parts:
            useless = useless | z3.If(enough(part, z3.BoolVal(True)), NOBODY, part)
        connected = island & up_then & paths_then
        keeps = holder & up_then & paths_then & ~useless
        useful = connected & ~useless
        open_to = z3.If(keeps != 0, keeps, z3.If(useful != 0, useful, connected))
        said += contest(z3.If(works_then, open_to, NOBODY))
        after += [(paths, paths_then), (works, works_then)]
        after.append((holder, winner & (then[0] | then[1])))
    return name, said, after


def contest(contenders: Term) -> list[Term]:
    """Any contender may win the witness, and one does if there is one."""
    return [single(winner), winner & ~contenders == 0, z3.Or(winner != 0, contenders == 0)]


def hit(members: Term) -> list[Term]:
    return [one & members != 0, two & members != 0]


def single_in(member: Term, members: Term) -> list[Term]:
    return [single(member), member != 0, member & ~members == 0]


def faults() -> Iterator[Step]:
    yield regroup("crash", single_in(node, up), hit(node), [ALL], up_then=up & ~node)
    yield "power failure", [up != 0], [(up, NOBODY), (one, NOBODY), (two, NOBODY), (holder, NOBODY)]
    cut, lost = paths, side
    said = [side != 0, ~side != 0]
    if SHARE:
        cut = paths & z3.If(where == 0, ALL, z3.If(where == 1, side, ~side))
        said.append(z3.ULT(where, 3))
        lost = side | (holder & ~cut)
    yield regroup("partition", said, hit(lost), [side, ~side], paths_then=cut)
    alone = paths & ~node if SHARE else paths
    said = single_in(node, up)
    yield regroup("isolation", said, hit(node), [node, ~node], paths_then=alone)
    together = [z3.And(island & node != 0, island & peer != 0) for island in (one, two)]
    said = [*single_in(node, ALL), *single_in(peer, ALL), node != peer]
    yield regroup("link failure", said, together, [node, ~node])
    said = single_in(node, running)
    rest = z3.If(one & node != 0, one & ~node, NOBODY) | z3.If(two & node != 0, two & ~node, NOBODY)
    may = z3.And(
        works, rest & paths != 0, z3.Or(holder == 0, holder & (rest | node) != 0)
    ) if WITNESS else z3.BoolVal(False)
    said += [rest != 0, enough(rest, may)]
    yield regroup("planned stop", said, hit(node), [ALL], up_then=up & ~node)
    if WITNESS:
        gone = z3.BoolVal(False)
        yield regroup("witness failure", [works], hit(holder), [ALL], works_then=gone)
        said = single_in(node, paths)
        yield regroup("path failure", said, hit(holder & node), [ALL], paths_then=paths & ~node)


def service() -> Iterator[Step]:
    yield "restart", [side != 0, side & up == 0], [(up, up | side)]
    said = [side != 0, side & ~(up & may_belong) == 0, side & running == 0]
    said += [z3.Or(one == 0, two == 0), enough(side, winner != 0)]
    if not DISK_ONLY:
        said += [bounds(side), disjoint(side, one), disjoint(side, two)]
    if WITNESS:
        said += contest(z3.If(z3.And(works, holder == 0), side & paths, NOBODY))
    after = [(one, z3.If(one == 0, side, one))]
    after.append((two, z3.If(z3.And(one != 0, two == 0), side, two)))
    yield "form", said, [*after, (holder, holder | winner)] if WITNESS else after
    said = [*single_in(node, up & ~running & may_belong)]
    joined = [z3.If(place == k, island, NOBODY) for k, island in enumerate((one, two))]
    said.append(joined[0] | joined[1] != 0)
    after = [(m, m | z3.If(place == k, node, NOBODY)) for k, m in enumerate((one, two))]
    if not DISK_ONLY:
        said += [grows(one, one | node), grows(two, two | node)]
    yield "join", said, after
    if WITNESS:
        free = z3.If(z3.And(works, holder == 0), running & paths, NOBODY)
        yield "take witness", single_in(node, free), [(holder, node)]
        yield "witness return", [z3.Not(works)], [(works, z3.BoolVal(True))]
        yield "path return", [side != 0, side & paths == 0], [(paths, paths | side)]


def obligations() -> Iterator[tuple[str, list[Term]]]:
    yield from theorems()
    lemmas = invariant()
    whole = z3.And(*lemmas)
    first = [up == ALL, one == ALL, two == 0, works, paths == ALL, single(holder), holder != 0]
    if not DISK_ONLY:
        counted = z3.Sum([z3.If(z3.Extract(i, i, one) == 1, 1, 0) for i in range(N)])
        first.append(votes(one) == counted)
    yield "initiation", [*first, z3.Not(whole)]
    for steps in (faults(), service()):
        for name, said, after in steps:
            yield name, [*lemmas, *said, z3.Not(z3.substitute(whole, *after))]
    yield "implication", [*lemmas, one != 0, two != 0]


def main(solver: Callable[[], Any] = z3.SimpleSolver) -> int:
    for name, formulas in obligations():
        asked = solver()
        asked.add(*formulas)
        answer = asked.check()
        if answer != z3.unsat:
            print(f"{name}: {answer}")
            return 1
    print("proved")
    return 0


if __name__ == "__main__":
    sys.exit(main())

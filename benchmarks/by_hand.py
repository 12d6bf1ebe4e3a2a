"""The limit to stand beside: no-split-brain of N equal nodes, proved by the leanest script in z3.

    python benchmarks/by_hand.py N MODE [--half]

One process and no layers. Actions, lemmas and theorems about votes are those of quorate's model,
written out as far as the proof needs them, and tuned. What no lemma reads is not written at all:
who reaches whom, and who has stored the latest configuration; a step may then do with it what it
likes, which is sound for a proof. Theorems are proved in whole numbers. A step speaks of votes in
bits, enough of them for the votes of two sets that share none, so that all is decided by z3's SAT
solver.

`--half` breaks a rule, half of the votes being enough, and must be answered with `sat`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import z3

Term: TypeAlias = Any
Step: TypeAlias = tuple[str, list[Term], dict[str, Term]]
"""A name, what is true before the step, and what it makes of the variables that it changes."""

N, MODE, HALF = int(sys.argv[1]), sys.argv[2], "--half" in sys.argv[3:]
WITNESS, DISK_ONLY = MODE != "node-majority", MODE == "disk-only"
SHARE = MODE == "node-and-file-share-majority"
TOTAL = N + WITNESS
NEEDED = (TOTAL + 1) // 2 if HALF else TOTAL // 2 + 1
WIDTH = (2 * TOTAL).bit_length()

up, one, two, paths, holder = (z3.BitVec(x, N) for x in ("up", "one", "two", "paths", "holder"))
winner, node, peer, side = (z3.BitVec(x, N) for x in ("winner", "node", "peer", "side"))
works, place, where = z3.Bool("works"), z3.Bool("place"), z3.BitVec("where", 2)
votes = z3.Function("votes", up.sort(), z3.BitVecSort(WIDTH))
NOBODY, EVERYBODY = z3.BitVecVal(0, N), z3.BitVecVal(-1, N)
YES, NO = z3.BoolVal(True), z3.BoolVal(False)
running = one | two
may_belong = z3.If(works, paths, NOBODY) if DISK_ONLY else EVERYBODY


def case(test: Callable[[Term], Term], members: Term) -> Term:
    """`test` of a set that is chosen by cases, case by case."""
    if members.decl().kind() != z3.Z3_OP_ITE:
        return test(members)
    condition, this, that = members.children()
    return z3.If(condition, case(test, this), case(test, that))


def empty(members: Term) -> Term:
    return case(lambda s: s == 0, members)


def single_in(member: Term, members: Term) -> list[Term]:
    return [member & (member - 1) == 0, member != 0, member & ~members == 0]


def enough(members: Term, holds: Term) -> Term:
    """More than half of all votes, the witness's for whoever holds it."""
    if DISK_ONLY:
        return holds
    needed = z3.BitVecVal(NEEDED, WIDTH)
    return z3.UGE(case(votes, members), z3.If(holds, needed - 1, needed) if WITNESS else needed)


def theorems() -> Iterator[tuple[str, list[Term]]]:
    """What the steps are told of votes, from their definition, in whole numbers."""
    a, b = z3.Bools("a b")
    x, y = z3.If(a, 1, 0), z3.If(b, 1, 0)
    left, right = z3.BitVecs("left right", N)
    yield "not both count", [z3.Not(z3.Or(z3.And(a, b), x + y <= 1))]
    yield "what implies counts for no more", [z3.Not(z3.Or(z3.And(a, z3.Not(b)), x <= y))]
    inside = [[z3.Extract(i, i, s) == 1 for i in range(N)] for s in (left, right)]
    count = [z3.Sum([z3.If(p, 1, 0) for p in part]) for part in inside]
    pairs = [(p, q, z3.If(p, 1, 0), z3.If(q, 1, 0)) for p, q in zip(*inside, strict=True)]
    hints = [z3.Or(z3.And(p, q), x + y <= 1) for p, q, x, y in pairs]
    yield "disjoint sets", [*hints, left & right == 0, count[0] + count[1] > N]
    hints = [z3.Or(z3.And(p, z3.Not(q)), x <= y) for p, q, x, y in pairs]
    yield "subsets", [*hints, left & ~right == 0, count[0] > count[1]]


def share_none(this: Term, that: Term) -> list[Term]:
    if DISK_ONLY:
        return []
    together = z3.ULE(votes(this) + votes(that), N)
    fit = [z3.ULE(votes(s), N) for s in (this, that)]
    return [*fit, z3.Or(this & that != 0, together)]


def grows(members: Term, more: Term) -> list[Term]:
    return [] if DISK_ONLY else [z3.ULE(votes(members), votes(more))]


def invariant(
    *,
    up: Term = up,
    one: Term = one,
    two: Term = two,
    paths: Term = paths,
    holder: Term = holder,
    works: Term = works,
) -> list[Term]:
    held = z3.Not(empty(holder)) if WITNESS else NO
    kept = [(one | two) & ~up == 0, empty(two), z3.Or(empty(one), enough(one, held))]
    if WITNESS:
        kept += [holder & (holder - 1) == 0, holder & ~((one | two) & paths) == 0]
        kept.append(z3.Implies(held, works))
    return kept


def contest(contenders: Term) -> list[Term]:
    """Any contender may win the witness, and one does if there is one."""
    wins = case(lambda s: winner & ~s == 0, contenders)
    return [winner & (winner - 1) == 0, wins, z3.Or(winner != 0, empty(contenders))]


def regroup(
    name: str,
    guard: Sequence[Term],
    concerned: Sequence[Term],
    sides: Sequence[Term],
    *,
    up: Term = up,
    paths: Term = paths,
    works: Term = works,
) -> Step:
    """The island that is concerned meets a changed world, in one or two parts."""
    island = z3.If(concerned[0], one, NOBODY) | z3.If(concerned[1], two, NOBODY)
    parts = [island & up & members for members in sides]
    stays = [z3.And(part != 0, enough(part, winner & part != 0)) for part in parts]
    said = [*guard, z3.Not(z3.And(*concerned))]
    first, others = z3.If(stays[0], parts[0], NOBODY), [one, two]
    if len(parts) == 2:
        first = z3.If(stays[0], parts[0], z3.If(stays[1], parts[1], NOBODY))
        both = z3.And(*stays)
        others = [
            z3.If(z3.And(both, one == 0), parts[1], one),
            z3.If(z3.And(both, one != 0, two == 0), parts[1], two),
        ]
        said += [z3.Or(z3.Not(both), one == 0, two == 0), *share_none(*parts)]
    islands = [z3.If(c, first, other) for c, other in zip(concerned, others, strict=True)]
    after = {"up": up, "one": islands[0], "two": islands[1]}
    if WITNESS:
        useless = [z3.If(enough(part, YES), NOBODY, part) for part in parts]
        able = up & paths & ~(useless[0] | useless[-1])
        keeps, useful = holder & able, island & able
        open_to = z3.If(keeps != 0, keeps, z3.If(useful != 0, useful, island & up & paths))
        said += contest(z3.If(works, open_to, NOBODY))
        after |= {"paths": paths, "works": works, "holder": winner & (islands[0] | islands[1])}
    return name, said, after


def hit(members: Term) -> list[Term]:
    return [one & members != 0, two & members != 0]


def faults() -> Iterator[Step]:
    yield regroup("crash", single_in(node, up), hit(node), [EVERYBODY], up=up & ~node)
    yield "power failure", [up != 0], dict.fromkeys(("up", "one", "two", "holder"), NOBODY)
    cut, lost = paths, side
    if SHARE:
        inside = z3.If(where == 1, side, ~side)
        cut = paths & z3.If(where == 0, EVERYBODY, inside)
        lost = side | (holder & ~cut)
    said = [side != 0, ~side != 0, z3.ULT(where, 3)]
    yield regroup("partition", said, hit(lost), [side, ~side], paths=cut)
    alone = paths & ~node if SHARE else paths
    yield regroup("isolation", single_in(node, up), hit(node), [node, ~node], paths=alone)
    together = [z3.And(s & node != 0, s & peer != 0) for s in (one, two)]
    said = [*single_in(node, EVERYBODY), *single_in(peer, EVERYBODY), node != peer]
    yield regroup("link failure", said, together, [node, ~node])
    rest = [z3.If(s & node != 0, s & ~node, NOBODY) for s in (one, two)]
    left = rest[0] | rest[1]
    could = z3.And(works, left & paths != 0, z3.Or(holder == 0, holder & (left | node) != 0))
    said = [*single_in(node, running), left != 0, enough(left, could if WITNESS else NO)]
    yield regroup("planned stop", said, hit(node), [EVERYBODY], up=up & ~node)
    if WITNESS:
        yield regroup("witness failure", [works], hit(holder), [EVERYBODY], works=NO)
        lost = holder & node
        said = single_in(node, paths)
        yield regroup("path failure", said, hit(lost), [EVERYBODY], paths=paths & ~node)


def service() -> Iterator[Step]:
    """What comes back, and what the cluster service does by itself."""
    yield "restart", [side != 0, side & up == 0], {"up": up | side}
    said = [side != 0, side & ~(up & may_belong) == 0, side & running == 0]
    said += [z3.Or(one == 0, two == 0), enough(side, winner != 0)]
    said += [*share_none(side, one), *share_none(side, two)]
    after = {
        "one": z3.If(one == 0, side, one),
        "two": z3.If(z3.And(one != 0, two == 0), side, two),
    }
    if WITNESS:
        said += contest(z3.If(z3.And(works, holder == 0), side & paths, NOBODY))
        after["holder"] = holder | winner
    yield "form", said, after
    members = z3.If(place, one, two)
    said = [*single_in(node, up & ~running & may_belong), members != 0]
    said += [*grows(one, one | node), *grows(two, two | node)]
    yield "join", said, {"one": z3.If(place, one | node, one), "two": z3.If(place, two, two | node)}
    if WITNESS:
        free = z3.If(z3.And(works, holder == 0), running & paths, NOBODY)
        yield "take witness", single_in(node, free), {"holder": node}
        yield "witness return", [z3.Not(works)], {"works": YES}
        yield "path return", [side != 0, side & paths == 0], {"paths": paths | side}


def obligations() -> Iterator[tuple[str, list[Term]]]:
    """The invariant holds at first, every step keeps it, and it excludes a second island."""
    lemmas = invariant()
    first = [up == EVERYBODY, one == EVERYBODY, two == 0, votes(EVERYBODY) == N]
    witness = [works, paths == EVERYBODY, holder & (holder - 1) == 0, holder != 0]
    yield "initiation", [*first, *witness, z3.Not(z3.And(*lemmas))]
    for steps in (faults(), service()):
        for name, said, after in steps:
            yield name, [*lemmas, *said, z3.Not(z3.And(*invariant(**after)))]
    yield "implication", [*lemmas, one != 0, two != 0]


def main() -> int:
    """Prints the first obligation that is not met, if there is one."""
    in_bits = z3.Then("simplify", "solve-eqs", "ackermannize_bv", "bit-blast", "sat")
    asked = [] if DISK_ONLY else [(n, f, z3.SimpleSolver()) for n, f in theorems()]
    for name, formulas, solver in (*asked, *((n, f, in_bits.solver()) for n, f in obligations())):
        solver.add(*formulas)
        answer = solver.check()
        if answer != z3.unsat:
            print(f"{name}: {answer}")
            return 1
    print("proved")
    return 0


if __name__ == "__main__":
    sys.exit(main())

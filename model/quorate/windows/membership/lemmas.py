"""What makes quorum work, in the order of the argument. Nobody trusts these."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

import z3

from quorate.counting.sets import disjoint, empty, has, one, some, subset
from quorate.counting.votes import number, total
from quorate.system import Formula, Lemma, Term
from quorate.windows.membership.assumptions import UNLIMITED
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import MembershipState, Spent
from quorate.windows.membership.verbs import Verb

# What later stages add to the argument about quorum.
_BUDGETS, _VERSIONS = 1, 2

_TAKE_A_NODE = (Verb.CRASH, Verb.ISOLATION, Verb.PLANNED_STOP, Verb.LINK_FAILURE)


def lemmas(state: MembershipState, quorum: Quorum) -> Iterator[Lemma]:
    yield Lemma("only nodes that are up run", subset(state.running, state.up))
    held = some(state.holder) if state.witness is not None else z3.BoolVal(False)
    if state.forced_marks is None:
        first, *others = state.islands
        yield Lemma("one island runs", z3.And(*(empty(island) for island in others)))
        yield Lemma(
            "what runs has a majority", z3.Implies(some(first), quorum.majority(first, held))
        )
    if state.witness is not None:
        yield Lemma(
            "who holds the witness runs and reaches it",
            z3.And(
                subset(state.holder, state.running & state.paths),
                z3.Implies(held, state.witness_up),
            ),
        )
        yield Lemma("only nodes with a cable reach the witness", subset(state.paths, state.cabled))
    if state.forced_marks is not None:
        yield from _force_lemmas(state, quorum)
        return
    if state.spent is not None:
        budgets = _budget_lemmas(state, quorum, state.spent)
        yield from (replace(lemma, stage=_BUDGETS) for lemma in budgets)
    yield Lemma("whoever runs is current", subset(state.running, state.current), _VERSIONS)
    yield Lemma(
        "the latest configuration is stored by a majority",
        quorum.majority(state.current, state.witness_current),
        _VERSIONS,
    )


def forced_only_without_majority(state: MembershipState, quorum: Quorum) -> Formula:
    """An island is marked as forced only while it runs without a majority (rules Q15, Q16)."""
    kept = [
        z3.Or(
            z3.Not(forced),
            z3.And(some(island), z3.Not(quorum.majority(island, state.holds(island)))),
        )
        for forced, island in zip(state.forced, state.islands, strict=True)
    ]
    return z3.And(*kept)


def _force_lemmas(state: MembershipState, quorum: Quorum) -> Iterator[Lemma]:
    """What is left of the argument when the operator may overrule the votes."""
    pairs = combinations(state.islands, 2)
    yield Lemma("no node is in two islands", z3.And(*(disjoint(*pair) for pair in pairs)))
    yield Lemma("who is forced has no majority", forced_only_without_majority(state, quorum))


def _budget_lemmas(state: MembershipState, quorum: Quorum, spent: Spent) -> Iterator[Lemma]:
    """What a bounded number of faults leaves, for claims about survival."""
    counters = {verb: counter.term for verb, counter in spent.counters.items()}
    untouched = [state.up == state.sets.everything, state.islands[0] == state.first_members]
    if state.witness is not None:
        untouched += [state.witness_up, state.paths == state.cabled, one(state.holder)]
    yield Lemma(
        "nothing changes before the first fault",
        z3.Implies(z3.And(*(term == 0 for term in counters.values())), z3.And(*untouched)),
    )
    marks = [mark for verb in _TAKE_A_NODE for mark in _marks_of(counters, verb)]
    if marks:
        yield Lemma(
            "each crash or isolation takes one node",
            quorum.votes.size(~state.running) <= total(marks),
        )
    if state.isolated_variable is not None:
        yield Lemma("nobody runs who is cut off", disjoint(state.running, state.isolated))
    if Verb.SITE_FAILURE in counters:
        yield from _site_lemmas(state, quorum, counters[Verb.SITE_FAILURE])
    yield Lemma("the cluster runs", some(state.running))
    if state.assumptions.at_most is not UNLIMITED:
        every = [mark for term in counters.values() for mark in _marks(term)]
        yield Lemma("no more faults than there may be", total(every) <= state.assumptions.at_most)
        yield from _mixed_lemmas(state, counters)
    elif state.witness is not None:
        yield Lemma("the witness works", state.witness_up)
        yield Lemma("whoever runs reaches the witness", subset(state.running, state.paths))
        yield Lemma("no path to the witness is lost", state.paths == state.cabled)
        yield Lemma("the witness is held", some(state.holder))


def _site_lemmas(state: MembershipState, quorum: Quorum, spent: Term) -> Iterator[Lemma]:
    witness = state.cluster.witness
    blocks = [state.sets.of(block) for block in quorum.votes.blocks]
    down = [disjoint(block, state.up) for block in blocks]
    yield Lemma(
        "a site runs as a whole or is down as a whole",
        z3.And(
            *(
                z3.Or(subset(block, state.running), gone)
                for block, gone in zip(blocks, down, strict=True)
            )
        ),
    )
    inside = state.cluster.nodes_in(witness.site) if witness and witness.site else ()
    if inside:
        gone = disjoint(state.sets.of(inside), state.up)
        yield Lemma("the witness works while its site does", z3.Or(state.witness_up, gone))
    elif witness and witness.site:
        down.append(z3.Not(state.witness_up))
    yield Lemma(
        "each site that is down has failed",
        total([number(gone) for gone in down]) <= total(_marks(spent)),
    )
    if witness is not None:
        held = z3.Or(z3.Not(state.witness_up), some(state.holder))
        yield Lemma("a working witness is held", held)


def _mixed_lemmas(state: MembershipState, counters: Mapping[Verb, Term]) -> Iterator[Lemma]:
    """What is left of the witness after faults of several kinds."""
    if state.witness is None:
        return
    failed = [counters[v] != 0 for v in (Verb.WITNESS_FAILURE, Verb.SITE_FAILURE) if v in counters]
    yield Lemma("the witness works until it fails", z3.Or(state.witness_up, *failed))
    cut = (Verb.PATH_FAILURE, Verb.ISOLATION)
    lost = [counters[verb] != 0 for verb in cut if verb in counters]
    yield Lemma("paths are there until one is lost", z3.Or(state.paths == state.cabled, *lost))
    reached = z3.And(state.witness_up, some(state.running & state.paths))
    yield Lemma("who reaches the witness has it held", z3.Implies(reached, some(state.holder)))


def _marks_of(counters: Mapping[Verb, Term], verb: Verb) -> list[Term]:
    return _marks(counters[verb]) if verb in counters else []


def _marks(counter: Term) -> list[Term]:
    """1 for each mark that is set."""
    return [number(has(counter, mark)) for mark in range(counter.size())]

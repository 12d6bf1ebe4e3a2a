"""What is left of the witness after a bounded number of faults."""

from collections.abc import Iterator, Mapping
from typing import assert_never

import z3

from quorate.cluster import WayOfIsolated
from quorate.counting.sets import some, subset
from quorate.system import Lemma, Term
from quorate.windows.membership.assumptions import FAULTS
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


def witness_lemmas(state: MembershipState, counters: Mapping[Verb, Term]) -> Iterator[Lemma]:
    """Where any of several kinds of fault may have happened, given the marks of each."""
    if state.witness is None:
        return
    failed = [counters[v] != 0 for v in (Verb.WITNESS_FAILURE, Verb.SITE_FAILURE) if v in counters]
    yield Lemma("the witness works until it fails", z3.Or(state.witness_up, *failed))
    lost = [counters[Verb.PATH_FAILURE] != 0] if Verb.PATH_FAILURE in counters else []
    match state.witness.kind.way_of_isolated:
        case WayOfIsolated.KEPT:
            there = state.paths == state.cabled
        case WayOfIsolated.LOST:
            there = state.paths == state.cabled & ~state.isolated
        case WayOfIsolated.OPEN:
            there = subset(state.cabled & ~state.isolated, state.paths)
        case _:
            assert_never(state.witness.kind.way_of_isolated)
    yield Lemma("paths are there until one is lost", z3.Or(there, *lost))
    reached = z3.And(state.witness_up, some(state.running & state.paths))
    yield Lemma("who reaches the witness has it held", z3.Implies(reached, some(state.holder)))


def spared_witness_lemmas(state: MembershipState) -> Iterator[Lemma]:
    """What none of the faults that may happen takes away. A lemma that one of them breaks is not
    offered: to find out which ones do not hold takes longer than all the rest of a proof."""
    witness = state.cluster.witness
    if state.witness is None or witness is None:
        return
    over_network = witness.kind.reached_over_network
    fails = _may(state, Verb.WITNESS_FAILURE)
    fails = fails or (_may(state, Verb.SITE_FAILURE) and witness.site is not None)
    out_of_reach = _may(state, Verb.PATH_FAILURE) or set(witness.reached_by) != set(
        state.sets.names
    )
    out_of_reach = out_of_reach or (over_network and _may(state, Verb.PARTITION))
    if not fails:
        yield Lemma("the witness works", state.witness_up)
    if not out_of_reach:
        yield Lemma("whoever runs reaches the witness", subset(state.running, state.paths))
        if not (over_network and _may(state, Verb.ISOLATION)):
            yield Lemma("no path to the witness is lost", state.paths == state.cabled)
    if not fails and not out_of_reach:
        yield Lemma("the witness is held", some(state.holder))


def _may(state: MembershipState, fault: Verb) -> bool:
    return state.assumptions.budgets[FAULTS[fault]] != 0

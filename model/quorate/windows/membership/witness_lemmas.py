"""What is left of the witness after a bounded number of faults of several kinds."""

from collections.abc import Iterator, Mapping
from typing import assert_never

import z3

from quorate.cluster import WayOfIsolated
from quorate.counting.sets import some, subset
from quorate.system import Lemma, Term
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


def witness_lemmas(state: MembershipState, counters: Mapping[Verb, Term]) -> Iterator[Lemma]:
    """Lemmas about the witness, given the marks of each kind of fault that may happen."""
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

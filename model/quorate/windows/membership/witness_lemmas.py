"""What is left of the witness after a bounded number of faults of several kinds."""

from collections.abc import Iterator, Mapping

import z3

from quorate.counting.sets import some
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
    with_them = state.isolated if state.witness.kind.reached_over_network else state.sets.nothing
    there = state.paths == state.cabled & ~with_them
    yield Lemma("paths are there until one is lost", z3.Or(there, *lost))
    reached = z3.And(state.witness_up, some(state.running & state.paths))
    yield Lemma("who reaches the witness has it held", z3.Implies(reached, some(state.holder)))

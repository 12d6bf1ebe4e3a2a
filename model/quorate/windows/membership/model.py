"""Membership and quorum of one cluster as a transition system."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

import z3

from quorate.changes.rewriting import as_it_is
from quorate.cluster import Cluster
from quorate.counting.sets import empty, one, subset
from quorate.inquiry.seam import Frame
from quorate.system import Action, Formula, System, Trace
from quorate.values import dataclass
from quorate.windows.membership.adjusting import Target
from quorate.windows.membership.assumptions import UNLIMITED, Assumptions, in_words
from quorate.windows.membership.changing import Changing, Earlier, Ranks
from quorate.windows.membership.disturbance import Disturbance
from quorate.windows.membership.lacking import lacking_verbs
from quorate.windows.membership.lemmas import lemmas
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.ranks import first
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.steps import steps_of
from quorate.windows.membership.verbs import Verb

if TYPE_CHECKING:
    from quorate.windows.membership.reasons.account import Account


@dataclass(frozen=True)
class Membership:
    """The model of `cluster` under `assumptions`: its state, its rule, its system.

    A run starts with every node running in one island, the network whole, the witness up and held;
    a cold start is reached by everything failing first.

    Another model of the same cluster has another `rule` of quorum, or a `rewriting` of the system
    that the rules give.
    """

    cluster: Cluster
    assumptions: Assumptions = field(default_factory=Assumptions)
    rule: Callable[[Cluster], Quorum] = Quorum
    rewriting: Callable[[System], System] = as_it_is

    @cached_property
    def state(self) -> MembershipState:
        return MembershipState(self.cluster, self.assumptions)

    @cached_property
    def quorum(self) -> Quorum:
        return self.rule(self.cluster)

    @property
    def unbroken(self) -> "Membership":
        """The model by the rules as they stand."""
        return Membership(self.cluster, self.assumptions)

    @property
    def is_unbroken(self) -> bool:
        return self == self.unbroken

    @cached_property
    def lacking(self) -> frozenset[Verb]:
        """The verbs of which there is no action: what the configuration and the assumptions leave
        out, and what a broken twin never does."""
        rules, done = ({a.verb for a in s.actions} for s in (self._rules, self.system))
        removed = (verb for verb in Verb if verb in rules - done)
        return lacking_verbs(self.cluster, self.assumptions).union(removed)

    @cached_property
    def system(self) -> System:
        return self.rewriting(self._rules)

    @cached_property
    def _rules(self) -> System:
        """The system before it is rewritten."""
        return System(
            name=self.cluster.name,
            variables=self.state.variables,
            initial=tuple(self._initial()),
            actions=tuple(s.action if isinstance(s, Disturbance) else s for s in self._steps),
            lemmas=tuple(lemmas(self.state, self.quorum)),
            definitions=self.quorum.votes.definitions,
        )

    @property
    def disturbances(self) -> Iterator[Disturbance]:
        """The steps after which an island must regroup."""
        return (step for step in self._steps if isinstance(step, Disturbance))

    @cached_property
    def _steps(self) -> Sequence[Disturbance | Action]:
        lacking = lacking_verbs(self.cluster, self.assumptions)
        return [
            step
            for verb in Verb
            if verb not in lacking
            for step in steps_of(verb, self.state, self.quorum)
        ]

    def account(self, trace: Trace, frame: Frame) -> "Account":
        """The run as people see it."""
        from quorate.system.interpreter import steps_not_of  # noqa: PLC0415
        from quorate.windows.membership.reading import moments  # noqa: PLC0415
        from quorate.windows.membership.reasons.account import Account  # noqa: PLC0415
        from quorate.windows.membership.violations import Violation  # noqa: PLC0415

        run = moments(self, trace)
        violation = frame.violation
        if self.assumptions.at_most is not UNLIMITED and frame.shown is None:
            # Which faults they were is what was asked.
            happened = in_words(moment.event.verb for moment in run if moment.event is not None)
            violation = f"{violation}, after {happened}"
        return Account(
            frame.title,
            self.cluster,
            run,
            violation,
            frame.deviation,
            trace.loop_start,
            frame.sentence,
            frame.why,
            frame.shown if isinstance(frame.shown, Violation) else None,
            frame.assuming,
            frame.because,
            against_rules=frozenset()
            if self.is_unbroken
            else steps_not_of(self.unbroken.system, trace),
        )

    def _first_votes(self, changing: Changing) -> Iterator[Formula]:
        """The votes are as they should be with everybody there, and there is no other version."""
        state = self.state
        holds = z3.BoolVal(state.witness is not None)
        yield Target(state, changing.rule, state.first_members, holds).is_met(changing.in_force)
        match changing.history:
            case Earlier() as earlier:
                yield from self._nothing_remembered(earlier)
            case Ranks() as ranks:
                yield from first(ranks, state.sets.everything, changing.in_force)
            case other:
                assert_never(other)

    def _nothing_remembered(self, earlier: Earlier) -> Iterator[Formula]:
        state, configured = self.state, self.cluster.votes.nodes
        voters = state.sets.of(name for name in configured if configured[name])
        yield earlier.ballot.voters.term == voters
        if earlier.ballot.witness is not None:
            yield z3.Not(earlier.ballot.witness.term)
        yield empty(earlier.stored.term)
        yield earlier.newer.term == state.sets.everything
        if earlier.on_witness is not None:
            yield z3.Not(earlier.on_witness.stored.term)
            yield earlier.on_witness.newer.term

    def _initial(self) -> Iterator[Formula]:
        state, everyone = self.state, self.state.sets.everything
        yield state.up == everyone
        for reach in state.reach:
            yield reach == everyone
        yield state.islands[0] == state.first_members
        for island in state.islands[1:]:
            yield empty(island)
        if state.forced_marks is not None:
            for mark in state.forced_marks.variables:
                yield z3.Not(mark.term)
            yield state.authoritative == everyone
            yield empty(state.prevented)
        yield state.current == everyone
        if state.witness is not None:
            yield state.witness_up
            yield state.paths == state.cabled
            yield one(state.holder)
            yield subset(state.holder, state.cabled)
            yield state.witness_current
        if state.changing is not None:
            yield from self._first_votes(state.changing)
        if state.isolated_variable is not None:
            yield empty(state.isolated)
        if state.spent is not None:
            for counter in state.spent.counters.values():
                yield counter.term == 0

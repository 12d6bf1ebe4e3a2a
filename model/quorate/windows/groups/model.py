"""Groups on top of a cluster's membership as a transition system."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.system import Action, Formula, Lemma, System
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.clients import addresses, client_actions
from quorate.windows.groups.conditions import Conditions, Detection
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.hosts import host_actions
from quorate.windows.groups.hours import hour_actions
from quorate.windows.groups.lemmas import group_lemmas
from quorate.windows.groups.moving import moving_actions, operator_actions
from quorate.windows.groups.ordering import ordering_actions
from quorate.windows.groups.places import first_places
from quorate.windows.groups.stale import leftover_actions
from quorate.windows.groups.state import ServicesState


@dataclass(frozen=True)
class Services:
    """The model of the groups that `conditions` name: its state and its system.

    A run starts with every node a member and each group online on the first node of its NodeList
    that may own it; groups that avoid each other start apart as far as there is room.
    """

    cluster: Cluster
    conditions: Conditions

    @cached_property
    def state(self) -> ServicesState:
        return ServicesState(self.cluster, self.conditions)

    @cached_property
    def system(self) -> System:
        return System(
            name=self.cluster.name,
            variables=tuple(self.state.variables),
            initial=tuple(self._initial()),
            actions=tuple(self._actions()),
            lemmas=tuple(self._lemmas()),
            definitions=self.state.quorum.votes.definitions,
        )

    def _initial(self) -> Iterator[Formula]:
        state = self.state
        yield state.members == state.may_belong
        for variable in (*state.paused_variables, *state.lagging_variables):
            yield variable.term == 0
        for variable in state.volume_variables:
            yield variable.term == ~z3.BitVecVal(0, variable.term.size())
        for group, (owner, online) in zip(state.groups, self.first_places, strict=True):
            yield from _first(group, owner, online)

    @cached_property
    def first_places(self) -> Sequence[tuple[str, frozenset[str]]]:
        """For each group its first owner, and what is online there."""
        return list(first_places(self.cluster, [group.group for group in self.state.groups]))

    def _actions(self) -> Iterator[Action]:
        state = self.state
        for group in state.groups:
            yield from ordering_actions(state, group)
            yield from moving_actions(state, group)
            yield from leftover_actions(state, group)
            yield from client_actions(group)
        yield from host_actions(state)
        yield from hour_actions(state)
        yield from operator_actions(state)

    def _lemmas(self) -> Iterator[Lemma]:
        eventual = self.conditions.detection is Detection.EVENTUAL
        for group in self.state.groups:
            yield from group_lemmas(self.state, group, eventual=eventual)


def _first(group: GroupState, owner: str, online: frozenset[str]) -> Iterator[Formula]:
    nothing, up = group.sets.nothing, group.sets.of(online)
    yield group.owner == group.nodes.of([owner])
    yield group.is_in(Phase.SERVING)
    yield group.target == group.nodes.nothing
    yield group.wanted_variable.term == group.sets.everything
    yield group.online == up
    for variable in (
        group.starting_variable,
        group.stopping_variable,
        group.failed_variable,
        *group.failures_variables,
        *group.pending_variables,
        *group.unwritten_variables,
        *group.memory_variables,
    ):
        yield variable.term == nothing
    yield group.failovers_variable.term == 0
    for variable in (
        *group.returned_variables,
        *group.elsewhere_variables,
        *group.stale_variables,
    ):
        yield variable.term == group.nodes.nothing
    for variable in group.asked_variables:
        yield variable.term == up & addresses(group)
    for variable in group.crammed_variables:
        yield z3.Not(variable.term)

"""Groups on top of a cluster's membership as a transition system."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from quorate.changes.rewriting import as_it_is
from quorate.cluster import Cluster
from quorate.inquiry.seam import Frame
from quorate.system import Action, Lemma, System, Trace, actions_of
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.clients import ask_again
from quorate.windows.groups.configured_group import Needs, as_configured
from quorate.windows.groups.group_variables import GroupVariables
from quorate.windows.groups.hosts import host_actions
from quorate.windows.groups.hours import hour_actions
from quorate.windows.groups.initial import Beginning, beginnings, initial_formulas
from quorate.windows.groups.lacking import lacking_verbs
from quorate.windows.groups.lemmas import group_lemmas
from quorate.windows.groups.moving import moving_actions
from quorate.windows.groups.narrowed import narrowed, narrowed_lemmas
from quorate.windows.groups.operator import operator_actions
from quorate.windows.groups.ordering import ordering_actions
from quorate.windows.groups.placed_group import PlacedGroup, placed_groups
from quorate.windows.groups.stale import stale_actions
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.verbs import Verb

if TYPE_CHECKING:
    from quorate.windows.groups.reasons.account import Account

MOST_SHOWN = 3
"""So many groups can be told of at once, where they were looked at together."""


@dataclass(frozen=True)
class Groups:
    """The model of the groups that `assumptions` name: its state and its system.

    A run starts with every node a member and each group online on the first node of its NodeList
    that may own it; groups that avoid each other start apart as far as there is room. A broken twin
    has other `needs` of resources than are configured, or a `rewriting` of the rules.
    """

    cluster: Cluster
    assumptions: Assumptions
    needs: Needs = as_configured
    rewriting: Callable[[System], System] = as_it_is

    @cached_property
    def state(self) -> GroupsState:
        return GroupsState(self.cluster, self.assumptions, self.needs)

    @cached_property
    def placed_groups(self) -> tuple[PlacedGroup, ...]:
        """The groups, in the order of the cluster."""
        return placed_groups(self.state)

    def placed(self, name: str) -> PlacedGroup:
        """The group of this name. Raises `KeyError` for a group that the model is not about."""
        for placed in self.placed_groups:
            if placed.group.group.name == name:
                return placed
        raise KeyError(name)

    @property
    def unbroken(self) -> "Groups":
        """The model by the rules as they stand."""
        return Groups(self.cluster, self.assumptions)

    @property
    def is_unbroken(self) -> bool:
        return self == self.unbroken

    @cached_property
    def system(self) -> System:
        return self.rewriting(self._rules)

    @cached_property
    def _rules(self) -> System:
        """The system before it is rewritten."""
        return System(
            name=self.cluster.name,
            variables=tuple(self.state.variables),
            initial=tuple(initial_formulas(self.state, self.beginnings)),
            actions=tuple(self._happening()),
            lemmas=tuple(self._lemmas()),
            definitions=self.state.quorum.votes.definitions,
        )

    def lacking(self, group: GroupVariables) -> frozenset[Verb]:
        """The verbs of which there is no action about the group, or about nothing in particular:
        what the configuration and the assumptions leave out, and what a broken twin never does."""
        removed = (
            verb
            for verb in Verb
            if actions_of(self._rules, verb, about=group.key)
            and not actions_of(self.system, verb, about=group.key)
        )
        return lacking_verbs(self.state, group).union(removed)

    def account(self, trace: Trace, frame: Frame) -> "Account":
        """The run as people see it, told of the groups that were looked at together if they are
        few, else of the one that the claim is about."""
        from quorate.system.interpreter import steps_not_of  # noqa: PLC0415
        from quorate.windows.groups.reading import moments  # noqa: PLC0415
        from quorate.windows.groups.reasons.account import Account  # noqa: PLC0415
        from quorate.windows.groups.violations import Violation  # noqa: PLC0415

        together = self.assumptions.groups
        return Account(
            frame.title,
            self.cluster,
            moments(self, trace),
            frame.violation,
            frame.deviation,
            trace.loop_start,
            together if len(together) <= MOST_SHOWN else (frame.about,),
            frame.sentence,
            frame.why,
            frame.about,
            frame.shown if isinstance(frame.shown, Violation) else None,
            frame.assuming,
            frame.because,
            against_rules=frozenset()
            if self.is_unbroken
            else steps_not_of(self.unbroken.system, trace),
        )

    @cached_property
    def beginnings(self) -> tuple[Beginning, ...]:
        """Of each group, where it is at the start."""
        return beginnings(self.cluster, [group.group for group in self.state.groups])

    def _happening(self) -> Iterator[Action]:
        """The actions, or those that are left beside an incident."""
        incident = self.assumptions.incident
        if incident is None:
            return self._actions()
        return narrowed(self._actions(), self.state, incident)

    def _actions(self) -> Iterator[Action]:
        for placed in self.placed_groups:
            group = placed.group
            yield from ordering_actions(placed)
            yield from moving_actions(placed)
            if group.stale_run is not None:
                yield from stale_actions(placed, group.stale_run)
            if group.asked is not None:
                yield ask_again(group, group.asked)
        yield from host_actions(self.state)
        if self.state.hour is not None:
            yield from hour_actions(self.state.hour, self.placed_groups)
        yield from operator_actions(self.state, self.placed_groups)

    def _lemmas(self) -> Iterator[Lemma]:
        for placed in self.placed_groups:
            yield from group_lemmas(placed)
        incident = self.assumptions.incident
        if incident is not None:
            yield from narrowed_lemmas(self.state, self.placed_groups, incident)

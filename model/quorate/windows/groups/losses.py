"""Nodes that are lost, as groups see it: who goes on, and what stops with whom (rules F2, Q7)."""

from collections.abc import Mapping
from functools import cached_property

import z3

from quorate.counting.sets import Members, lowest, meets, one, some, subset
from quorate.system import Action, ActionKind, Formula, Term, Variable
from quorate.values import dataclass
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.updates import called_again, gone, left_behind, stopped, when
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class Loss:
    """Only `members` go on. What the others run stops with their service; with eventual detection
    those that are not `dead` go on until they notice."""

    state: GroupsState
    members: Members
    dead: Members

    @cached_property
    def lost(self) -> Members:
        return self.state.members & ~self.members

    @cached_property
    def unaware(self) -> Members:
        """Who is lost and has not noticed."""
        if self.state.stale_variable is None:
            return self.state.sets.nothing
        return self.lost & ~self.dead

    def goes_on(self, group: GroupState) -> Members:
        """The owner, if it goes on with the group."""
        return group.owner & self.unaware

    def updates(self) -> dict[str, Term]:
        updates: dict[str, Term] = {self.state.members_variable.name: self.members}
        if self.state.stale_variable is not None:
            updates[self.state.stale_variable.name] = self.state.stale | self.unaware
        for group in self.state.groups:
            updates |= self._of(group)
        return updates

    def _of(self, group: GroupState) -> dict[str, Term]:
        hit = meets(group.owner, self.lost)
        updates = when(hit, stopped(group), group)
        still = left_behind(group, self.goes_on(group))
        updates |= {name: term & ~self.dead for name, term in still.items()}
        if group.stale_run is not None:
            owners, starting = group.stale_run.owners, group.stale_run.starting
            updates[owners.name] = owners.term | self.goes_on(group)
            coming = group.sets.where(some(self.goes_on(group)), group.starting)
            updates[starting.name] = starting.term | coming
        updates |= called_again(group, self.lost, self.members)
        target_lost = z3.And(group.is_in(Phase.MIGRATING), meets(group.target, self.lost))
        cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), z3.Or(hit, target_lost))
        updates[group.phase_variable.name] = z3.If(
            cut_short, group.phase_value(Phase.SERVING), group.phase_variable.term
        )
        return updates


def losses(state: GroupsState) -> Mapping[Verb, Loss]:
    """What each way to lose nodes does. The chosen node crashes; or the cluster loses quorum, or is
    stopped, on every node; or, where that goes unnoticed for a while, the node is cut off."""
    node, nobody = state.node.term, state.sets.nothing
    rest = state.members & ~node
    left = state.sets.where(state.may_run(rest), rest)
    found = {Verb.CRASH: Loss(state, left, node), Verb.OUTAGE: Loss(state, nobody, nobody)}
    if state.stale_variable is not None:
        found[Verb.CUT_OFF] = Loss(state, left, nobody)
    return found


def crash(state: GroupsState) -> Action:
    """A member fails with all that runs on it; no orderly stop (rule F2). The others go on, unless
    their votes are no majority (rule Q7)."""
    return _of_member(state, Verb.CRASH)


def outage(state: GroupsState) -> Action:
    return Action.of(
        Verb.OUTAGE,
        ActionKind.FAULT,
        guard=(some(state.members),),
        updates=losses(state)[Verb.OUTAGE].updates(),
    )


def cut_off(state: GroupsState) -> Action:
    """A member is cut off from the others; if these have no majority, they are lost as well."""
    return _of_member(state, Verb.CUT_OFF)


def _of_member(state: GroupsState, verb: Verb) -> Action:
    node = state.node
    return Action.of(
        verb,
        ActionKind.FAULT,
        guard=(one(node.term), subset(node.term, state.members)),
        updates=losses(state)[verb].updates(),
        inputs=(node,),
        subject="node",
        instances=state.theorems_about(state.members & ~node.term),
    )


def notice(state: GroupsState, stale: Variable) -> Action:
    """A node that was cut off notices that it has no quorum: its service and all that it runs
    stop."""
    return _off(state, stale, Verb.NOTICE)


def fence(state: GroupsState, stale: Variable) -> Action:
    """The members make sure that a node that was cut off is switched off."""
    return _off(state, stale, Verb.FENCE, some(state.members))


def _off(state: GroupsState, stale: Variable, verb: Verb, *guard: Formula) -> Action:
    node = state.node
    updates: dict[str, Term] = {stale.name: stale.term & ~node.term}
    for group in state.groups:
        updates |= gone(group, node.term)
    return Action.of(
        verb,
        ActionKind.CLUSTER,
        guard=(one(node.term), subset(node.term, stale.term), *guard),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": lowest(stale.term)},
    )

"""Resources that fail, and what goes down with them (rules R4c, R6 to R8)."""

from functools import cached_property

import z3

from quorate.counting.sets import Members, meets, some
from quorate.system import Action, ActionKind, Term
from quorate.values import dataclass
from quorate.windows.groups.candidates import Candidates, of_one
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class Failure:
    """The resources in `lost` fail, and what depends on them goes down with them: `online`,
    `starting` and `stopping` are what stays so (rules R4c, R7)."""

    group: GroupState
    lost: Members

    @cached_property
    def online(self) -> Members:
        return self.group.standing(self.group.online & ~self.lost)

    @cached_property
    def _supported(self) -> Members:
        return self.group.supported(self.online) & ~self.lost

    @cached_property
    def starting(self) -> Members:
        return self.group.starting & self._supported

    @cached_property
    def stopping(self) -> Members:
        return self.group.stopping & self._supported

    def updates(self) -> dict[str, Term]:
        group, lost = self.group, self.lost
        updates = {
            group.online_variable.name: self.online,
            group.starting_variable.name: self.starting,
            group.stopping_variable.name: self.stopping,
            group.failed_variable.name: group.failed | lost,
        }
        before = lost
        for variable in group.failures_variables:
            updates[variable.name] = variable.term | before
            before &= variable.term
        if group.writes is not None:
            unwritten = group.writes.unwritten
            updates[unwritten.name] = unwritten.term & (self.online | self.stopping)
        updates[group.phase_variable.name] = z3.If(
            z3.And(group.is_in(Phase.MIGRATING), meets(lost, group.active)),
            group.phase_value(Phase.SERVING),
            group.phase_variable.term,
        )
        return updates


def failure_of_one(group: GroupState) -> Failure:
    return Failure(group, group.resource.term)


def fail(group: GroupState) -> Action:
    """A resource fails, or is terminated because it was pending for too long (rules R6 to R8)."""
    running = Candidates((group.online | group.starting,))
    return of_one(group, Verb.FAIL, ActionKind.FAULT, running, failure_of_one(group).updates())


def keep_reporting(group: GroupState) -> Action:
    """A resource reports that it is still pending, which puts off its end without limit (R8)."""
    pending = Candidates((group.starting | group.stopping,))
    return of_one(group, Verb.KEEP_REPORTING, ActionKind.CLUSTER, pending, {})


def restart_period_passes(group: GroupState) -> Action:
    """So much time passes that failures count no more, and that what failed is tried again."""
    return Action.of(
        Verb.RESTART_PERIOD_PASSES,
        ActionKind.CLUSTER,
        guard=(some(group.ever_failed.term),),
        updates={variable.name: group.sets.nothing for variable in group.failures_variables},
        about=group.key,
    )

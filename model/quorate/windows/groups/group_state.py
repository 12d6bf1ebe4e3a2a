"""The state of one group: the sets that follow from its variables."""

from collections.abc import Sequence
from functools import cached_property

import z3

from quorate.counting.marks import one_mark_more
from quorate.counting.sets import Members, has, union
from quorate.system import Formula, Term
from quorate.values import dataclass
from quorate.windows.groups.group_variables import GroupVariables
from quorate.windows.groups.situation import Phase


@dataclass(frozen=True)
class GroupState(GroupVariables):
    """What is said of one group alone; where it goes among the others is in `placed_group.py`."""

    @property
    def owner(self) -> Members:
        return self.owner_variable.term

    @property
    def target(self) -> Members:
        return self.target_variable.term

    @property
    def wanted(self) -> Members:
        return self.wanted_variable.term

    @property
    def driven(self) -> Members:
        return self.wanted if self.driven_variable is None else self.driven_variable.term

    @property
    def online(self) -> Members:
        return self.online_variable.term

    @property
    def starting(self) -> Members:
        return self.starting_variable.term

    @property
    def stopping(self) -> Members:
        return self.stopping_variable.term

    @property
    def failed(self) -> Members:
        return self.failed_variable.term

    @cached_property
    def active(self) -> Members:
        """What is online or on its way up or down."""
        return self.online | self.starting | self.stopping

    @cached_property
    def stale_activity(self) -> Sequence[Members]:
        """For each resource, the nodes on which it is active although the cluster does not run the
        group there."""
        return [variable.term for variable in self.stale_activity_variables]

    @property
    def stale_owners(self) -> Members:
        return self.stale_run.owners.term if self.stale_run is not None else self.nodes.nothing

    @property
    def stale_starting(self) -> Members:
        return self.stale_run.starting.term if self.stale_run is not None else self.sets.nothing

    def is_in(self, phase: Phase) -> Formula:
        if phase not in self.phases:
            return z3.BoolVal(False)
        return self.phase_variable.term == self.phases.index(phase)

    def phase_value(self, phase: Phase) -> Term:
        """The value of the phase's variable in `phase`. Raises `ValueError` for one that the group
        is never in."""
        return z3.BitVecVal(self.phases.index(phase), self.phase_variable.term.size())

    @cached_property
    def given_up(self) -> Members:
        """The failed resources that nothing restarts (RestartAction 0)."""
        return self.failed & self.that(lambda resource: not resource.restart.restarts)

    @cached_property
    def desired(self) -> Members:
        """What can and shall be online on the owner: what is driven to be, can be there, was not
        given up, and depends on what is desired as well."""
        return self.standing(self.driven & self.local(self.owner) & ~self.given_up)

    @cached_property
    def hoped_for(self) -> Members:
        """What the operator's commands alone would have online."""
        return self.standing(self.wanted & self.driven)

    @cached_property
    def exhausted(self) -> Members:
        """The failed resources that failed more often than is tolerated (rule R6)."""
        parts = [
            self.failures_variables[count].term & self._that_tolerate(count)
            for count in sorted(set(self.tolerated))
        ]
        return self.failed & union(parts)

    def _that_tolerate(self, count: int) -> Members:
        """The resources of which so many failures are followed by a restart in place."""
        tolerated = zip(self.names, self.tolerated, strict=True)
        return self.sets.of(name for name, failures in tolerated if failures == count)

    @cached_property
    def may_fail_over(self) -> Formula:
        """Rule G3: one failover more is not one more than the threshold allows in this period."""
        return z3.Not(has(one_mark_more(self.failovers_variable.term), self.threshold))

    @cached_property
    def threshold_is_passed(self) -> Formula:
        """More failovers than allowed were begun in this period."""
        return has(self.failovers_variable.term, self.threshold)

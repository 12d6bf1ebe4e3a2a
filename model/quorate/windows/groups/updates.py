"""What several actions do to a group in the same way."""

from collections.abc import Sequence

import z3

from quorate.counting.sets import Members, has, meets
from quorate.system import Formula, Term
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import ServiceDeviation
from quorate.windows.groups.group_state import GroupState


def when(condition: Formula, updates: dict[str, Term], group: GroupState) -> dict[str, Term]:
    """`updates` where the condition holds; elsewhere the variables keep their values."""
    values = {variable.name: variable.term for variable in group.variables}
    return {name: z3.If(condition, term, values[name]) for name, term in updates.items()}


def stopped(group: GroupState) -> dict[str, Term]:
    """Nothing of the group runs any more, and nothing was written or saved on the way."""
    nothing = group.sets.nothing
    variables = [
        group.online_variable,
        group.starting_variable,
        group.stopping_variable,
        group.failed_variable,
        *group.unwritten_variables[:1],
    ]
    return {variable.name: nothing for variable in variables}


def left_behind(group: GroupState, node: Members) -> dict[str, Term]:
    """What is active on the owner goes on there although the cluster runs the group no more."""
    return {
        variable.name: variable.term | z3.If(has(group.active, place), node, group.nodes.nothing)
        for place, variable in enumerate(group.elsewhere_variables)
    }


def gone(group: GroupState, nodes: Members) -> dict[str, Term]:
    """Nothing that was left of the group on `nodes` is active any more."""
    variables = [*group.elsewhere_variables, *group.stale_variables]
    return {variable.name: variable.term & ~nodes for variable in variables}


def owned_by(group: GroupState, node: Members) -> dict[str, Term]:
    """`node` owns the group and begins with a clean slate (step 2): what is still active stays
    behind, which the guards exclude."""
    updates = stopped(group)
    updates |= left_behind(group, group.owner)
    updates |= {variable.name: group.sets.nothing for variable in group.failures_variables}
    updates[group.owner_variable.name] = node
    updates[group.target_variable.name] = group.nodes.nothing
    updates[group.phase_variable.name] = group.phase(Phase.SERVING)
    return updates


def surviving(group: GroupState, lost: Members) -> Sequence[Members]:
    """What stays online, starting and stopping when the resources in `lost` are gone: nothing
    whose dependencies are not satisfied any more (rules R4c, R7)."""
    if group.broken(ServiceDeviation.KEEPS_DEPENDENTS):
        return [group.online & ~lost, group.starting & ~lost, group.stopping & ~lost]
    online = group.standing(group.online & ~lost)
    supported = group.supported(online) & ~lost
    return [online, group.starting & supported, group.stopping & supported]


def failing(group: GroupState, lost: Members) -> dict[str, Term]:
    """The resources in `lost` fail, and what depends on them goes down with them."""
    online, starting, stopping = surviving(group, lost)
    updates = {
        group.online_variable.name: online,
        group.starting_variable.name: starting,
        group.stopping_variable.name: stopping,
        group.failed_variable.name: group.failed | lost,
    }
    before = lost
    for variable in group.failures_variables:
        updates[variable.name] = variable.term | before
        before &= variable.term
    if group.unwritten_variables:
        unwritten = group.unwritten_variables[0]
        updates[unwritten.name] = unwritten.term & (online | stopping)
    updates[group.phase_variable.name] = z3.If(
        z3.And(group.is_in(Phase.MIGRATING), meets(lost, group.active)),
        group.phase(Phase.SERVING),
        group.phase_variable.term,
    )
    return updates

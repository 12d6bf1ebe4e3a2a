"""What several actions do to a group in the same way."""

import z3

from quorate.counting.sets import Members, has, meets
from quorate.system import Formula, Term
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.situation import Phase


def when(condition: Formula, updates: dict[str, Term], group: GroupState) -> dict[str, Term]:
    """`updates` where the condition holds; elsewhere the variables keep their values."""
    values = {variable.name: variable.term for variable in group.variables}
    return {name: z3.If(condition, term, values[name]) for name, term in updates.items()}


def stopped(group: GroupState) -> dict[str, Term]:
    """Nothing of the group runs any more, and nothing was written or saved on the way. It is driven
    to its persistent state from now on (rule G2)."""
    variables = [
        group.online_variable,
        group.starting_variable,
        group.stopping_variable,
        group.failed_variable,
    ]
    if group.writes is not None:
        variables.append(group.writes.unwritten)
    updates: dict[str, Term] = {variable.name: group.sets.nothing for variable in variables}
    if group.driven_variable is not None:
        updates[group.driven_variable.name] = group.wanted
    return updates


def left_behind(group: GroupState, node: Members) -> dict[str, Term]:
    """What is active on the owner goes on at `node` although the cluster runs the group no more."""
    return {
        variable.name: variable.term | z3.If(has(group.active, place), node, group.nodes.nothing)
        for place, variable in enumerate(group.stale_activity_variables)
    }


def gone(group: GroupState, nodes: Members) -> dict[str, Term]:
    """Nothing that was left of the group on `nodes` is active any more."""
    variables = [*group.stale_activity_variables]
    if group.stale_run is not None:
        variables.append(group.stale_run.owners)
    return {variable.name: variable.term & ~nodes for variable in variables}


def owned_by(group: GroupState, node: Members) -> dict[str, Term]:
    """`node` owns the group and begins with a clean slate (step 2). Passing a group on stops
    nothing: what is still active stays behind, which the guards exclude."""
    updates = stopped(group)
    updates |= left_behind(group, group.owner)
    updates |= {variable.name: group.sets.nothing for variable in group.failures_variables}
    updates[group.owner_variable.name] = node
    updates[group.target_variable.name] = group.nodes.nothing
    updates[group.phase_variable.name] = group.phase_value(Phase.SERVING)
    return updates


def available_again(group: GroupState, nodes: Members) -> dict[str, Term]:
    """The group takes note of preferred owners that it may fail back to (rule F3)."""
    if group.returned is None:
        return {}
    return {group.returned.name: group.returned.term | (nodes & group.preferred)}


def called_again(group: GroupState, lost: Members, left: Members) -> dict[str, Term]:
    """Where the target of a move is among the nodes that are `lost` to it, the preferred owners
    among those that are left call the group as if they had just returned."""
    cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), meets(group.target, lost))
    return when(cut_short, available_again(group, left), group)

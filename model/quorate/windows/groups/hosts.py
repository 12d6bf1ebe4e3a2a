"""Nodes that are lost and return, as groups see it: who is a member, and what stops with a node."""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.sets import Members, disjoint, empty, has, lowest, meets, one, some, subset
from quorate.system import Action, ActionKind, Formula, Single, Term, Variable
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.conditions import ServiceDeviation
from quorate.windows.groups.group_state import GroupState, gathered
from quorate.windows.groups.state import ServicesState
from quorate.windows.groups.updates import failing, gone, left_behind, stopped, when


def host_actions(state: ServicesState) -> Iterator[Action]:
    """Everything that happens to nodes and shared volumes, and the hours."""
    yield _crash(state)
    yield _outage(state)
    if state.lagging_variables:
        yield _cut_off(state)
        yield _notice(state)
        if state.cluster.fencing:
            yield _fence(state)
    yield _return(state)
    yield _form(state)
    if state.volume_variables:
        yield _volume_failure(state)
        yield _volume_return(state)


def _without(state: ServicesState, node: Members) -> Members:
    """The members that go on without `node`: nobody where their votes are no majority (rule Q7)."""
    rest = state.members & ~node
    return state.sets.where(state.may_run(rest), rest)


def _crash(state: ServicesState) -> Action:
    """A member fails with all that runs on it; no orderly stop (rule F2)."""
    node = state.node
    members = _without(state, node.term)
    return Action(
        "crash",
        ActionKind.FAULT,
        guard=(one(node.term), subset(node.term, state.members)),
        updates=_lost(state, members, dead=node.term),
        inputs=(node,),
        subject="node",
        instances=state.told_of(state.members & ~node.term),
    )


def _outage(state: ServicesState) -> Action:
    """The cluster loses quorum, or is stopped, and its service stops on every node (rule Q7)."""
    return Action(
        "outage",
        ActionKind.FAULT,
        guard=(some(state.members),),
        updates=_lost(state, state.sets.nothing, dead=state.sets.nothing),
    )


def _cut_off(state: ServicesState) -> Action:
    """A member is cut off from the others; if these have no majority, they are lost as well."""
    node = state.node
    return Action(
        "cut off",
        ActionKind.FAULT,
        guard=(one(node.term), subset(node.term, state.members)),
        updates=_lost(state, _without(state, node.term), dead=state.sets.nothing),
        inputs=(node,),
        subject="node",
        instances=state.told_of(state.members & ~node.term),
    )


def _lost(state: ServicesState, members: Members, dead: Members) -> dict[str, Term]:
    """Only `members` go on. What the others run stops with their service; with eventual detection
    those that are not `dead` go on until they notice."""
    lost = state.members & ~members
    unaware = lost & ~dead if state.lagging_variables else state.sets.nothing
    updates: dict[str, Term] = {state.members_variable.name: members}
    for variable in state.lagging_variables:
        updates[variable.name] = variable.term | unaware
    for group in state.groups:
        hit = meets(group.owner, lost)
        updates |= when(hit, stopped(group), group)
        goes_on = group.owner & unaware
        if group.broken(ServiceDeviation.LEAVES_RESOURCES_RUNNING):
            goes_on = group.owner & lost & ~dead
        still = left_behind(group, goes_on)
        updates |= {name: term & ~dead for name, term in still.items()}
        for variable in group.stale_variables:
            updates[variable.name] = variable.term | goes_on
        for variable in group.pending_variables:
            coming = group.sets.where(some(goes_on), group.starting)
            updates[variable.name] = variable.term | coming
        updates |= called_again(group, lost, members)
        moving = z3.And(
            z3.Not(group.is_in(Phase.SERVING)),
            z3.Or(hit, z3.And(group.is_in(Phase.MIGRATING), meets(group.target, lost))),
        )
        updates[group.phase_variable.name] = z3.If(
            moving, group.phase(Phase.SERVING), group.phase_variable.term
        )
    return updates


def _notice(state: ServicesState) -> Action:
    """A node that was cut off notices that it has no quorum: its service and all that it runs
    stop."""
    return _off(state, "notice", ())


def _fence(state: ServicesState) -> Action:
    """The members make sure that a node that was cut off is switched off."""
    return _off(state, "fence", (some(state.members),))


def _off(state: ServicesState, name: str, guard: Sequence[Formula]) -> Action:
    node = state.node
    updates: dict[str, Term] = {v.name: v.term & ~node.term for v in state.lagging_variables}
    for group in state.groups:
        updates |= gone(group, node.term)
    return Action(
        name,
        ActionKind.CLUSTER,
        guard=(one(node.term), subset(node.term, state.lagging), *guard),
        updates=updates,
        inputs=(node,),
        subject="node",
        choices={"node": lowest(state.lagging)},
    )


def _return(state: ServicesState) -> Action:
    """A node joins the members, or members meet a node that came back (rule Q6)."""
    node = state.node
    back = [
        one(node.term),
        subset(node.term, state.may_belong),
        disjoint(node.term, state.members | state.lagging),
        some(state.members),
    ]
    updates: dict[str, Term] = {state.members_variable.name: state.members | node.term}
    for group in state.groups:
        if not group.broken(ServiceDeviation.FORGETS_RETURNS):
            updates |= available_again(group, node.term)
    return Action("return", ActionKind.REPAIR, tuple(back), updates, inputs=(node,), subject="node")


def _form(state: ServicesState) -> Action:
    """After an outage the nodes that are not cut off form the cluster again."""
    everyone = state.may_belong & ~state.lagging
    updates: dict[str, Term] = {state.members_variable.name: everyone}
    for group in state.groups:
        updates |= available_again(group, everyone)
    return Action(
        "form",
        ActionKind.REPAIR,
        (empty(state.members), state.may_run(everyone)),
        updates,
        instances=state.told_of(everyone),
    )


def available_again(group: GroupState, nodes: Members) -> dict[str, Term]:
    """The group takes note of preferred owners that it may fail back to (rule F3)."""
    preferred = group.nodes.of(group.group.preferred_owners)
    return {v.name: v.term | (nodes & preferred) for v in group.returned_variables}


def called_again(group: GroupState, lost: Members, left: Members) -> dict[str, Term]:
    """Where the target of a move is among the nodes that are `lost` to it, the preferred owners
    among those that are left call the group as if they had just returned."""
    cut_short = z3.And(z3.Not(group.is_in(Phase.SERVING)), meets(group.target, lost))
    return when(cut_short, available_again(group, left), group)


def _volume_failure(state: ServicesState) -> Action:
    """A shared volume is lost, and the machines that keep data on it fail."""
    volumes = state.volume_variables[0]
    volume = Variable("volume", Single(state.volume_names))
    updates: dict[str, Term] = {volumes.name: volumes.term & ~volume.term}
    for group in state.groups:
        on_it = [
            z3.Or(
                *(
                    has(volume.term, place)
                    for place, name in enumerate(state.volume_names)
                    if name in resource.writes_to
                )
            )
            for resource in group.resources
        ]
        hit = gathered(on_it) & group.active
        updates |= failing(group, hit)
    return Action(
        "volume failure",
        ActionKind.FAULT,
        guard=(one(volume.term), subset(volume.term, volumes.term)),
        updates=updates,
        inputs=(volume,),
        subject="volume",
    )


def _volume_return(state: ServicesState) -> Action:
    volumes = state.volume_variables[0]
    volume = Variable("volume", Single(state.volume_names))
    return Action(
        "volume return",
        ActionKind.REPAIR,
        guard=(one(volume.term), disjoint(volume.term, volumes.term)),
        updates={volumes.name: volumes.term | volume.term},
        inputs=(volume,),
        subject="volume",
    )

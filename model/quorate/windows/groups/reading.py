"""A trace of the model of groups, read as scenes in the life of what the cluster runs."""

from collections.abc import Iterator, Mapping, Sequence

from quorate.system import Step, Trace, Value, Variable
from quorate.windows.groups.activity import Activity, Deed, GroupActivity, ResourceState, Scene
from quorate.windows.groups.group_state import PHASES, GroupState
from quorate.windows.groups.model import Services
from quorate.windows.membership.reading import members


def scenes(model: Services, trace: Trace) -> tuple[Scene, ...]:
    """What happened, in the cluster's own names: one scene more than the trace has steps."""
    first = Scene(None, activity(model, trace.initial))
    return (
        first,
        *(Scene(_deed(model, step), activity(model, step.state)) for step in trace.steps),
    )


def activity(model: Services, state: Mapping[str, Value]) -> Activity:
    """One state, in the cluster's own names."""
    names = model.cluster.node_names

    def among(variables: Sequence[Variable], of: Sequence[str]) -> frozenset[str]:
        return frozenset[str]().union(*(members(of, state[v.name]) for v in variables))

    hours = model.state.hour_variables
    return Activity(
        members=members(names, state[model.state.members_variable.name]),
        groups=tuple(_group(group, state) for group in model.state.groups),
        cut_off=among(model.state.lagging_variables, names),
        paused=among(model.state.paused_variables, names),
        volumes=among(model.state.volume_variables, model.state.volume_names),
        hour=int(state[hours[0].name]) if hours else None,
    )


def _group(group: GroupState, state: Mapping[str, Value]) -> GroupActivity:
    nodes = group.cluster.node_names

    def single(variable: Variable) -> str | None:
        return next(iter(members(nodes, state[variable.name])), None)

    def among(variables: Sequence[Variable]) -> frozenset[str]:
        return frozenset[str]().union(*(members(group.names, state[v.name]) for v in variables))

    return GroupActivity(
        name=group.group.name,
        owner=single(group.owner_variable) or "",
        phase=PHASES[int(state[group.phase_variable.name])],
        states=dict(_states(group, state)),
        target=single(group.target_variable),
        left=_left(group, state),
        unwritten=among(group.unwritten_variables[:1]),
        lost=among(group.unwritten_variables[1:]),
        saved=among(group.memory_variables[:1]),
        forgotten=among(group.memory_variables[1:]),
        failovers=int(state[group.failovers_variable.name]).bit_count(),
        asked=among(group.asked_variables),
    )


def _states(group: GroupState, state: Mapping[str, Value]) -> Iterator[tuple[str, ResourceState]]:
    """Every resource's state, in the order of the configuration."""
    found = {
        ResourceState.ONLINE: members(group.names, state[group.online_variable.name]),
        ResourceState.ONLINE_PENDING: members(group.names, state[group.starting_variable.name]),
        ResourceState.OFFLINE_PENDING: members(group.names, state[group.stopping_variable.name]),
        ResourceState.FAILED: members(group.names, state[group.failed_variable.name]),
    }
    for name in group.group.resource_names:
        yield name, next((s for s, among in found.items() if name in among), ResourceState.OFFLINE)


def _left(group: GroupState, state: Mapping[str, Value]) -> dict[str, frozenset[str]]:
    places = {
        name: members(group.cluster.node_names, state[variable.name])
        for name, variable in zip(group.names, group.elsewhere_variables, strict=True)
    }
    found = {
        node: frozenset(name for name, nodes in places.items() if node in nodes)
        for node in group.cluster.node_names
    }
    return {node: names for node, names in found.items() if names}


def _deed(model: Services, step: Step) -> Deed:
    verb, _, key = step.action.partition(": ")
    group = next((g for g in model.state.groups if g.key == key), None)

    def chosen_of(names: Sequence[str], bits: Value) -> str | None:
        return next(iter(members(names, bits)), None)

    def chosen(what: str, names: Sequence[str]) -> str | None:
        return chosen_of(names, step.inputs.get(what, 0))

    node = chosen("node", model.cluster.node_names)
    if group is not None and verb == "begin failback":
        node = chosen_of(model.cluster.node_names, step.state[group.target_variable.name])
    return Deed(
        action=verb,
        group=group.group.name if group is not None else None,
        resource=chosen("resource", group.names) if group is not None else None,
        node=node,
        volume=chosen("volume", model.state.volume_names),
    )

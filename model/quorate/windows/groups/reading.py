"""A trace of the model of groups, read as moments in the life of what the cluster runs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from quorate.system import Step, Trace, Value, Variable, action_name
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import (
    Counted,
    Event,
    GroupSituation,
    Moment,
    ResourceState,
    Situation,
)
from quorate.windows.groups.verbs import Verb
from quorate.windows.membership.reading import members


def moments(model: Groups, trace: Trace) -> tuple[Moment, ...]:
    """What happened, in the cluster's own names: one moment more than the trace has steps."""
    first = Moment(None, situation(model, trace.initial))
    actions = _actions(model)
    return (
        first,
        *(
            Moment(_event(model, step, *actions[step.action]), situation(model, step.state))
            for step in trace.steps
        ),
    )


def situation(model: Groups, state: Mapping[str, Value]) -> Situation:
    """One state, in the cluster's own names."""
    names = model.cluster.node_names

    def among(variable: Variable | None, of: Sequence[str]) -> frozenset[str]:
        return members(of, state[variable.name]) if variable is not None else frozenset()

    volumes, hour = model.state.volumes, model.state.hour
    return Situation(
        members=members(names, state[model.state.members_variable.name]),
        groups=tuple(_group(group, state) for group in model.state.groups),
        stale=among(model.state.stale_variable, names),
        paused=among(model.state.paused_variable, names),
        volumes=among(volumes.variable, volumes.names) if volumes is not None else frozenset(),
        hour=int(state[hour.variable.name]) if hour is not None else None,
    )


def _group(group: GroupState, state: Mapping[str, Value]) -> GroupSituation:
    nodes, writes, memory = group.cluster.node_names, group.writes, group.memory

    def single(variable: Variable) -> str | None:
        return next(iter(members(nodes, state[variable.name])), None)

    def among(variable: Variable | None) -> frozenset[str]:
        return members(group.names, state[variable.name]) if variable is not None else frozenset()

    def nodes_among(variable: Variable | None) -> frozenset[str]:
        return members(nodes, state[variable.name]) if variable is not None else frozenset()

    return GroupSituation(
        name=group.group.name,
        owner=single(group.owner_variable) or "",
        phase=group.phases[int(state[group.phase_variable.name])],
        states=dict(_states(group, state)),
        target=single(group.target_variable),
        stale=_stale(group, state),
        unwritten=among(writes.unwritten if writes is not None else None),
        lost=among(writes.lost if writes is not None else None),
        saved=among(memory.saved if memory is not None else None),
        forgotten=among(memory.forgotten if memory is not None else None),
        failovers=int(state[group.failovers_variable.name]).bit_count(),
        asked=among(group.asked),
        wanted=among(group.wanted_variable),
        counted=_counted(group, state),
        failures=dict(_failures(group, state)),
        returned=nodes_among(group.returned),
        driven=among(group.driven_variable or group.wanted_variable),
    )


def _counted(group: GroupState, state: Mapping[str, Value]) -> Counted | None:
    if group.counted is None:
        return None
    return list(Counted)[int(state[group.counted.name])]


def _failures(group: GroupState, state: Mapping[str, Value]) -> Iterator[tuple[str, int]]:
    """Of each resource, in how many of the sets of those that failed once, twice, ... it is."""
    counts = [members(group.names, state[v.name]) for v in group.failures_variables]
    for name in group.group.resource_names:
        yield name, sum(name in failed for failed in counts)


def _states(group: GroupState, state: Mapping[str, Value]) -> Iterator[tuple[str, ResourceState]]:
    """Every resource's state, in the order of the configuration."""
    found = {
        resource_state: members(group.names, state[variable.name])
        for resource_state in ResourceState
        if (variable := _variable_of(group, resource_state)) is not None
    }
    for name in group.group.resource_names:
        yield name, next((s for s, among in found.items() if name in among), ResourceState.OFFLINE)


def _variable_of(group: GroupState, state: ResourceState) -> Variable | None:
    """The variable with the resources that are in this state; none for those in no other."""
    match state:
        case ResourceState.OFFLINE:
            return None
        case ResourceState.ONLINE_PENDING:
            return group.starting_variable
        case ResourceState.ONLINE:
            return group.online_variable
        case ResourceState.OFFLINE_PENDING:
            return group.stopping_variable
        case ResourceState.FAILED:
            return group.failed_variable
        case _:
            assert_never(state)


def _stale(group: GroupState, state: Mapping[str, Value]) -> dict[str, frozenset[str]]:
    places = {
        name: members(group.cluster.node_names, state[variable.name])
        for name, variable in zip(group.names, group.stale_activity_variables, strict=True)
    }
    found = {
        node: frozenset(name for name, nodes in places.items() if node in nodes)
        for node in group.cluster.node_names
    }
    return {node: names for node, names in found.items() if names}


def _event(model: Groups, step: Step, verb: Verb, group: GroupState | None) -> Event:
    def chosen_of(names: Sequence[str], bits: Value) -> str | None:
        return next(iter(members(names, bits)), None)

    def chosen(what: str, names: Sequence[str]) -> str | None:
        return chosen_of(names, step.inputs.get(what, 0))

    volumes = model.state.volumes
    node = chosen("node", model.cluster.node_names)
    if group is not None and verb is Verb.BEGIN_FAILBACK:
        node = chosen_of(model.cluster.node_names, step.state[group.target_variable.name])
    return Event(
        verb=verb,
        group=group.group.name if group is not None else None,
        resource=chosen("resource", group.names) if group is not None else None,
        node=node,
        volume=chosen("volume", volumes.names if volumes is not None else ()),
    )


def _actions(model: Groups) -> Mapping[str, tuple[Verb, GroupState | None]]:
    """What the name of each action says. That the system has it was seen when the run was replayed,
    and it need not be built to tell of a run."""
    about = [(group.key, group) for group in model.state.groups]
    return {
        action_name(verb, key): (verb, group)
        for verb in Verb
        for key, group in (about if verb.is_about_a_group else [("", None)])
    }

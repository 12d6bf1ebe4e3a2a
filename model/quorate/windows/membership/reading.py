"""A trace of the membership model, read as moments in the life of the cluster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quorate.system import Step, Trace, Value
from quorate.windows.membership.model import Membership
from quorate.windows.membership.situation import Event, Moment, Situation

_SITE = "site failure of "


def moments(model: Membership, trace: Trace) -> tuple[Moment, ...]:
    """What happened, in the cluster's own names: one moment more than the trace has steps."""
    return tuple(_moments(model, trace))


def _moments(model: Membership, trace: Trace) -> Iterator[Moment]:
    before = trace.initial
    yield Moment(None, situation(model, before))
    for step in trace.steps:
        yield Moment(_event(model, before, step), situation(model, step.state))
        before = step.state


def situation(model: Membership, state: Mapping[str, Value]) -> Situation:
    """One state, in the cluster's own names."""
    variables, names = model.state, model.state.names
    reach = [members(names, state[v.name]) for v in variables.reach_variables]
    islands = [members(names, state[v.name]) for v in variables.island_variables]
    forced = [bool(state[v.name]) for v in variables.forced_variables] or [False] * len(islands)
    seen = Situation(
        up=members(names, state[variables.up_variable.name]),
        links=frozenset(
            frozenset((name, other))
            for name, reached in zip(names, reach, strict=True)
            for other in reached
            if other != name
        ),
        islands=tuple(island for island in islands if island),
        forced=tuple(f for f, island in zip(forced, islands, strict=True) if island),
        current=members(names, state[variables.current_variable.name]),
    )
    if not variables.has_witness:
        return seen
    holder = members(names, state[variables.holder_variable.name])
    return replace(
        seen,
        witness_up=bool(state[variables.witness_up_variable.name]),
        witness_paths=members(names, state[variables.paths_variable.name]),
        holder=next(iter(holder), None),
        witness_current=bool(state[variables.witness_current_variable.name]),
    )


def members(names: Sequence[str], bits: Value) -> frozenset[str]:
    """The names whose bit is set."""
    return frozenset(name for index, name in enumerate(names) if int(bits) >> index & 1)


def _event(model: Membership, before: Mapping[str, Value], step: Step) -> Event:
    names = model.state.names

    def chosen(what: str) -> frozenset[str]:
        return members(names, step.inputs.get(what, 0))

    island = frozenset[str]()
    if "island" in step.inputs:
        place = model.state.island_variables[int(step.inputs["island"])]
        island = members(names, before[place.name])
    is_site = step.action.startswith(_SITE)
    return Event(
        action=_SITE.removesuffix(" of ") if is_site else step.action,
        node=next(iter(chosen("node")), None),
        peer=next(iter(chosen("peer")), None),
        side=chosen("side"),
        site=step.action.removeprefix(_SITE) if is_site else None,
        island=island,
        winner=next(iter(chosen("winner")), None),
    )

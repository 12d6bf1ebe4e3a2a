"""What is claimed to happen, or to stop happening, in the end: the properties of runs without end.

`calm` steps are those that the cluster, its clients and the time take by themselves; nothing fails
any more and the operator is done. The measure is written once for all properties of a group: what
is still to do, the farthest consequence first.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import z3

from quorate.cluster import HOURS, ResourceKind, Window
from quorate.counting.sets import disjoint, empty, has, meets, some, subset
from quorate.system import ActionKind, Ceases, Formula, LeadsTo, Term
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.clients import addresses, answering_addresses, answers, served
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Services
from quorate.windows.groups.moving import better
from quorate.windows.groups.properties import group_of

_Make = Callable[[Services, str], LeadsTo]


def completes(model: Services, name: str) -> LeadsTo:
    """Once nothing fails any more, the group is online as far as it is wanted."""
    group = group_of(model, name)
    return _in_the_end(model, "completes", _complete(model, group))


def without_ends(make: _Make) -> _Make:
    """The claim if what is pending may be pending for ever (rule R8)."""
    return _without(make, "come online:", "go offline:")


def without_hours(make: _Make) -> _Make:
    """The claim if time may stand still."""
    return _without(make, "hour passes")


def without_questions(make: _Make) -> _Make:
    """The claim if clients may keep to the addresses that they know."""
    return _without(make, "ask again:")


def _without(make: _Make, *verbs: str) -> _Make:
    def weaker(model: Services, name: str) -> LeadsTo:
        fair = make(model, name)
        kept = tuple(action for action in fair.fair if not action.startswith(verbs))
        return replace(fair, fair=kept)

    return weaker


def no_stuck_pending(model: Services, name: str) -> LeadsTo:
    """What is pending comes to an end."""
    group = group_of(model, name)
    pending = group.starting | group.stopping
    return _in_the_end(model, "no-stuck-pending", empty(pending))


def failback_happens(model: Services, name: str) -> LeadsTo:
    """Once a preferred owner is available again, the group goes to the best that is there, in its
    window."""
    group, state = group_of(model, name), model.state
    best = better(state, group)
    at_best = z3.And(empty(best), subset(group.owner, state.members))
    returned = some(group.returned_variables[0].term)
    on_its_way = z3.And(z3.Not(group.is_in(Phase.SERVING)), some(best), group.target == best)
    in_time = _in_the_end(
        model, "failback-happens", z3.Or(at_best, _nowhere(model, group)), group.group.window
    )
    return replace(in_time, trigger=returned, waiting=z3.Or(returned, on_its_way))


def served_again(model: Services, name: str) -> LeadsTo:
    """Once nothing fails any more, a client is served by an address that it knows, unless the
    operator wants a name or an address offline, or what they need."""
    group = group_of(model, name)
    names = group.sets.of(group.of_kind(ResourceKind.NETWORK_NAME))
    wanted = subset(names | addresses(group), group.hoped_for)
    goal = z3.Or(served(group), z3.Not(wanted), _nowhere(model, group))
    return _in_the_end(model, "served-again", goal)


def no_ping_pong(model: Services, name: str) -> Ceases:
    """Without a node that returns, and within one failover period, the group stops moving, however
    often its resources fail."""
    group = group_of(model, name)
    outside = {ActionKind.OPERATOR, ActionKind.REPAIR}
    excluded = ("crash", "outage", "cut off", "failover period passes", "volume failure")
    allowed = [
        action.name
        for action in model.system.actions
        if action.kind not in outside and not action.name.startswith(excluded)
    ]
    moves = ("transfer:", "take over:", "switch:")
    counted = [f"{move} {group.key}" for move in moves if f"{move} {group.key}" in allowed]
    return Ceases("no-ping-pong", tuple(allowed), tuple(counted), tuple(_far(model, group)))


def _in_the_end(model: Services, name: str, goal: Formula, window: Window | None = None) -> LeadsTo:
    """The goal is reached while nothing fails and the operator does nothing, within one failover
    period, the cluster going on with what it can do, and time until `window` opens."""
    calm = [
        action.name
        for action in model.system.actions
        if action.kind is ActionKind.CLUSTER
        and not action.name.startswith("failover period passes")
    ]
    hours = ("hour passes",) if window is None else ()
    idle = ("keeps reporting:", "write:", "start cut off:", "come online cut off:", *hours)
    measure = [term for g in model.state.groups for term in (*_far(model, g), *_near(g))]
    if window is not None:
        measure.append(_until_open(window, model.state.hour_variables[0].term))
    return LeadsTo(
        name,
        trigger=z3.BoolVal(True),
        goal=goal,
        calm=tuple(calm),
        fair=tuple(action for action in calm if not action.startswith(idle)),
        waiting=z3.BoolVal(True),
        measure=tuple(measure),
    )


def _complete(model: Services, group: GroupState) -> Formula:
    """The group is on a member and not on its way, and all that is wanted there is online, nothing
    else; or it has nowhere to be."""
    done = z3.And(
        subset(group.owner, model.state.members),
        group.is_in(Phase.SERVING),
        group.online == group.desired,
        empty(group.starting | group.stopping),
    )
    return z3.Or(done, _nowhere(model, group))


def _nowhere(model: Services, group: GroupState) -> Formula:
    """No node may take the group, or what it needs from outside is not there."""
    state = model.state
    excuses = [empty(state.available(group))]
    if state.paused_variables:
        excuses.append(meets(group.owner, state.paused & state.members))
    used = {name for resource in group.resources for name in resource.writes_to}
    for volume in state.volume_variables:
        for place, name in enumerate(state.volume_names):
            if name in used:
                excuses.append(z3.Not(has(volume.term, place)))
    if model.cluster.enforced_anti_affinity and state.rivals(group):
        excuses += [
            empty(state.available(group) & ~state.avoided(group)),
            meets(group.owner, state.occupied(group)),
        ]
    return z3.Or(*excuses)


def _far(model: Services, group: GroupState) -> Iterator[Term]:
    """What is still to do about where the group is: it shrinks with every move."""
    yield _set(disjoint(group.owner, model.state.members))
    yield ~group.failovers_variable.term
    for variable in group.returned_variables:
        yield variable.term
    yield _set(group.is_in(Phase.MOVING), group.is_in(Phase.MIGRATING))


def _near(group: GroupState) -> Iterator[Term]:
    """What is still to do on the owner."""
    yield from (variable.term for variable in reversed(group.failures_variables))
    wanted = z3.If(group.is_in(Phase.MOVING), group.sets.nothing, group.desired)
    up = group.starting | group.online
    yield (wanted & ~up) | (~wanted & group.starting)
    yield (wanted & ~group.online) | (~wanted & up)
    yield (~wanted & group.active) | (wanted & group.stopping)
    if group.asked_variables:
        wrong = group.asked_variables[0].term != answering_addresses(group)
        yield _set(z3.And(answers(group), wrong))


def _until_open(window: Window, hour: Term) -> Term:
    """The hours until a failback window opens, in marks."""
    marks = z3.BitVecVal(0, HOURS)
    for now in range(HOURS):
        left = next(d for d in range(HOURS) if window.open_at((now + d) % HOURS))
        marks = z3.If(hour == now, z3.BitVecVal((1 << left) - 1, HOURS), marks)
    return marks


def _set(*conditions: Formula) -> Term:
    bits = [z3.If(c, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1)) for c in conditions]
    return z3.Concat(*bits) if len(bits) > 1 else bits[0]

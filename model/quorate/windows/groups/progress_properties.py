"""What is claimed to happen, or to stop happening, in the end: the properties of runs without end.

`calm` steps are those that the cluster, its clients and the time take by themselves; nothing fails
any more and the operator is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

import z3

from quorate.cluster import Window
from quorate.counting.sets import empty, meets, some, subset
from quorate.system import Action, ActionKind, Ceases, Formula, LeadsTo, actions_of
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.measure import moves_left, to_do, until_open
from quorate.windows.groups.model import Groups
from quorate.windows.groups.properties import there
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb

_Make = Callable[[Groups, str], LeadsTo]


def completes(model: Groups, name: str) -> LeadsTo:
    """Once nothing fails any more, the group is online as far as it is wanted."""
    placed = claimed(model, name)
    return _in_the_end(model, "completes", z3.Or(_complete(placed), _waits(placed)))


def without_ends(make: _Make) -> _Make:
    """The claim if what is pending may be pending for ever (rule R8)."""
    return _without(make, Verb.COME_ONLINE, Verb.GO_OFFLINE)


def without_hours(make: _Make) -> _Make:
    """The claim if time may stand still."""
    return _without(make, Verb.HOUR_PASSES)


def without_questions(make: _Make) -> _Make:
    """The claim if clients may keep to the addresses that they know."""
    return _without(make, Verb.ASK_AGAIN)


def _without(make: _Make, *verbs: Verb) -> _Make:
    def weaker(model: Groups, name: str) -> LeadsTo:
        fair = make(model, name)
        ignored = _names(actions_of(model.system, *verbs))
        return replace(fair, fair=tuple(name for name in fair.fair if name not in ignored))

    return weaker


def no_stuck_pending(model: Groups, name: str) -> LeadsTo:
    """What is pending comes to an end."""
    group = claimed(model, name).group
    pending = group.starting | group.stopping
    return _in_the_end(model, "no-stuck-pending", empty(pending))


def failback_happens(model: Groups, name: str) -> LeadsTo:
    """Once a preferred owner is available again, the group goes to the best that is there, in its
    window."""
    placed = claimed(model, name)
    group, best = placed.group, placed.best_preferred
    at_best = z3.And(empty(best), placed.owner_runs)
    returned = some(there(group.variables.returned).term)
    on_its_way = z3.And(z3.Not(group.is_in(Phase.SERVING)), some(best), group.target == best)
    in_time = _in_the_end(
        model, "failback-happens", z3.Or(at_best, _nowhere(placed)), group.group.window
    )
    return replace(in_time, trigger=returned, waiting=z3.Or(returned, on_its_way))


def served_again(model: Groups, name: str) -> LeadsTo:
    """Once nothing fails any more, a client is served by an address that it knows, unless the
    operator wants a name or an address offline, or what they need."""
    placed = claimed(model, name)
    group = placed.group
    wanted = subset(group.network_names | group.addresses, group.hoped_for)
    known = there(group.variables.asked).term
    served = z3.And(group.answers, meets(known, group.online & group.addresses))
    goal = z3.Or(served, z3.Not(wanted), _nowhere(placed), _waits(placed))
    return _in_the_end(model, "served-again", goal)


def no_ping_pong(model: Groups, name: str) -> Ceases:
    """Without a node that returns, and within one failover period, the group stops moving, however
    often its resources fail."""
    excluded = {
        Verb.CRASH,
        Verb.OUTAGE,
        Verb.CUT_OFF,
        Verb.VOLUME_FAILURE,
        Verb.FAILOVER_PERIOD_PASSES,
    }
    allowed = [
        action
        for action in model.system.actions
        if action.kind in (ActionKind.CLUSTER, ActionKind.FAULT) and action.verb not in excluded
    ]
    verbs = (Verb.TRANSFER, Verb.TAKE_OVER, Verb.SWITCH)
    moves = actions_of(model.system, *verbs, about=claimed(model, name).group.key)
    return Ceases(
        "no-ping-pong", _names(allowed), _names(moves), tuple(moves_left(model.placed(name)))
    )


def _in_the_end(model: Groups, name: str, goal: Formula, window: Window | None = None) -> LeadsTo:
    """The goal is reached while nothing fails and the operator does nothing, within one failover
    period, the cluster going on with what it can do, and time until `window` opens."""
    calm = [
        action
        for action in model.system.actions
        if action.kind is ActionKind.CLUSTER and action.verb is not Verb.FAILOVER_PERIOD_PASSES
    ]
    idle = {Verb.KEEP_REPORTING, Verb.WRITE, Verb.START_CUT_OFF, Verb.COME_ONLINE_CUT_OFF}
    if window is None:
        idle.add(Verb.HOUR_PASSES)
    measure = [term for placed in model.placed_groups for term in to_do(placed)]
    if window is not None:
        measure.append(until_open(window, there(model.state.hour).variable.term))
    return LeadsTo(
        name,
        trigger=z3.BoolVal(True),
        goal=goal,
        calm=_names(calm),
        fair=_names(action for action in calm if action.verb not in idle),
        waiting=z3.BoolVal(True),
        measure=tuple(measure),
    )


def _names(actions: Iterable[Action]) -> tuple[str, ...]:
    return tuple(action.name for action in actions)


def _complete(placed: ClaimedPlace) -> Formula:
    """The group is on a member and not on its way, and all that is wanted there is online, nothing
    else; or it has nowhere to be."""
    group = placed.group
    done = z3.And(
        placed.owner_runs,
        group.is_in(Phase.SERVING),
        group.online == group.desired,
        empty(group.starting | group.stopping),
    )
    return z3.Or(done, _nowhere(placed))


def _waits(placed: ClaimedPlace) -> Formula:
    """A group that it starts after is not online."""
    return z3.Not(placed.is_its_turn)


def _nowhere(placed: ClaimedPlace) -> Formula:
    """No node may take the group, or what it needs from outside is not there."""
    group, state = placed.group, placed.state
    excuses = [empty(placed.available)]
    if state.paused_variable is not None:
        excuses.append(meets(group.owner, state.paused & state.members))
    excuses += [z3.Not(placed.volume_is_there(name)) for name in placed.volumes_used]
    if placed.is_kept_apart:
        excuses += [empty(placed.plannable), meets(group.owner, placed.occupied)]
    return z3.Or(*excuses)

"""What is claimed of what a cluster counts and remembers: each step changes a count or a memory as
its rule says, and what no rule speaks of leaves it as it is.

A count that starts at nothing and changes so is the number of what it counts. Every function takes
the model and the name of a group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import z3

from quorate.cluster import OfflineAction, ResourceKind
from quorate.counting.sets import Members, disjoint, has, some, subset
from quorate.system import EachStep, Formula, Variable
from quorate.windows.groups.bits import gathered
from quorate.windows.groups.claimed_group import ClaimedGroup
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.properties import there
from quorate.windows.groups.step_properties import callers
from quorate.windows.groups.verbs import Verb


def failures_counted(model: Groups, name: str) -> EachStep:
    """A failure counts once, for the resource that failed and for no other; nothing but a restart
    period, a move, a takeover and the operator's command to bring it online forgets it (rule
    R6)."""
    place = claimed(model, name)
    group = place.group
    forgotten = _counted(group, cleared=group.sets.everything)
    rules = {
        Verb.FAIL: _counted(group, more=group.resource),
        Verb.VOLUME_FAILURE: _counted(group, more=_on_lost_volume(place)),
        Verb.RESTART_PERIOD_PASSES: forgotten,
        Verb.TRANSFER: forgotten,
        Verb.TAKE_OVER: forgotten,
        Verb.BRING_ONLINE: _counted(group, cleared=_tried_again(group)),
    }
    counts = group.variables.failures_variables
    return _kept("failures-counted", model, place, counts, rules)


def _counted(
    group: ClaimedGroup, more: Members | None = None, cleared: Members | None = None
) -> Formula:
    """Those in `more` failed once more, and those in `cleared` are counted anew."""
    failed = group.sets.nothing if more is None else more
    kept = group.sets.everything if cleared is None else ~cleared
    fewer, parts = group.sets.everything, list[Formula]()
    for times in group.variables.failures_variables:
        parts.append(times.next == (times.term | (fewer & failed)) & kept)
        fewer = times.term
    return z3.And(*parts)


def _tried_again(group: ClaimedGroup) -> Members:
    """What the command to bring a resource online tries as if it had not failed: the resource, and
    what it needs of those that are not active (rule R1)."""
    return group.resource | (group.needed_by_chosen & ~group.active)


def _on_lost_volume(place: ClaimedPlace) -> Members:
    """What is active and keeps data on the volume that a step takes away."""
    volumes, group = place.state.volumes, place.group
    if volumes is None:
        return group.sets.nothing
    chosen = volumes.choice.term
    hit = [
        z3.Or(
            *(
                has(chosen, volumes.names.index(name))
                for name in r.writes_to
                if name in volumes.names
            )
        )
        for r in group.resources
    ]
    return gathered(hit) & group.active


def pause_lasts(model: Groups, name: str) -> EachStep:
    """A node is paused from the operator's command to pause or drain it to the one to resume it
    (rule M6)."""
    place = claimed(model, name)
    paused, node = there(place.state.paused_variable), place.state.node.term
    rules = {
        Verb.PAUSE: paused.next == paused.term | node,
        Verb.DRAIN: paused.next == paused.term | node,
        Verb.RESUME: paused.next == paused.term & ~node,
    }
    return _kept("pause-lasts", model, place, [paused], rules)


def commands_remembered(model: Groups, name: str) -> EachStep:
    """Of each resource the last command of the operator is remembered, whatever else happens (rule
    G2). A command to bring a resource online reaches all that it needs, and tries it again (rule
    R1); one to take it offline may reach what needs it (rule R2). Whether either changes the
    persistent state of these is open; if not, it lasts until the group starts anew."""
    place = claimed(model, name)
    group = place.group
    wanted, chosen = group.variables.wanted_variable, group.resource
    driven, failed = group.variables.driven_variable, group.variables.failed_variable
    if driven is None:
        rules = {
            Verb.TAKE_OFFLINE: wanted.next == wanted.term & ~chosen,
            Verb.BRING_ONLINE: wanted.next == wanted.term | chosen,
        }
        return _kept("commands-remembered", model, place, [wanted], rules)
    needed, needing = group.needed_by_chosen, group.needing_chosen
    rules = {
        Verb.TAKE_OFFLINE: z3.And(
            *(
                z3.And(
                    subset(what.next, what.term & ~chosen),
                    subset(what.term & ~(chosen | needing), what.next),
                )
                for what in (wanted, driven)
            )
        ),
        Verb.BRING_ONLINE: z3.And(
            subset(wanted.term | chosen, wanted.next),
            subset(wanted.next, wanted.term | chosen | needed),
            driven.next == driven.term | chosen | needed,
            disjoint(failed.next, chosen | needed),
        ),
    }
    as_before = z3.Or(driven.next == driven.term, driven.next == wanted.term)
    rules |= dict.fromkeys(_ANEW, z3.And(wanted.next == wanted.term, as_before))
    return _kept("commands-remembered", model, place, [wanted, driven], rules)


_ANEW = (Verb.CRASH, Verb.CUT_OFF, Verb.OUTAGE, Verb.TRANSFER, Verb.TAKE_OVER)
"""The steps after which a group may start anew, to its persistent state."""


def failback_needs_cause(model: Groups, name: str) -> EachStep:
    """A group goes back only if a preferred owner called it since it last did: one that joined, was
    resumed, was there when the cluster formed, or was left when the target of a move was lost (rule
    F3)."""
    place = claimed(model, name)
    returned = there(place.group.variables.returned)
    rules: dict[Verb, Formula] = {
        verb: subset(returned.next, returned.term | (nodes & place.group.preferred))
        for verb, nodes in callers(place).items()
    }
    rules[Verb.BEGIN_FAILBACK] = z3.And(some(returned.term), returned.next == 0)
    return _kept("failback-needs-cause", model, place, [returned], rules)


def saved_is_restored(model: Groups, name: str) -> EachStep:
    """What a machine had in memory when it was taken offline is saved if it is told to and its
    files are there, and kept until the machine comes online with it (rule V1)."""
    place = claimed(model, name)
    group = place.group
    saved, chosen = there(group.variables.memory).saved, group.resource
    saves = [
        place.data_is_there(place_of)
        if resource.kind is ResourceKind.VIRTUAL_MACHINE
        and resource.offline_action is OfflineAction.SAVE
        else z3.BoolVal(False)
        for place_of, resource in enumerate(group.resources)
    ]
    rules = {
        Verb.GO_OFFLINE: saved.next == saved.term | (chosen & gathered(saves)),
        Verb.COME_ONLINE: saved.next == saved.term & ~chosen,
    }
    return _kept("saved-is-restored", model, place, [saved], rules)


def stale_remembered(model: Groups, name: str) -> EachStep:
    """What is active on a node that is cut off is taken to be so, and what is coming online there
    to be on its way, until the node notices or is switched off."""
    place = claimed(model, name)
    group, state, run = place.group, place.state, there(place.group.variables.stale_run)
    node, lost = state.node.term, state.members & ~state.members_variable.next
    chosen, nowhere = group.resource, group.nodes.nothing

    def goes_on(unaware: Members, dead: Members) -> Formula:
        with_group = group.owner & unaware & ~dead
        coming = z3.If(some(with_group), group.starting, group.sets.nothing)
        active = [
            v.next == (v.term | z3.If(has(group.active, i), with_group, nowhere)) & ~dead
            for i, v in enumerate(group.variables.stale_activity_variables)
        ]
        owners = run.owners.next == run.owners.term | with_group
        return z3.And(owners, run.starting.next == run.starting.term | coming, *active)

    def ends() -> Formula:
        active = [v.next == v.term & ~node for v in group.variables.stale_activity_variables]
        unchanged = run.starting.next == run.starting.term
        return z3.And(run.owners.next == run.owners.term & ~node, unchanged, *active)

    begun = [
        v.next == v.term | z3.If(has(chosen, i), node, nowhere)
        for i, v in enumerate(group.variables.stale_activity_variables)
    ]
    unchanged = [v.next == v.term for v in _stale(group)]
    rules = {
        Verb.CUT_OFF: goes_on(lost, nowhere),
        Verb.CRASH: goes_on(lost, node),
        Verb.OUTAGE: goes_on(lost, nowhere),
        Verb.NOTICE: ends(),
        Verb.FENCE: ends(),
        Verb.START_CUT_OFF: z3.And(run.starting.next == run.starting.term | chosen, *begun),
        Verb.COME_ONLINE_CUT_OFF: z3.And(
            run.starting.next == run.starting.term & ~chosen,
            *(f for v, f in zip(_stale(group), unchanged, strict=True) if v is not run.starting),
        ),
    }
    return _kept("stale-remembered", model, place, _stale(group), rules)


def _stale(group: ClaimedGroup) -> Sequence[Variable]:
    run = there(group.variables.stale_run)
    return [run.owners, run.starting, *group.variables.stale_activity_variables]


def _kept(
    name: str,
    model: Groups,
    place: ClaimedPlace,
    memory: Sequence[Variable],
    rules: Mapping[Verb, Formula],
) -> EachStep:
    """The rules of the steps that change the memory; whatever else touches it changes nothing."""
    asked = place.each_step(name, model, rules)
    touched = [
        action
        for action in model.system.actions
        if any(variable.name in action.updates for variable in memory)
    ]
    same = z3.And(*(variable.next == variable.term for variable in memory))
    others = {action.name: same for action in touched}
    return replace(asked, formulas=others | dict(asked.formulas))

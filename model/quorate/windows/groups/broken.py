"""The broken twins of the model of groups: each has one rule rewritten, for every group that it has
a part in, and all others as they are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

import z3

from quorate.changes.rewriting import Rule, instead, without, without_updates
from quorate.cluster import Dependency, Group
from quorate.counting.sets import Members, disjoint, empty, meets, subset
from quorate.system import System, Variable
from quorate.values import dataclass
from quorate.windows.groups.configured_group import as_configured
from quorate.windows.groups.deviations import Deviation
from quorate.windows.groups.failback import better_owner, window_is_open
from quorate.windows.groups.failing import Failure, failure_of_one
from quorate.windows.groups.failover import beyond_repair
from quorate.windows.groups.forgetful import forgetful
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.lacking import lacking_verbs
from quorate.windows.groups.losses import losses
from quorate.windows.groups.model import Groups
from quorate.windows.groups.operator import node_is_awake
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.required_data import with_data
from quorate.windows.groups.start_order import is_its_turn
from quorate.windows.groups.starting import free, owner_is_awake
from quorate.windows.groups.stopping import needed_by, saved_in_order
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.volumes import failure_with_volume

_TRUE = z3.BoolVal(True)


def twin(model: Groups, deviation: Deviation) -> Groups:
    """`model` with one rule broken. Raises `ValueError` where the rule has no part in it."""
    broken = _twin(model, deviation)
    _ = broken.system  # refused now where nothing is rewritten, and not by whoever asks first
    return broken


def _twin(model: Groups, deviation: Deviation) -> Groups:
    if deviation is Deviation.DEPENDS_ON_ITSELF:
        return replace(model, needs=_in_a_circle)
    return replace(model, rewriting=lambda system: _in_each_group(model, system, deviation))


def _in_a_circle(group: Group) -> tuple[Dependency, ...]:
    """The lowest resource depends on the highest as well."""
    lowest, *others = as_configured(group)
    highest = (group.providers_first[-1].name,)
    return (Dependency((*lowest.clauses, highest)), *others)


def _in_each_group(model: Groups, system: System, deviation: Deviation) -> System:
    """`system` with the rule broken for each group that it has a part in. Raises `ValueError` where
    there is none."""
    refusals: list[ValueError] = []
    for placed in model.placed_groups:
        try:
            system = _broken(_Rules(system, placed), deviation)
        except ValueError as refusal:
            refusals.append(refusal)
    if len(refusals) == len(model.placed_groups):
        raise ValueError(f"there is no rule to break so that {deviation.sentence}: {refusals[:1]}")
    return system


@dataclass(frozen=True)
class _Rules:
    """The rules of one group in `system`."""

    system: System
    placed: PlacedGroup

    @property
    def group(self) -> GroupState:
        return self.placed.group

    def _there(self, verbs: Sequence[Verb]) -> Sequence[Verb]:
        lacking = lacking_verbs(self.placed.state, self.group)
        return [verb for verb in verbs if verb not in lacking]

    def instead(self, *rules: Rule, verbs: Sequence[Verb]) -> System:
        """Each rule replaced in the steps of those of the verbs that there are."""
        return instead(self.system, *rules, verbs=self._there(verbs), about=self.group.key)

    def without(self, *verbs: Verb) -> System:
        return without(self.system, *verbs, about=self.group.key)

    def without_updates(self, *variables: Variable, verb: Verb) -> System:
        names = (variable.name for variable in variables)
        return without_updates(self.system, *names, verbs=[verb], about=self.group.key)


def _broken(rules: _Rules, deviation: Deviation) -> System:
    """The system with the rule broken for one group."""
    placed, group, state = rules.placed, rules.placed.group, rules.placed.state
    every_resource = group.sets.everything
    match deviation:
        case Deviation.STARTS_UNSUPPORTED if group.is_ordered:
            rule = (group.supported(group.online), every_resource)
            return rules.instead(rule, verbs=[Verb.START])
        case Deviation.STOPS_AT_ONCE:
            still_up = needed_by(group, group.online | group.starting)
            return rules.instead((needed_by(group, group.active), still_up), verbs=[Verb.STOP])
        case Deviation.KEEPS_DEPENDENTS if group.is_ordered:
            return _keeps_dependents(rules)
        case Deviation.DEPENDS_ON_ITSELF:
            return rules.system  # its needs are others
        case Deviation.TRANSFERS_EARLY:
            early = rules.instead((empty(group.active), _TRUE), verbs=[Verb.TRANSFER])
            if not group.is_reserved:
                return early
            return _Rules(early, placed).instead((free(group), every_resource), verbs=[Verb.START])
        case Deviation.IGNORES_POSSIBLE_OWNERS if group.is_restricted:
            return _ignores_possible_owners(rules)
        case Deviation.IGNORES_THRESHOLD:
            return rules.instead((group.may_fail_over, _TRUE), verbs=[Verb.BEGIN_FAILOVER])
        case Deviation.FORGETS_FAILOVERS:
            return rules.without_updates(group.failovers_variable, verb=Verb.BEGIN_FAILOVER)
        case Deviation.FAILS_OVER_AT_ONCE:
            rule = (beyond_repair(placed), group.failed)
            return rules.instead(rule, verbs=[Verb.BEGIN_FAILOVER])
        case Deviation.RESTARTS_FOR_EVER:
            return rules.instead((group.exhausted, group.sets.nothing), verbs=[Verb.START])
        case Deviation.NEVER_RESTARTS:
            return rules.instead((group.exhausted, group.failed), verbs=[Verb.START])
        case (
            Deviation.NEVER_STARTS
            | Deviation.PENDS_FOR_EVER
            | Deviation.NO_FAILBACK
            | Deviation.LEAVES_LOST
            | Deviation.KEEPS_ADDRESS
        ):
            return rules.without(*_NEVER[deviation])
        case Deviation.IGNORES_PAUSE:
            awake = [(owner_is_awake(placed), _TRUE), (node_is_awake(state), _TRUE)]
            return rules.instead(*awake, verbs=[Verb.START, Verb.MOVE, Verb.MIGRATE])
        case Deviation.KEEPS_DRAINED:
            sent = (group.phase_variable, group.target_variable)
            return rules.without_updates(*sent, verb=Verb.DRAIN)
        case Deviation.IGNORES_WINDOW:
            return rules.instead((window_is_open(placed), _TRUE), verbs=_FAILBACK)
        case Deviation.GOES_BACK_TO_ANY:
            preferred = placed.plannable & group.preferred & ~group.owner
            rule = (better_owner(placed), group.node_list.first_of(preferred))
            return rules.instead(rule, verbs=_FAILBACK)
        case Deviation.FORGETS_RETURNS:
            return rules.without_updates(_returned(group), verb=Verb.RETURN)
        case Deviation.STARTS_OUT_OF_TURN if placed.start_conditions:
            return rules.instead((is_its_turn(placed), _TRUE), verbs=[Verb.START])
        case Deviation.STARTS_BESIDE if placed.is_kept_apart:
            return _starts_beside(rules)
        case Deviation.TAKES_LAST:
            return _takes_last(rules)
        case Deviation.GOES_ASTRAY:
            rule = (placed.destination, placed.next_owner)
            return rules.instead(rule, verbs=[Verb.TRANSFER])
        case Deviation.IGNORES_ANTI_AFFINITY:
            beside = [
                (placed.others, placed.elsewhere),
                (placed.successors, placed.awake_among(placed.survivors)),
            ]
            return rules.instead(*beside, verbs=[*_FAILOVER, Verb.TAKE_OVER, Verb.HOUR_PASSES])
        case Deviation.LEAVES_RESOURCES_RUNNING:
            return _leaves_resources_running(rules)
        case Deviation.SHUTS_DOWN_MACHINES:
            rule = (saved_in_order(placed), group.sets.nothing)
            return rules.instead(rule, verbs=[Verb.GO_OFFLINE])
        case Deviation.DISK_STAYS_BEHIND if group.machines:
            rule = (with_data(placed), every_resource)
            return rules.instead(rule, verbs=[Verb.START, Verb.GO_OFFLINE])
        case Deviation.NO_RESERVATION if group.is_reserved:
            return rules.instead((free(group), every_resource), verbs=[Verb.START])
        case (
            Deviation.COUNTS_FOR_ALL
            | Deviation.START_CLEARS_COUNT
            | Deviation.KEEPS_COUNTS
            | Deviation.ONE_FAILOVER_FEWER
            | Deviation.ANY_RETURN_CALLS
            | Deviation.REBOOT_RESUMES
            | Deviation.FORGETS_COMMANDS
            | Deviation.BRINGS_ALONE
            | Deviation.FORGETS_PENDING
            | Deviation.LOSES_SAVED
        ):
            return forgetful(rules.system, placed, deviation)
        case Deviation.DOES_NOT_FENCE:
            return rules.instead((empty(group.stale_owners), _TRUE), verbs=[Verb.TAKE_OVER])
        case (
            Deviation.STARTS_UNSUPPORTED
            | Deviation.KEEPS_DEPENDENTS
            | Deviation.DISK_STAYS_BEHIND
            | Deviation.NO_RESERVATION
            | Deviation.IGNORES_POSSIBLE_OWNERS
            | Deviation.STARTS_BESIDE
            | Deviation.STARTS_OUT_OF_TURN
        ):
            raise ValueError("the rule says nothing of this group")
        case _:
            assert_never(deviation)


_NEVER = {
    Deviation.NEVER_STARTS: (Verb.START,),
    Deviation.PENDS_FOR_EVER: (Verb.COME_ONLINE, Verb.GO_OFFLINE),
    Deviation.NO_FAILBACK: (Verb.BEGIN_FAILBACK,),
    Deviation.LEAVES_LOST: (Verb.TAKE_OVER,),
    Deviation.KEEPS_ADDRESS: (Verb.ASK_AGAIN,),
}
"""The steps that are never taken."""
_FAILBACK = (Verb.BEGIN_FAILBACK, Verb.HOUR_PASSES)
_FAILOVER = (Verb.BEGIN_FAILOVER, Verb.TRANSFER, Verb.DRAIN)


def _returned(group: GroupState) -> Variable:
    if group.returned is None:
        raise ValueError("the group does not fail back")
    return group.returned


def _keeps_dependents(rules: _Rules) -> System:
    group, volumes = rules.group, rules.placed.state.volumes
    of_one = _ends_alone(failure_of_one(group))
    system = rules.instead(*of_one, verbs=[Verb.FAIL])
    if volumes is None:
        return system
    with_volume = _ends_alone(failure_with_volume(group, volumes))
    return _Rules(system, rules.placed).instead(*with_volume, verbs=[Verb.VOLUME_FAILURE])


def _ends_alone(failure: Failure) -> Sequence[Rule]:
    """The larger terms come first: what stays online is a part of the others."""
    group, lost = failure.group, failure.lost
    return [
        (failure.stopping, group.stopping & ~lost),
        (failure.starting, group.starting & ~lost),
        (failure.online, group.online & ~lost),
    ]


def _ignores_possible_owners(rules: _Rules) -> System:
    placed, node, members = rules.placed, rules.placed.state.node.term, rules.placed.state.members
    rule = (placed.successors, placed.apart(placed.awake_among(members)))
    system = rules.instead(rule, verbs=[Verb.TAKE_OVER, Verb.HOUR_PASSES])
    survives = (subset(node, placed.survivors), subset(node, members))
    return _Rules(system, placed).instead(survives, verbs=[Verb.TAKE_OVER])


def _starts_beside(rules: _Rules) -> System:
    """The group goes next, and starts, without a look at the groups that it avoids."""
    placed = rules.placed
    beside = [
        (placed.others, placed.elsewhere),
        (placed.successors, placed.awake_among(placed.survivors)),
    ]
    system = rules.instead(*beside, verbs=[*_FAILOVER, Verb.TAKE_OVER, Verb.HOUR_PASSES])
    occupied = (disjoint(rules.group.owner, placed.occupied), _TRUE)
    return _Rules(system, placed).instead(occupied, verbs=[Verb.START])


def _takes_last(rules: _Rules) -> System:
    placed, group = rules.placed, rules.group
    listed = [placed.others, *([placed.successors] if group.group.preferred_owners else [])]
    following = [
        (group.node_list.next_after(group.owner, nodes), _last_of(group, nodes)) for nodes in listed
    ]
    return rules.instead(*following, verbs=[Verb.TRANSFER, Verb.TAKE_OVER])


def _last_of(group: GroupState, nodes: Members) -> Members:
    """The last of `nodes` in NodeList."""
    found = group.nodes.nothing
    for name in group.node_list.listed:
        here = group.nodes.of([name])
        found = z3.If(meets(nodes, here), here, found)
    return found


def _leaves_resources_running(rules: _Rules) -> System:
    group, system = rules.group, rules.system
    for verb, loss in losses(rules.placed.state).items():
        still_there = group.owner & (loss.lost & ~loss.dead)
        rule = (loss.goes_on(group), still_there)
        system = _Rules(system, rules.placed).instead(rule, verbs=[verb])
    return system

"""What people ask of a group first: that it comes back, is not left failed, can be sent away, and
stays apart.

Every function takes the model and the name of a group. Those that speak of one incident are made of
models in which only that happens.
"""

import z3

from quorate.cluster import DiskOnly, Group, ResourceKind, RestartAction
from quorate.counting.sets import Members, disjoint, empty, meets, some, subset
from quorate.system import ActionKind, Always, Formula, LeadsTo, Sometimes
from quorate.windows.groups.claimed_group import apart
from quorate.windows.groups.claimed_place import ClaimedPlace, claimed
from quorate.windows.groups.failover_properties import a_failover_is_left
from quorate.windows.groups.measure import to_do
from quorate.windows.groups.model import Groups
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb

_IDLE = frozenset(
    {
        Verb.HOUR_PASSES,
        Verb.KEEP_REPORTING,
        Verb.START_CUT_OFF,
        Verb.COME_ONLINE_CUT_OFF,
        Verb.WRITE,
    }
)
"""What the cluster may do for ever without getting anywhere."""

_BELOW_SERVICES = (
    ResourceKind.ADDRESS,
    ResourceKind.NETWORK_NAME,
    ResourceKind.DISTRIBUTED_NETWORK_NAME,
    ResourceKind.DISK,
    ResourceKind.VIRTUAL_MACHINE_CONFIGURATION,
)
"""What a group has for the sake of something else in it."""


def comes_back_after_crash(model: Groups, name: str) -> LeadsTo:
    """Once nodes have crashed, all of the group comes to be online on one that is left."""
    placed = claimed(model, name)
    return _in_the_end(model, "comes-back-after-crash", some_are_lost(placed), _is_up(placed))


def comes_back_after_failure(model: Groups, name: str) -> LeadsTo:
    """Once a resource has failed, all of the group comes to be online again."""
    placed = claimed(model, name)
    failed = some(placed.group.failed)
    return _in_the_end(model, "comes-back-after-failure", failed, _is_up(placed))


def can_be_drained(model: Groups, name: str) -> LeadsTo:
    """Once a node is drained, all of the group comes to be online on another one."""
    placed = claimed(model, name)
    paused = placed.state.paused
    goal = z3.And(_is_up(placed), disjoint(placed.group.owner, paused))
    return _in_the_end(model, "can-be-drained", some(paused), goal)


def not_left_failed(model: Groups, name: str) -> LeadsTo:
    """What fails over does not stay failed on a node while another one is free and a failover is
    left; nor, where nothing that the group is there for fails over or no failover is allowed,
    anything of it. No restart period helps (rules R6, G3)."""
    placed = claimed(model, name)
    goal = z3.Not(is_left_failed(placed))
    return _in_the_end(model, "not-left-failed", z3.BoolVal(True), goal, _RETRIES)


_RETRIES = frozenset({Verb.RESTART_PERIOD_PASSES})


def never_together(model: Groups, name: str) -> Always:
    """Nothing of the group is active where something of a group is that it avoids (rule G6)."""
    placed = claimed(model, name)
    return Always("never-together", z3.And(*(apart(placed.group, r) for r in placed.rivals)))


def fails_over(group: Group) -> tuple[str, ...]:
    """The resources whose failure moves the group in the end, as all do that they need."""
    found: list[str] = []
    for resource in group.providers_first:
        moves = resource.restart is RestartAction.FAIL_OVER
        needs = {name for clause in resource.depends_on.clauses for name in clause}
        if moves and needs <= set(found):
            found.append(resource.name)
    return tuple(found)


def serves(group: Group) -> tuple[str, ...]:
    """The resources that the group is there for: those that are not there for the sake of others,
    or all where there are no others."""
    found = [r.name for r in group.resources if r.kind not in _BELOW_SERVICES]
    return tuple(found) or group.resource_names


def is_spoken_of(group: Group) -> tuple[str, ...]:
    """The resources of which `not_left_failed` speaks."""
    return fails_over(group) if is_ever_moved(group) else group.resource_names


def is_ever_moved(group: Group) -> bool:
    """Something that the group is there for leads to a failover."""
    return bool(set(fails_over(group)) & set(serves(group))) and group.failover_threshold != 0


def is_left_failed(placed: ClaimedPlace) -> Formula:
    """Something that the claim speaks of has failed on the owner, though it could be online there;
    another node is free, and the group does not set out. A volume that is lost, or a rival beside
    it where that is forbidden, keeps it from every node or from this one."""
    group = placed.group
    spoken_of = group.sets.of(is_spoken_of(group.group))
    found = [
        group.is_in(Phase.SERVING),
        placed.owner_runs,
        meets(group.failed & spoken_of, group.wanted_here),
        some(free(placed)),
        *(placed.volume_is_there(name) for name in placed.volumes_used),
    ]
    if group.failovers_allowed:
        found.append(a_failover_is_left(placed))
    if placed.is_kept_apart:
        found.append(disjoint(group.owner, placed.occupied))
    return z3.And(*found)


def free(placed: ClaimedPlace) -> Members:
    """The nodes that it may go to."""
    return placed.favoured(placed.elsewhere)


def some_are_lost(placed: ClaimedPlace) -> Formula:
    """Not every node that may be a member is one."""
    cluster, members = placed.state.cluster, placed.state.members
    names = cluster.node_names
    if isinstance(cluster.rule, DiskOnly) and cluster.witness is not None:
        names = cluster.witness.reached_by
    return some(placed.state.sets.of(names) & ~members)


def _is_up(placed: ClaimedPlace) -> Formula:
    """The group serves on a member, with all online that its place allows, which is all of it but
    addresses of other subnets."""
    group = placed.group
    return z3.And(
        placed.owner_runs,
        group.is_in(Phase.SERVING),
        group.online == group.wanted_here,
        empty(group.starting | group.stopping),
        subset(~group.addresses, group.online),
        some(group.online),
    )


def _in_the_end(
    model: Groups,
    name: str,
    trigger: Formula,
    goal: Formula,
    ignored: frozenset[Verb] = frozenset(),
) -> LeadsTo:
    """From the trigger on the goal is reached, by what the cluster does by itself within a failover
    period, but for what is `ignored`."""
    calm = [
        action
        for action in model.system.actions
        if action.kind is ActionKind.CLUSTER and action.verb is not Verb.FAILOVER_PERIOD_PASSES
    ]
    fair = [action for action in calm if action.verb not in _IDLE | ignored]
    return LeadsTo(
        name,
        trigger=trigger,
        goal=goal,
        calm=tuple(action.name for action in calm),
        fair=tuple(action.name for action in fair),
        waiting=z3.BoolVal(True),
        measure=tuple(term for placed in model.placed_groups for term in to_do(placed)),
    )


# What shows that they speak of something.


def a_node_is_lost(model: Groups, name: str) -> Sometimes:
    return Sometimes("a node has crashed", some_are_lost(claimed(model, name)))


def a_node_is_drained(model: Groups, name: str) -> Sometimes:
    placed = claimed(model, name)
    drained = meets(placed.group.owner, placed.state.paused)
    return Sometimes("the owner is drained", drained)


def left_failed(model: Groups, name: str) -> Sometimes:
    return Sometimes(
        "a resource has failed, and another node is free", is_left_failed(claimed(model, name))
    )


def rivals_run(model: Groups, name: str) -> Sometimes:
    """It and a group that it avoids run at the same time."""
    placed = claimed(model, name)
    running = [some(rival.active) for rival in placed.rivals]
    return Sometimes(
        "the group and one that it avoids are active",
        z3.And(some(placed.group.active), z3.Or(*running)),
    )

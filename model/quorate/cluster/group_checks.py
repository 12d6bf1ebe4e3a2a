"""What groups cannot mean."""

from collections.abc import Sequence

from quorate.cluster.dependencies import CycleFound
from quorate.cluster.groups import HOURS, FailbackPolicy, Group, Migration
from quorate.cluster.nodes import Node
from quorate.cluster.refusals import declared, refuse_bad_names
from quorate.cluster.resources import MOST_RESTARTS, Resource, ResourceKind
from quorate.errors import InputError

MOST_RESOURCES = 1000
"""In one group; a tree of dependencies may be 100 deep (wsfc.md 4.2)."""
MOST_FAILOVERS = 1000


class CycleError(InputError):
    """A circle of dependencies: each of `cycle` needs the next, and the last is the first again."""

    def __init__(self, reason: str, where: str, group: Group, cycle: tuple[str, ...]) -> None:
        super().__init__(reason, where)
        self.group = group
        self.cycle = cycle

    def within(self, place: str) -> "CycleError":
        where = f"{place}: {self.where}" if self.where else place
        return CycleError(self.reason, where, self.group, self.cycle)


def check_groups(groups: Sequence[Group], nodes: Sequence[Node], volumes: Sequence[str]) -> None:
    """Raises `InputError` with the key path of the native format: names that are empty, used twice
    or unknown; a dependency on itself, across groups or in a circle (`CycleError`); owners that
    leave no node; an address in a subnet that no node has; a failback window without hours or
    without its policy; live migration of a machine that is not on a shared volume."""
    refuse_bad_names("volumes", volumes)
    refuse_bad_names("groups", [group.name for group in groups])
    names = tuple(node.name for node in nodes)
    home = {r.name: group.name for group in groups for r in group.resources}
    disks = {d.name for group in groups for d in group.of_kind(ResourceKind.DISK)}
    taken: set[str] = set(volumes)
    for index, group in enumerate(groups):
        where = f"groups[{index}]"
        _check_resources(group, where, taken)
        for place, resource in enumerate(group.resources):
            here = f"{where}.resources[{place}]"
            _check_dependency(group, resource, here, home)
            _check_owners(resource.possible_owners or (), names, f"{here}.possible_owners")
            _check_data(resource, disks, set(volumes), here)
            _check_subnet(resource, nodes, here)
        _check_cycle(group, where)
        _check_owners(group.preferred_owners, names, f"{where}.preferred_owners")
        _check_policy(group, names, where)
        _check_migration(group, set(volumes), where)


def _check_resources(group: Group, where: str, taken: set[str]) -> None:
    refuse_bad_names(f"{where}.resources", group.resource_names)
    if not group.resources:
        raise InputError(
            f"group {group.name!r} has no resources; add a [[groups.resources]] table",
            f"{where}.resources",
        )
    if len(group.resources) > MOST_RESOURCES:
        raise InputError(
            f"{len(group.resources)} resources are more than the {MOST_RESOURCES} that quorate "
            "accepts in one group",
            f"{where}.resources",
        )
    for place, resource in enumerate(group.resources):
        here = f"{where}.resources[{place}]"
        if resource.name in taken:
            raise InputError(
                f"the name {resource.name!r} is used twice in this cluster; resources and volumes "
                "need names of their own",
                f"{here}.name",
            )
        if set("[]") & set(resource.name):
            raise InputError(
                f"the name {resource.name!r} holds a bracket, so no dependency can name it",
                f"{here}.name",
            )
        if not 0 <= resource.restart_threshold <= MOST_RESTARTS:
            raise InputError(
                f"{resource.restart_threshold} restarts cannot be asked for; use 0 to "
                f"{MOST_RESTARTS}",
                f"{here}.restart_threshold",
            )
        taken.add(resource.name)


def _check_dependency(group: Group, resource: Resource, where: str, home: dict[str, str]) -> None:
    place = f"{where}.depends_on"
    for provider in resource.depends_on.providers:
        if provider == resource.name:
            raise InputError(f"{provider!r} depends on itself; name what it needs", place)
        if provider in group.resource_names:
            continue
        if provider in home:
            raise InputError(
                f"{resource.name!r} depends on {provider!r}, which belongs to group "
                f"{home[provider]!r}; dependencies end at the group, so put both into one",
                place,
            )
        raise InputError(
            f"{provider!r} is no resource of group {group.name!r}; "
            + declared(provider, "groups.resources", group.resource_names),
            place,
        )


def _check_cycle(group: Group, where: str) -> None:
    try:
        group.providers_first  # noqa: B018 - looking for an order finds the circle
    except CycleFound as found:
        circle = ", which needs ".join(repr(name) for name in found.names)
        raise CycleError(
            f"the dependencies of group {group.name!r} go round in a circle, so none of these can "
            f"ever start: {circle}; take one of the dependencies out",
            f"{where}.resources",
            group,
            found.names,
        ) from None


def _check_owners(owners: Sequence[str], names: Sequence[str], where: str) -> None:
    refuse_bad_names(where, owners)
    for owner in owners:
        if owner not in names:
            raise InputError(
                f"{owner!r} is no node of this cluster; " + declared(owner, "nodes", names), where
            )


def _check_data(resource: Resource, disks: set[str], volumes: set[str], where: str) -> None:
    refuse_bad_names(f"{where}.writes_to", resource.writes_to)
    for name in resource.writes_to:
        if name not in disks | volumes:
            raise InputError(
                f"{resource.name!r} writes to {name!r}, which is neither a resource of kind 'disk' "
                "nor a shared volume; " + declared(name, "volumes", sorted(disks | volumes)),
                f"{where}.writes_to",
            )


def _check_subnet(resource: Resource, nodes: Sequence[Node], where: str) -> None:
    if resource.subnet is None:
        return
    if resource.kind is not ResourceKind.ADDRESS:
        raise InputError(
            f"{resource.name!r} is no address, so it has no subnet; remove the key",
            f"{where}.subnet",
        )
    known = {subnet for node in nodes for subnet in node.subnets}
    if all(node.subnets for node in nodes) and resource.subnet not in known:
        raise InputError(
            f"no node is in the subnet {resource.subnet!r} of {resource.name!r}, so it can never "
            "come online; " + declared(resource.subnet, "nodes.subnets", known),
            f"{where}.subnet",
        )


def _check_policy(group: Group, names: tuple[str, ...], where: str) -> None:
    if not group.possible_owners(names):
        raise InputError(
            f"no node is a possible owner of every resource of group {group.name!r}, so it can "
            "never be online; name at least one node for all of them",
            f"{where}.resources",
        )
    threshold = group.failover_threshold
    if threshold is not None and not 0 <= threshold <= MOST_FAILOVERS:
        raise InputError(
            f"{threshold} failovers cannot be asked for; use 0 to {MOST_FAILOVERS}",
            f"{where}.failover_threshold",
        )
    if (group.window is not None) != (group.failback is FailbackPolicy.WINDOW):
        raise InputError(
            "a failback window needs failback = 'window', and the other way round",
            f"{where}.failback_window",
        )
    if group.window is not None:
        if not all(0 <= hour < HOURS for hour in (group.window.start, group.window.end)):
            raise InputError("hours are 0 to 23", f"{where}.failback_window")
        if group.window.start == group.window.end:
            raise InputError(
                "the window has no hours; let it end at another hour than it starts",
                f"{where}.failback_window",
            )


def _check_migration(group: Group, volumes: set[str], where: str) -> None:
    if group.migration is Migration.QUICK:
        return
    for machine in group.of_kind(ResourceKind.VIRTUAL_MACHINE):
        if not machine.writes_to or not set(machine.writes_to) <= volumes:
            raise InputError(
                f"live migration of {machine.name!r} needs all of its data on shared volumes; "
                "name them in writes_to or use migration = 'quick'",
                f"{where}.migration",
            )

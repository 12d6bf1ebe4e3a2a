"""Groups: the unit that is owned by one node, fails over and fails back (wsfc.md 5, 6)."""

import enum
from collections.abc import Iterator
from functools import cached_property
from typing import assert_never

from quorate.cluster.dependencies import providers_first
from quorate.cluster.nodes import Node
from quorate.cluster.promises import USUAL, Promises
from quorate.cluster.resources import Resource, ResourceKind
from quorate.values import dataclass

HOURS = 24


@dataclass(frozen=True)
class Window:
    """Hours of the day from `start` up to but not including `end`, cluster local time. A window
    whose start is later than its end goes on past midnight."""

    start: int
    end: int

    def open_at(self, hour: int) -> bool:
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end

    @property
    def hours(self) -> tuple[int, ...]:
        return tuple(hour for hour in range(HOURS) if self.open_at(hour))


class FailbackPolicy(enum.Enum):
    """Whether a group goes back when a better node returns (AutoFailbackType; rule F3)."""

    NEVER = "never"
    IMMEDIATE = "immediate"
    WINDOW = "window"

    @property
    def goes_back(self) -> bool:
        """Whether the group ever goes back by itself."""
        match self:
            case FailbackPolicy.NEVER:
                return False
            case FailbackPolicy.IMMEDIATE | FailbackPolicy.WINDOW:
                return True
            case _:
                assert_never(self)

    @property
    def needs_window(self) -> bool:
        """Whether it goes by the hours of a window, which the others do not read."""
        match self:
            case FailbackPolicy.NEVER | FailbackPolicy.IMMEDIATE:
                return False
            case FailbackPolicy.WINDOW:
                return True
            case _:
                assert_never(self)


class Migration(enum.Enum):
    """How virtual machines are moved by plan (rules V1, V2)."""

    QUICK = "quick"
    """Saved to disk, moved, restored: a pause, no loss."""
    LIVE = "live"
    """Running all the time; needs shared volumes."""

    @property
    def keeps_running(self) -> bool:
        """Whether a machine serves all the time while it is moved."""
        match self:
            case Migration.QUICK:
                return False
            case Migration.LIVE:
                return True
            case _:
                assert_never(self)

    @property
    def needs_shared_data(self) -> bool:
        """Whether all that a machine writes has to be on volumes that both nodes write to."""
        match self:
            case Migration.QUICK:
                return False
            case Migration.LIVE:
                return True
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Group:
    """Resources that are owned together.

    `preferred_owners` in their order: they reorder and do not restrict (rule G4);
    `failover_threshold` the most failovers within one period, None for one less than there are
    nodes, or available nodes (rule G3); `window` belongs to the failback policy of that name; two
    groups that share a name in `anti_affinity` are kept apart (rule G6); a `stateless` group may
    run twice for a moment without harm; `promises` say what it is to come through.
    """

    name: str
    resources: tuple[Resource, ...]
    preferred_owners: tuple[str, ...] = ()
    failover_threshold: int | None = None
    failback: FailbackPolicy = FailbackPolicy.NEVER
    window: Window | None = None
    anti_affinity: tuple[str, ...] = ()
    migration: Migration = Migration.QUICK
    stateless: bool = False
    promises: Promises = USUAL

    @cached_property
    def resource_names(self) -> tuple[str, ...]:
        return tuple(resource.name for resource in self.resources)

    @cached_property
    def providers_first(self) -> tuple[Resource, ...]:
        """The resources, each after all that it depends on."""
        by_name = {resource.name: resource for resource in self.resources}
        order = providers_first({name: r.depends_on for name, r in by_name.items()})
        return tuple(by_name[name] for name in order)

    def of_kind(self, kind: ResourceKind) -> tuple[Resource, ...]:
        return tuple(resource for resource in self.resources if resource.kind is kind)

    def possible_owners(self, nodes: tuple[str, ...]) -> tuple[str, ...]:
        """The nodes that every resource of the group may be hosted by (rule G5)."""
        several = [r.possible_owners for r in self.resources if r.possible_owners is not None]
        possible = set(nodes).intersection(*several)
        return tuple(node for node in nodes if node in possible)

    def threshold_is_open(self, nodes: tuple[str, ...]) -> bool:
        """The failover threshold is not given, and of `nodes` so many may own the group that it
        matters whether its default counts all of them or those that are available (rule G3): of two
        nodes both are, wherever there is another to fail over to."""
        fails_over = any(resource.restart.moves_group for resource in self.resources)
        several = len(self.possible_owners(nodes)) > 1 and len(nodes) > 2
        return self.failover_threshold is None and fails_over and several

    def node_list(self, nodes: tuple[str, ...]) -> tuple[str, ...]:
        """NodeList of rule G4: preferred owners in their order, then the other nodes in the order
        in which they are declared, which stands for their ids."""
        others = (node for node in nodes if node not in self.preferred_owners)
        return (*self.preferred_owners, *others)

    def avoids(self, other: "Group") -> bool:
        """The two share a name in `anti_affinity` (rule G6)."""
        return not set(self.anti_affinity).isdisjoint(other.anti_affinity)

    @cached_property
    def disks(self) -> frozenset[str]:
        """The names of its disks."""
        return frozenset(disk.name for disk in self.of_kind(ResourceKind.DISK))

    @cached_property
    def data(self) -> frozenset[str]:
        """The names of the disks and volumes that something of it keeps data on."""
        return frozenset(name for resource in self.resources for name in resource.writes_to)

    def online_at(self, node: Node, away: frozenset[str] = frozenset()) -> frozenset[str]:
        """What of the group can be online on a node: addresses where their subnet is (wsfc.md 8),
        machines whose disks are not `away`, and what has all that it needs."""
        online: set[str] = set()
        for resource in self.providers_first:
            here = resource.subnet is None or not node.subnets or resource.subnet in node.subnets
            if resource.kind is ResourceKind.VIRTUAL_MACHINE:
                here = here and away.isdisjoint(resource.writes_to)
            if here and resource.depends_on.satisfied_by(online):
                online.add(resource.name)
        return frozenset(online)

    def below(self, name: str) -> frozenset[str]:
        """The resources that are online whenever `name` is: those that a clause names alone, and
        what is below them."""
        by_name = {resource.name: resource for resource in self.resources}
        found: set[str] = set()
        waiting = [name]
        while waiting:
            clauses = by_name[waiting.pop()].depends_on.clauses
            alone = {clause[0] for clause in clauses if len(clause) == 1} - found
            found |= alone
            waiting += alone
        return frozenset(found)


def bundles(groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
    """The groups that have to be looked at together, because they avoid each other or one keeps
    data on a disk of the other, in the order of their first members. Shared volumes are there for
    all or for none whoever uses them, so they do not tie groups together."""
    disks = frozenset(disk for group in groups for disk in group.disks)
    together: dict[int, list[int]] = {place: [place] for place in range(len(groups))}
    tied: dict[tuple[str, str], int] = {}
    for place, group in enumerate(groups):
        for tie in _ties(group, disks):
            one, other = together[tied.setdefault(tie, place)], together[place]
            if one is not other:
                one += other
                together.update(dict.fromkeys(other, one))
    for place, places in together.items():
        if place == min(places):
            yield tuple(groups[member] for member in sorted(places))


def _ties(group: Group, disks: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What groups share that have to be looked at together; `disks` are those of all groups."""
    yield from (("apart", name) for name in group.anti_affinity)
    yield from (("disk", name) for name in sorted(group.disks | (group.data & disks)))

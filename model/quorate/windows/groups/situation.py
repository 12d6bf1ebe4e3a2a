"""What one moment of groups looks like to a person, and what happened between two of them.

The counterpart of membership's situation for what the cluster runs: names and sets of names, no
solver terms. Everything that is told or drawn of a group starts from these values.
"""

import enum
from collections.abc import Mapping
from dataclasses import field
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.groups.verbs import Verb


class ResourceState(enum.Enum):
    """Where a resource is between off and on (wsfc.md 4.1)."""

    OFFLINE = "offline"
    ONLINE_PENDING = "online pending"
    ONLINE = "online"
    OFFLINE_PENDING = "offline pending"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """The resource runs, or may still do so: it uses what it keeps data on."""
        match self:
            case (
                ResourceState.ONLINE | ResourceState.ONLINE_PENDING | ResourceState.OFFLINE_PENDING
            ):
                return True
            case ResourceState.OFFLINE | ResourceState.FAILED:
                return False
            case _:
                assert_never(self)


class Phase(enum.Enum):
    """What a group is about."""

    SERVING = "serving"
    """Its resources are driven to where they are wanted (step 3)."""
    MOVING = "moving"
    """Its resources are taken offline for a move (step 1)."""
    MIGRATING = "migrating"
    """Its virtual machines are copied to `target` while they run."""


class Counted(enum.Enum):
    """Which nodes the default of the failover threshold is one less than. The documented one is
    all; a published cluster log prints the number of those that are available beside the threshold,
    and does not say what these are (wsfc.md 5.1)."""

    NODES = "nodes"
    MEMBERS = "members"
    AVAILABLE = "available nodes"
    """The owner, and the members that may own the group and are not paused."""


@dataclass(frozen=True)
class GroupSituation:
    """A group as the running cluster sees it, and what of it is active elsewhere.

    `owner` the node that owns it, there or not; `target` where a planned move or failback goes,
    None for whichever node comes next; `states` every resource's state on the owner; `stale` the
    resources that are still active on nodes that were cut off and have not noticed, by node, none
    of them empty; `unwritten` the resources that hold data which is not on disk yet; `lost` those
    whose data an orderly step has lost; `saved` the virtual machines whose memory is saved on disk;
    `forgotten` those whose memory a planned step has lost; `failovers` how many failovers were
    begun in this period; `asked` the addresses that a client knows from its last question; `wanted`
    the resources whose persistent state is to be online; `driven` those that are driven to be,
    which are others where a command to one resource reached more; `counted` which nodes the
    failover threshold is one less than, where that is open; `failures` how often each resource
    failed in this period, as far as it makes a difference to any; `returned` the preferred owners
    that became available since the group last went back.
    """

    name: str
    owner: str
    phase: Phase
    states: Mapping[str, ResourceState]
    target: str | None = None
    stale: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unwritten: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()
    failovers: int = 0
    asked: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    driven: frozenset[str] = frozenset()
    counted: Counted | None = None
    failures: Mapping[str, int] = field(default_factory=dict)
    returned: frozenset[str] = frozenset()

    def in_state(self, state: ResourceState) -> frozenset[str]:
        """The resources that are in this state on the owner."""
        return frozenset(name for name, found in self.states.items() if found is state)

    @property
    def active(self) -> frozenset[str]:
        """The resources that are active on the owner."""
        return frozenset(name for name, state in self.states.items() if state.is_active)

    def stale_on(self, node: str) -> frozenset[str]:
        """What is still active there because the node has not noticed that it was cut off."""
        return self.stale.get(node, frozenset())

    def active_on(self, node: str) -> frozenset[str]:
        owned = self.active if self.owner == node else frozenset[str]()
        return owned | self.stale_on(node)

    @property
    def active_nodes(self) -> Mapping[str, frozenset[str]]:
        """The nodes on which something is active, and what."""
        nodes = sorted({self.owner, *self.stale})
        return {node: found for node in nodes if (found := self.active_on(node))}

    @property
    def active_twice(self) -> frozenset[str]:
        """The resources that are active on several nodes at once."""
        found = list(self.active_nodes.values())
        return frozenset(name for name in self.states if sum(name in where for where in found) > 1)


@dataclass(frozen=True)
class Situation:
    """`members` the nodes that run the cluster together; `stale` nodes that were cut off and go on
    as before because they have not noticed; `paused` nodes that the operator paused; `volumes` the
    shared volumes that are there; `hour` of the day where a failback window asks for it."""

    members: frozenset[str]
    groups: tuple[GroupSituation, ...]
    stale: frozenset[str] = frozenset()
    paused: frozenset[str] = frozenset()
    volumes: frozenset[str] = frozenset()
    hour: int | None = None

    def group(self, name: str) -> GroupSituation:
        return next(group for group in self.groups if group.name == name)


@dataclass(frozen=True)
class Event:
    """One step: its verb and what the step itself names of what it is about: the `group` and the
    `resource` concerned, the `node` that fails, returns or is moved to, the `volume` that fails or
    returns. What a step does not choose it does not name."""

    verb: Verb
    group: str | None = None
    resource: str | None = None
    node: str | None = None
    volume: str | None = None


@dataclass(frozen=True)
class Moment:
    """The situation after `event`; the first moment of a run has none."""

    event: Event | None
    situation: Situation

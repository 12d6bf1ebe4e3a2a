"""A moment in the life of groups, and what happened between two of them.

The counterpart of `situation.py` for what the cluster runs: names and sets of names, no solver
terms. Everything that is told or drawn of a group starts from these values.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class ResourceState(enum.Enum):
    """Where a resource is between off and on (wsfc.md 4.1)."""

    OFFLINE = "offline"
    ONLINE_PENDING = "online pending"
    ONLINE = "online"
    OFFLINE_PENDING = "offline pending"
    FAILED = "failed"


class Phase(enum.Enum):
    """What a group is about."""

    SERVING = "serving"
    """Its resources are driven to where they are wanted (step 3)."""
    MOVING = "moving"
    """Its resources are taken offline for a move (step 1)."""
    MIGRATING = "migrating"
    """Its virtual machines are copied to `target` while they run."""


@dataclass(frozen=True)
class GroupActivity:
    """A group as the running cluster sees it, and what is left of it elsewhere.

    `owner` the node that owns it, there or not; `target` where a planned move or failback goes,
    None for whichever node comes next; `states` every resource's state on the owner; `left` the
    resources that are still active on nodes that were cut off and have not noticed, by node, none
    of them empty; `unwritten` the resources that hold data which is not on disk yet; `lost` those
    whose data an orderly step has lost; `saved` the virtual machines whose memory is saved on disk;
    `forgotten` those whose memory a planned step has lost; `failovers` how many failovers were
    begun in this period; `asked` the addresses that a client knows from its last question.
    """

    name: str
    owner: str
    phase: Phase
    states: Mapping[str, ResourceState]
    target: str | None = None
    left: Mapping[str, frozenset[str]] | None = None
    unwritten: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()
    failovers: int = 0
    asked: frozenset[str] = frozenset()

    def in_state(self, *states: ResourceState) -> frozenset[str]:
        """The resources that are in one of the states."""
        return frozenset(name for name, state in self.states.items() if state in states)


@dataclass(frozen=True)
class Activity:
    """`members` the nodes that run the cluster together; `cut_off` nodes that were cut off and go
    on as before because they have not noticed; `paused` nodes that the operator paused; `volumes`
    the shared volumes that are there; `hour` of the day where a failback window asks for it."""

    members: frozenset[str]
    groups: tuple[GroupActivity, ...]
    cut_off: frozenset[str] = frozenset()
    paused: frozenset[str] = frozenset()
    volumes: frozenset[str] = frozenset()
    hour: int | None = None

    def group(self, name: str) -> GroupActivity:
        return next(group for group in self.groups if group.name == name)


@dataclass(frozen=True)
class Deed:
    """One step: the action's name and those of its choices that it has: the `group` and `resource`
    concerned, the `node` that fails, returns or is moved to, the `volume` that fails or returns."""

    action: str
    group: str | None = None
    resource: str | None = None
    node: str | None = None
    volume: str | None = None


@dataclass(frozen=True)
class Scene:
    """The activity after `deed`; the first scene of a run has none."""

    deed: Deed | None
    activity: Activity

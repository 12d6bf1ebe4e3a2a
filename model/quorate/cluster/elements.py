"""Where in a cluster something is: which element of it, in no file's words."""

import enum
from typing import TypeAlias

from quorate.values import dataclass


class Attribute(enum.Enum):
    """What a cluster, a part of it or the requirements on it consist of, by the name that it has in
    the values."""

    NODES = "nodes"
    RULE = "rule"
    WITNESS = "witness"
    SITES = "sites"
    GROUPS = "groups"
    VOLUMES = "volumes"
    STORAGE = "storage"
    ENFORCED_ANTI_AFFINITY = "enforced_anti_affinity"
    NAME = "name"
    VOTES = "votes"
    SITE = "site"
    KIND = "kind"
    REACHED_BY = "reached_by"
    RESOURCES = "resources"
    PREFERRED_OWNERS = "preferred_owners"
    FAILOVER_THRESHOLD = "failover_threshold"
    FAILBACK = "failback"
    WINDOW = "window"
    MIGRATION = "migration"
    STATELESS = "stateless"
    GROUP_SETS = "group_sets"
    STARTS_AFTER = "starts_after"
    COUNT = "count"
    DEPENDS_ON = "depends_on"
    POSSIBLE_OWNERS = "possible_owners"
    RESTART_THRESHOLD = "restart_threshold"
    WRITES_TO = "writes_to"
    SUBNET = "subnet"
    OFFLINE_ACTION = "offline_action"
    VERSION = "version"
    LOWER_PRIORITY = "lower_priority"
    PROMISES = "promises"
    REQUIREMENTS = "requirements"
    CRASH = "crash"
    ISOLATION = "isolation"
    PARTITION = "partition"
    IN_ORDER = "in_order"


@dataclass(frozen=True)
class Item:
    """One of several: a node, a group, a resource, or a name in a list of them. `index` counts from
    0 in the order in which they are declared."""

    of: Attribute
    index: int
    name: str


Step: TypeAlias = Attribute | Item

Element: TypeAlias = tuple[Step, ...]
"""The way from the outside in, as in group 0, its resource 2, what that depends on. The first step
is an attribute of the cluster, or the requirements on it."""


def attribute_path(element: Element) -> str:
    """How Python reaches the element, as in ``groups[0].resources[2].depends_on``."""
    return ".".join(_reached(step) for step in element)


def _reached(step: Step) -> str:
    match step:
        case Item():
            return f"{step.of.value}[{step.index}]"
        case Attribute():
            return step.value

"""The keys of the native format: how they are written in messages, and which one an element of a
cluster stands at."""

import re
from typing import assert_never

from quorate.cluster import Attribute, Element, Item, Step
from quorate.importers.key_lines import KeyPath

_BARE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SHOWN = 60


def shortened(text: str) -> str:
    """`text` in quotes on one line, cut where it is too long to read."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def written(path: KeyPath) -> str:
    """The path as messages print it: ``nodes[2].votes``."""
    return "".join(map(_written, path)).removeprefix(".")


def _written(part: str | int) -> str:
    match part:
        case int():
            return f"[{part}]"
        case str():
            return f".{part}" if _BARE.fullmatch(part) else f".{shortened(part)}"


def key_path(element: Element) -> KeyPath:
    """Where the native format has what a cluster has at `element`."""
    return tuple(part for step in element for part in _keys_of(step))


def _keys_of(step: Step) -> KeyPath:
    match step:
        case Item():
            return (*_keys_of(step.of), step.index)
        case Attribute():
            return _keys_of_attribute(step)


def _keys_of_attribute(attribute: Attribute) -> KeyPath:
    match attribute:
        case Attribute.RULE:
            return ("quorum", "mode")
        case Attribute.ENFORCED_ANTI_AFFINITY:
            return ("failover", attribute.value)
        case Attribute.LOWER_PRIORITY:
            return ("quorum", attribute.value)
        case Attribute.WINDOW:
            return ("failback_window",)
        case Attribute.REQUIREMENTS | Attribute.PROMISES:
            return ("survives",)
        case (
            Attribute.NODES
            | Attribute.WITNESS
            | Attribute.SITES
            | Attribute.GROUPS
            | Attribute.VOLUMES
            | Attribute.STORAGE
            | Attribute.NAME
            | Attribute.VOTES
            | Attribute.SITE
            | Attribute.KIND
            | Attribute.REACHED_BY
            | Attribute.RESOURCES
            | Attribute.PREFERRED_OWNERS
            | Attribute.FAILOVER_THRESHOLD
            | Attribute.FAILBACK
            | Attribute.MIGRATION
            | Attribute.STATELESS
            | Attribute.DEPENDS_ON
            | Attribute.POSSIBLE_OWNERS
            | Attribute.RESTART_THRESHOLD
            | Attribute.WRITES_TO
            | Attribute.SUBNET
            | Attribute.OFFLINE_ACTION
            | Attribute.VERSION
            | Attribute.CRASH
            | Attribute.ISOLATION
            | Attribute.PARTITION
            | Attribute.IN_ORDER
            | Attribute.GROUP_SETS
            | Attribute.STARTS_AFTER
            | Attribute.COUNT
        ):
            return (attribute.value,)
        case _:
            assert_never(attribute)

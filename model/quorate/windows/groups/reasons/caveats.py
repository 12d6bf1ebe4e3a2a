"""What the end of an account depends on that its file did not say, as data."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from quorate.cluster import Group, ResourceKind
from quorate.windows.groups.reasons.account import Account


class Unsaid(enum.Enum):
    """Said otherwise, the run might not matter."""

    DATA = "where the group keeps its data"
    CLIENTS = "whether clients reach a node that is cut off"


@dataclass(frozen=True)
class Caveat:
    """`names` the groups or nodes that it speaks of."""

    unsaid: Unsaid
    names: tuple[str, ...]


def caveats(account: Account) -> Iterator[Caveat]:
    """Of a run by the real rules: what a broken rule leads to depends on nothing else."""
    if account.deviation is not None:
        return
    end = account.end
    twice = [group for group in account.groups_shown if end.group(group.name).active_twice]
    silent = tuple(group.name for group in twice if not _says_where(account, group))
    if silent:
        yield Caveat(Unsaid.DATA, silent)
    nodes = {node for group in account.groups_shown for node in end.group(group.name).stale}
    still = tuple(node for node in account.cluster.node_names if node in nodes & end.stale)
    if still:
        yield Caveat(Unsaid.CLIENTS, still)


def _says_where(account: Account, group: Group) -> bool:
    """It has a disk, or keeps something on a shared volume, or is said to keep nothing."""
    volumes = set(account.cluster.volumes)
    shared = any(volumes & set(resource.writes_to) for resource in group.resources)
    return bool(group.of_kind(ResourceKind.DISK)) or shared or group.stateless

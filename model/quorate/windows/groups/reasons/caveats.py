"""What the end of an account depends on that its file did not say, and what would have prevented
it, as data."""

import enum
from collections.abc import Iterator

from quorate.cluster import Group, ResourceKind
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.most import most_failovers
from quorate.windows.groups.situation import ResourceState

_NAMING = (ResourceKind.ADDRESS, ResourceKind.NETWORK_NAME)


class Unsaid(enum.Enum):
    """Said otherwise, the run might not matter, or not be."""

    DATA = "where the group keeps its data"
    CLIENTS = "whether clients reach a node that is cut off"
    THRESHOLD = "how often the group fails over"
    CLOSING = "what closes the window until a node notices"
    ANSWERING = "what clients see of an address or a name that is active twice"


@dataclass(frozen=True)
class Caveat:
    """`names` the groups or nodes that it speaks of, `resources` what is active twice: what a disk
    below it would keep apart, or what clients ask."""

    unsaid: Unsaid
    names: tuple[str, ...]
    resources: tuple[str, ...] = ()


def caveats(account: Account) -> Iterator[Caveat]:
    """Of a run by the real rules: what a broken rule leads to depends on nothing else."""
    if account.deviation is not None:
        return
    end = account.end
    twice = [group for group in account.groups_shown if end.group(group.name).active_twice]
    silent = [group for group in twice if _data_is_twice(account, group)]
    silent = [group for group in silent if not _says_where(account, group)]
    if silent:
        yield Caveat(Unsaid.DATA, tuple(group.name for group in silent))
    nodes = {node for group in account.groups_shown for node in end.group(group.name).stale}
    still = tuple(node for node in account.cluster.node_names if node in nodes & end.stale)
    if still:
        yield Caveat(Unsaid.CLIENTS, still)
    few = tuple(group.name for group in account.groups_shown if _is_held_back(account, group))
    if few:
        yield Caveat(Unsaid.THRESHOLD, few)
    yield from _of_the_window(account, still)


def _is_held_back(account: Account, group: Group) -> bool:
    """At some moment a resource has failed, and the group fails over no more although it would if
    its default threshold counted all nodes."""
    all_nodes = len(account.cluster.nodes) - 1
    return any(
        most_failovers(account.cluster, group, moment.situation) <= now.failovers < all_nodes
        for moment in account.moments
        if (now := moment.situation.group(group.name)).counted is not None
        and now.in_state(ResourceState.FAILED)
        and now.owner in moment.situation.members
    )


def _of_the_window(account: Account, still: tuple[str, ...]) -> Iterator[Caveat]:
    """Where somebody else owns what nodes that have not noticed still run."""
    end = account.end
    found = [end.group(group.name) for group in account.groups_shown]
    late = {node for group in found for node in group.stale if node != group.owner}
    unaware = tuple(node for node in still if node in late)
    if not unaware:
        return
    twice = {name for group in found for name in group.active_twice}
    resources = [resource for group in account.groups_shown for resource in group.resources]
    on_disk = (r.name for r in resources if r.name in twice and not r.kind.is_reserved)
    yield Caveat(Unsaid.CLOSING, unaware, tuple(on_disk))
    answering = tuple(r.name for r in resources if r.name in twice and r.kind in _NAMING)
    if answering:
        yield Caveat(Unsaid.ANSWERING, unaware, answering)


def _data_is_twice(account: Account, group: Group) -> bool:
    """Of what may keep data something is active on two nodes."""
    twice = account.end.group(group.name).active_twice
    return any(r.name in twice and r.kind not in _NAMING for r in group.resources)


def _says_where(account: Account, group: Group) -> bool:
    """It has a disk, or keeps something on a shared volume, or is said to keep nothing."""
    volumes = set(account.cluster.volumes)
    shared = any(volumes & set(resource.writes_to) for resource in group.resources)
    return bool(group.of_kind(ResourceKind.DISK)) or shared or group.stateless

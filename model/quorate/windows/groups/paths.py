"""Ways to the premises of claims about a group: the verbs of steps that lead there."""

from typing import assert_never

from quorate.cluster import (
    Cluster,
    DynamicVotes,
    Group,
    Hold,
    Resource,
    RestartAction,
    StaticVotes,
    Vote,
)
from quorate.windows.groups.verbs import Verb

AGAIN = (Verb.TAKE_OFFLINE, Verb.STOP, Verb.GO_OFFLINE, Verb.BRING_ONLINE, Verb.START)
"""A resource goes offline and comes online again, above what it needs."""

MOST_FOLLOWED = 63
"""So many failovers are followed one by one: what is allowed by default on the most nodes that
Windows knows."""


def _below(group: Group, name: str) -> frozenset[str]:
    """As few resources as have to be online before the one of this name."""
    needs = {resource.name: resource.depends_on for resource in group.resources}
    found = frozenset[str]()
    for clause in needs[name].clauses:
        found |= min(({other} | _below(group, other) for other in clause), key=len)
    return found


def failures(group: Group) -> tuple[Verb, ...]:
    """Until a resource has failed more often than it is restarted in place."""
    return _failing(min(_tolerated(resource) for resource in group.resources))


def due_failover(group: Group) -> tuple[Verb, ...]:
    """Until a failover may begin."""
    return _failing(_tolerated(_first_to_move(group)))


def one_failover(group: Group) -> tuple[Verb, ...]:
    """Until a failover begins."""
    return (*due_failover(group), Verb.BEGIN_FAILOVER)


def all_failovers(cluster: Cluster, group: Group) -> tuple[Verb, ...]:
    """Until all that are allowed in one period were begun. Each is cut short by an outage, after
    which what has failed too often fails once more."""
    below = (Verb.START, Verb.COME_ONLINE) * len(_below(group, _first_to_move(group).name))
    again = (Verb.OUTAGE, Verb.FORM, *below, Verb.START, Verb.FAIL, Verb.BEGIN_FAILOVER)
    return (*one_failover(group), *again * (failovers_allowed(cluster, group) - 1))


def failovers_allowed(cluster: Cluster, group: Group) -> int:
    threshold = group.failover_threshold
    return len(cluster.nodes) - 1 if threshold is None else threshold


def others_go_on(cluster: Cluster) -> bool:
    """Some node can be lost, and the others still have a majority. Where votes follow who runs,
    some run gives it to any that are left (rules Q10 to Q14)."""
    match cluster.vote_changes:
        case StaticVotes():
            return _some_are_enough(cluster)
        case DynamicVotes():
            return len(cluster.may_belong) > 1
        case other:
            assert_never(other)


def _some_are_enough(cluster: Cluster) -> bool:
    """All but one have more than half of the configured votes (rule Q1)."""
    cables = frozenset(cluster.witness.reached_by if cluster.witness is not None else ())
    for lost in cluster.may_belong:
        rest = [node for node in cluster.may_belong if node != lost]
        held = Hold.HELD if cables & set(rest) else Hold.NOT_HELD
        if cluster.votes.has_quorum(rest, held) is Vote.WON:
            return True
    return False


def _failing(tolerated: int) -> tuple[Verb, ...]:
    return (Verb.FAIL, *(Verb.START, Verb.FAIL) * tolerated)


def _first_to_move(group: Group) -> Resource:
    """The resource whose failures move the group soonest. Raises `ValueError` for a group of which
    nothing fails over."""
    moving = (r for r in group.resources if r.restart is RestartAction.FAIL_OVER)
    return min(moving, key=lambda r: (_tolerated(r), len(_below(group, r.name))))


def _tolerated(resource: Resource) -> int:
    return 0 if resource.restart is RestartAction.NONE else resource.restart_threshold

"""Facts of the configuration of a cluster, each with the circumstances without it: the least that
has to be said otherwise for the fact to be gone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from quorate.cluster import Cluster
from quorate.errors import QuorateError
from quorate.inquiry.seam import Relaxation
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.reasons.configured import Configured, Stated

_Changed = Callable[[Cluster], Cluster]


def relaxations(circumstances: MembershipCircumstances) -> Iterator[Relaxation]:
    for fact, change in _facts(circumstances.cluster):
        cabled = fact.stated is Stated.NO_CABLE
        yield Relaxation(fact, partial(_without, change=change), at_start=cabled)


def _without(
    circumstances: MembershipCircumstances, change: _Changed
) -> MembershipCircumstances | None:
    """None where the cluster cannot be so."""
    try:
        return replace(circumstances, cluster=change(circumstances.cluster))
    except QuorateError:
        return None


def _facts(cluster: Cluster) -> Iterator[tuple[Configured, _Changed]]:
    witness, everybody = cluster.witness, frozenset(cluster.node_names)
    if witness is not None:
        bare = everybody - frozenset(witness.reached_by)
        if bare:
            yield Configured(Stated.NO_CABLE, bare), _all_reach
        if witness.site is not None:
            yield Configured(Stated.WITNESS_IN, site=witness.site), _witness_apart
    if cluster.rule.nodes_vote:
        silent = frozenset(node.name for node in cluster.nodes if node.votes == 0)
        if silent:
            yield Configured(Stated.NO_VOTE, silent), _each_votes
    for site in cluster.sites:
        inside = frozenset(cluster.nodes_in(site.name))
        if len(inside) > 1:
            yield Configured(Stated.STAND_IN, inside, site.name), partial(_spread, site.name)


def _all_reach(cluster: Cluster) -> Cluster:
    witness = cluster.witness
    reached = replace(witness, reached_by=cluster.node_names) if witness is not None else None
    return replace(cluster, witness=reached)


def _witness_apart(cluster: Cluster) -> Cluster:
    """In no site; one in which nothing else stands is gone."""
    witness = cluster.witness
    sites = tuple(site for site in cluster.sites if cluster.nodes_in(site.name))
    apart = replace(witness, site=None) if witness is not None else None
    return replace(cluster, witness=apart, sites=sites)


def _each_votes(cluster: Cluster) -> Cluster:
    nodes = tuple(replace(node, votes=max(node.votes, 1)) for node in cluster.nodes)
    return replace(cluster, nodes=nodes)


def _spread(site: str, cluster: Cluster) -> Cluster:
    """But for the first, its nodes stand in no site."""
    _, *others = cluster.nodes_in(site)
    nodes = tuple(replace(n, site=None) if n.name in others else n for n in cluster.nodes)
    return replace(cluster, nodes=nodes)

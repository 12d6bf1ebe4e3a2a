"""What is claimed of the data of a group when a whole site is lost.

Every function takes the model and the name of a group. Which site is lost shows in a run as the
loss of all its nodes; what stood there is said by the file.
"""

from typing import assert_never

import z3

from quorate.cluster import Cluster, DynamicVotes, Group, StaticVotes
from quorate.counting.sets import disjoint, has, some, subset
from quorate.system import Always, Formula, Sometimes
from quorate.windows.groups.claimed_place import claimed
from quorate.windows.groups.model import Groups


def data_in_reach(model: Groups, name: str) -> Always:
    """The disks of the group are active only on nodes with a path to them; and once all nodes of a
    site are lost and others go on, whatever the group keeps data on has a copy in another site, in
    the reach of a node that may own the group."""
    group, cluster = claimed(model, name).group, model.cluster
    kept = [
        z3.Or(z3.Not(_is_lost(model, site)), z3.BoolVal(not cluster.lost_with(site, group.group)))
        for site in sites_survived(cluster)
    ]
    reached = [
        z3.Or(
            z3.Not(has(group.active, group.names.index(row.name))),
            subset(group.owner, group.nodes.of(row.reached_by)),
        )
        for row in cluster.storage
        if row.name in group.names
    ]
    return Always("data-in-reach", z3.And(*kept, *reached))


def a_site_is_lost(model: Groups, name: str) -> Sometimes:
    """The premise."""
    del name
    lost = [_is_lost(model, site) for site in sites_survived(model.cluster)]
    return Sometimes("all nodes of a site are lost, and others go on", z3.Or(*lost))


def sites_survived(cluster: Cluster) -> tuple[str, ...]:
    """The sites with nodes that the cluster can outlive: without them some run gives those that are
    left the majority."""
    return tuple(site.name for site in cluster.sites if _is_survived(cluster, site.name))


def _is_survived(cluster: Cluster, site: str) -> bool:
    left = [node.name for node in cluster.nodes if node.site != site]
    if not 0 < len(left) < len(cluster.nodes):
        return False
    match cluster.vote_changes:
        case StaticVotes():
            return _are_most(cluster, site, left)
        case DynamicVotes() as rule:
            return _may_be_most(cluster, site, left, rule)
        case other:
            assert_never(other)


def _are_most(cluster: Cluster, site: str, left: list[str]) -> bool:
    """More than half of all votes are left (rule Q1), with a witness that they reach and that does
    not stand there."""
    witness, votes = cluster.witness, cluster.votes
    reached = (
        witness is not None
        and witness.site != site
        and not set(left).isdisjoint(witness.reached_by)
    )
    mine = sum(votes.nodes[name] for name in left) + (votes.witness if reached else 0)
    everybodys = sum(votes.nodes.values()) + votes.witness
    return mine + mine > everybodys


def _may_be_most(cluster: Cluster, site: str, left: list[str], rule: DynamicVotes) -> bool:
    """Of nodes that are lost one after another, and the witness if it stands there, each takes its
    vote along (rules Q10 to Q14): whoever is left with a vote may have the last one. Who loses it
    before all others does not, where no witness is left to vote beside it."""
    voters = [node.name for node in cluster.nodes if node.name in left and node.votes]
    witness = cluster.witness
    if (
        witness is not None
        and witness.site != site
        and not set(left).isdisjoint(witness.reached_by)
    ):
        return bool(voters)
    return bool(voters) and voters != [rule.lower_priority]


def what_is_lost(cluster: Cluster, group: Group) -> str:
    """Half a sentence for each site that takes data down with it, none if none does."""
    found = {site: cluster.lost_with(site, group) for site in sites_survived(cluster)}
    said = [f"with {site} it loses {' and '.join(lost)}" for site, lost in found.items() if lost]
    return "; ".join(said)


def _is_lost(model: Groups, site: str) -> Formula:
    here = model.state.sets.of(node.name for node in model.cluster.nodes if node.site == site)
    return z3.And(disjoint(model.state.members, here), some(model.state.members))

"""The clusters that one decision makes of a cluster: a vote, a witness, a dependency, an owner."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from quorate.cluster import (
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    Node,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    RefusedError,
    Resource,
    Witness,
    WitnessKind,
)
from quorate.values import dataclass

SHARE = "witness share"
DISK = "witness disk"


@dataclass(frozen=True)
class Neighbour:
    """A cluster, and the `decisions` that made it of another one, each a phrase that begins with a
    verb."""

    cluster: Cluster
    decisions: tuple[str, ...]


def neighbours(cluster: Cluster) -> Iterator[Neighbour]:
    """Every cluster that is one decision away and can be meant: witness, votes, what groups need
    and where they may be."""
    for decision, make in _decisions(cluster):
        try:
            changed = make()
        except RefusedError:
            continue
        if changed != cluster:
            yield Neighbour(changed, (decision,))


_Decision = tuple[str, Callable[[], Cluster]]


def _decisions(cluster: Cluster) -> Iterator[_Decision]:
    yield from _about_witness(cluster)
    yield from _about_votes(cluster)
    if not cluster.fencing and cluster.groups:
        yield (
            "confirm that a lost node is off before its groups start elsewhere",
            _with(cluster, fencing=True),
        )
    for group in cluster.groups:
        yield from _about_group(cluster, group)


def _about_witness(cluster: Cluster) -> Iterator[_Decision]:
    witness = cluster.witness
    if witness is None:
        for rule, kind, name in (
            (NodeAndFileShareMajority(), WitnessKind.FILE_SHARE, SHARE),
            (NodeAndDiskMajority(), WitnessKind.DISK, DISK),
        ):
            yield (
                f"add a {kind.title} apart from all sites",
                _with(cluster, rule=rule, witness=Witness(name, kind, cluster.node_names)),
            )
            for site in cluster.sites:
                yield (
                    f"add a {kind.title} in {site.name}",
                    _with(
                        cluster,
                        rule=rule,
                        witness=Witness(name, kind, cluster.node_names, site.name),
                    ),
                )
        return
    yield "remove the witness", _with(cluster, rule=NodeMajority(), witness=None)
    if not cluster.rule.nodes_vote:
        yield "give each node a vote beside the disk", _with(cluster, rule=NodeAndDiskMajority())
    if witness.site is not None:
        yield (
            "move the witness apart from all sites",
            _with(cluster, witness=replace(witness, site=None)),
        )
    for site in cluster.sites:
        if witness.site not in {None, site.name}:
            yield (
                f"move the witness to {site.name}",
                _with(cluster, witness=replace(witness, site=site.name)),
            )
    if set(witness.reached_by) != set(cluster.node_names):
        yield (
            "let every node reach the witness",
            _with(cluster, witness=replace(witness, reached_by=cluster.node_names)),
        )


def _about_votes(cluster: Cluster) -> Iterator[_Decision]:
    """A vote for who has none, none for who has some."""
    for index, node in enumerate(cluster.nodes):
        votes = 0 if node.votes else 1
        decision = f"give {node.name} a vote" if votes else f"take the vote of {node.name}"
        yield decision, _with_node(cluster, index, replace(node, votes=votes))
    if not cluster.dynamic_quorum:
        yield "switch dynamic quorum on", _with(cluster, dynamic_quorum=True)


def _about_group(cluster: Cluster, group: Group) -> Iterator[_Decision]:
    place = cluster.groups.index(group)
    if group.failback is not FailbackPolicy.NEVER:
        yield (
            f"let {group.name} not fail back",
            _with_group(cluster, place, replace(group, failback=FailbackPolicy.NEVER, window=None)),
        )
    limited = [resource for resource in group.resources if resource.possible_owners is not None]
    if limited:
        everywhere = tuple(replace(one, possible_owners=None) for one in group.resources)
        yield (
            f"let every node own {group.name}",
            _with_group(cluster, place, replace(group, resources=everywhere)),
        )
    if group.failover_threshold is not None:
        yield (
            f"leave the failover threshold of {group.name} at its default",
            _with_group(cluster, place, replace(group, failover_threshold=None)),
        )
    for number, resource in enumerate(group.resources):
        for disk in resource.writes_to:
            if disk in group.disks and disk not in group.below(resource.name):
                needing = replace(resource, depends_on=_needing(resource.depends_on, disk))
                yield (
                    f"let {resource.name} depend on {disk}",
                    _with_resource(cluster, place, number, needing),
                )


def _needing(dependency: Dependency, provider: str) -> Dependency:
    """The same, and the provider besides."""
    clauses = tuple(clause for clause in dependency.clauses if provider not in clause)
    return Dependency((*clauses, (provider,)))


def _with(cluster: Cluster, **changes: object) -> Callable[[], Cluster]:
    return lambda: replace(cluster, **changes)  # type: ignore[arg-type]


def _with_node(cluster: Cluster, index: int, node: Node) -> Callable[[], Cluster]:
    nodes = (*cluster.nodes[:index], node, *cluster.nodes[index + 1 :])
    return lambda: replace(cluster, nodes=nodes)


def _with_group(cluster: Cluster, place: int, group: Group) -> Callable[[], Cluster]:
    groups = (*cluster.groups[:place], group, *cluster.groups[place + 1 :])
    return lambda: replace(cluster, groups=groups)


def _with_resource(
    cluster: Cluster, place: int, number: int, resource: Resource
) -> Callable[[], Cluster]:
    group = cluster.groups[place]
    resources = (*group.resources[:number], resource, *group.resources[number + 1 :])
    return _with_group(cluster, place, replace(group, resources=resources))

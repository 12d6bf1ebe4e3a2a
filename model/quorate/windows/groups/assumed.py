"""What a claim about groups assumes, in sentences: those whose subject there is in the cluster and
in the groups that are looked at together, and no others."""

from collections.abc import Iterator
from functools import cached_property
from typing import assert_never

from quorate.cluster import Cluster, Group, Resource, ResourceKind, RestartAction
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.incidents import sentences_of
from quorate.windows.version import assumed_of_votes


def assumed(cluster: Cluster, assumptions: Assumptions) -> Iterator[str]:
    """The assumptions as a reader should hear them, one sentence each."""
    return _Assumed(cluster, assumptions).sentences()


@dataclass(frozen=True)
class _Assumed:
    cluster: Cluster
    assumptions: Assumptions

    def sentences(self) -> Iterator[str]:
        yield from assumed_of_votes(self.cluster)
        yield from self._about_nodes()
        yield from self._about_resources()
        yield from self._about_order()
        yield from self._about_moves()
        yield from self._about_the_operator()
        if len(self._groups) > 1:
            named = ", ".join(group.name for group in self._groups)
            ordered = any(self.cluster.start_conditions(group.name) for group in self._groups)
            why = "share something or start in order" if ordered else "share something"
            yield f"proved together, since they {why}: {named}"
        else:
            yield "proved alone, since the group shares nothing with another one"
        yield from self._about_detection()

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return tuple(g for g in self.cluster.groups if g.name in self.assumptions.groups)

    @cached_property
    def _resources(self) -> tuple[Resource, ...]:
        return tuple(resource for group in self._groups for resource in group.resources)

    @cached_property
    def _volumes(self) -> frozenset[str]:
        """The shared volumes that they keep data on."""
        used = frozenset[str]().union(*(group.data for group in self._groups))
        return used & frozenset(self.cluster.volumes)

    def _have(self, kind: ResourceKind) -> bool:
        return any(resource.kind is kind for resource in self._resources)

    @property
    def _are_ordered(self) -> bool:
        return any(resource.depends_on.clauses for resource in self._resources)

    @property
    def _several(self) -> bool:
        """There are others to go on when a node is lost."""
        return len(self.cluster.may_belong) > 1

    def _about_nodes(self) -> Iterator[str]:
        who = "every node is"
        if self.cluster.may_belong != self.cluster.node_names:
            who = "the nodes that reach the disk are"
        member = "a member" if who == "every node is" else "members"
        yield f"at the start {who} {member}, and each group is online where it belongs"
        yield "at most one island runs the cluster (that is no-split-brain)"
        if self._several and not self.cluster.rule.needs_witness_to_belong:
            yield "when a member is lost the others go on as long as their votes are a majority"
        if self.cluster.witness is not None:
            yield "a witness works and counts for whoever of its nodes is left"
        yield from self._about_incidents()

    def _about_incidents(self) -> Iterator[str]:
        if self.assumptions.incident is not None:
            yield from sentences_of(self.assumptions.incident)
            return
        yield "nodes fail and return, and the cluster stops and forms again, at any moment"
        yield "any resource fails at any moment, any number of times"

    def _about_resources(self) -> Iterator[str]:
        if self._are_ordered:
            yield "what depends on a failed resource is terminated in the same step"
        yield from self._about_data()
        if self._have(ResourceKind.NETWORK_NAME):
            yield "clients reach whatever is online, and ask for addresses again at any time"

    def _about_order(self) -> Iterator[str]:
        """Of groups, by the sets that they are in."""
        if any(self.cluster.start_conditions(group.name) for group in self._groups):
            yield (
                "a group that runs goes on when one that it starts after goes offline, and what "
                "failed is restarted in place without waiting (documented is the order of starts)"
            )
        named = {group.name for group in self._groups}
        delayed = [
            one
            for one in self.cluster.group_sets
            if not one.trigger.waits_for_groups and named & {*one.groups}
        ]
        if delayed:
            yield "a delay between sets of groups is time, and orders nothing"

    def _about_data(self) -> Iterator[str]:
        said = {row.name for row in self.cluster.storage}
        disks = {
            resource.name for resource in self._resources if resource.kind is ResourceKind.DISK
        }
        open_disks, open_volumes = disks - said, self._volumes - said
        if open_disks or open_volumes:
            both = "disks and shared volumes" if open_disks and open_volumes else "disks"
            things = both if open_disks else "shared volumes"
            yield f"{things} can be had on every node, whichever site or node is lost"
        if said & (disks | self._volumes):
            yield (
                "disks and shared volumes can be had where there is a path to them, whichever site "
                "or node is lost; which site takes them down is said by data-in-reach"
            )

    def _about_moves(self) -> Iterator[str]:
        if self._several and any(r.restart is RestartAction.FAIL_OVER for r in self._resources):
            yield "groups that are taken over from a lost node do not count as failovers"
        if any(group.threshold_is_open(self.cluster.node_names) for group in self._groups):
            yield (
                "without a failover_threshold a group fails over once less than there are nodes, "
                "members, or nodes that may take it (not documented)"
            )
        if any(group.window is not None for group in self._groups):
            yield "an hour passes at any time but while a group is on its way or due to go back"
        if self.cluster.version.isolates_nodes and any(map(_machines, self._groups)):
            yield (
                "a node that was cut off does not come back with its machines still running "
                "(isolation, from 2016 on, is not modelled)"
            )
        live = (g.migration.keeps_running for g in self._groups if _machines(g))
        if any(live):
            yield "a live migration moves the whole group in one step"

    def _about_the_operator(self) -> Iterator[str]:
        if self.assumptions.incident is not None:
            return
        if not self.assumptions.operator:
            yield "the operator does nothing"
            return
        yield "the operator pauses, drains, moves and takes offline as he likes"
        if self._are_ordered:
            yield (
                "a command to one resource may or may not change whether what it needs, or what "
                "needs it, is wanted (not documented)"
            )

    def _about_detection(self) -> Iterator[str]:
        match self.assumptions.detection:
            case Detection.INSTANT:
                yield "a node that is lost stops in the same step (instant detection)"
            case Detection.EVENTUAL:
                yield (
                    "a node that is cut off goes on, and starts what it may, until it notices "
                    "(eventual detection)"
                )
                if self.cluster.fencing:
                    yield "a lost node is confirmed to be off before its groups start elsewhere"
                yield from self._about_reservation()
            case _:
                assert_never(self.assumptions.detection)

    def _about_reservation(self) -> Iterator[str]:
        disks, reserved = self._have(ResourceKind.DISK), self.assumptions.reservation
        if disks and reserved:
            yield "a disk is brought online only while no other node has reserved it"
        elif disks:
            yield "disks are not reserved"
        on_volumes = [
            m for g in self._groups for m in _machines(g) if self._volumes & {*m.writes_to}
        ]
        if on_volumes and reserved:
            yield (
                "a machine on a shared volume starts only while no other node has its files open "
                "(inferred, not documented)"
            )
            if any(self._configurations(group) for group in self._groups):
                yield (
                    "so does the configuration that such a machine depends on (inferred, not "
                    "documented)"
                )
        elif on_volumes:
            yield "files are not locked"

    def _configurations(self, group: Group) -> frozenset[str]:
        """The configurations of the machines on shared volumes."""
        locked = [m.name for m in _machines(group) if self._volumes & {*m.writes_to}]
        below = frozenset[str]().union(*(group.below(machine) for machine in locked))
        found = group.of_kind(ResourceKind.VIRTUAL_MACHINE_CONFIGURATION)
        return below & frozenset(resource.name for resource in found)


def _machines(group: Group) -> tuple[Resource, ...]:
    return group.of_kind(ResourceKind.VIRTUAL_MACHINE)

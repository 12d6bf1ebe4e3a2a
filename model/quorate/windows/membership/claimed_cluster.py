"""A cluster as claims about its membership speak of it: its variables, and what its configuration
says, put together a second time.

Whoever judges shares no rule with whoever is judged: what guards and updates ask of votes and of
the witness is asked here again, from plain values. Names are those of the rules.
"""

from functools import cached_property
from itertools import combinations
from typing import assert_never

import z3

from quorate.cluster import (
    Cluster,
    DiskOnly,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
)
from quorate.counting.sets import Members, empty, has, meets
from quorate.counting.votes import Votes, number, total
from quorate.system import Formula
from quorate.values import dataclass
from quorate.windows.membership.changing import Ballot, Earlier
from quorate.windows.membership.model import Membership
from quorate.windows.membership.state import MembershipState


@dataclass(frozen=True)
class ClaimedCluster:
    """What is said of the cluster whose variables are `state`."""

    state: MembershipState

    @property
    def cluster(self) -> Cluster:
        return self.state.cluster

    @property
    def only_the_disk_votes(self) -> bool:
        """Rule Q3."""
        match self.cluster.rule:
            case DiskOnly():
                return True
            case (
                NodeMajority()
                | NodeAndDiskMajority()
                | NodeAndFileShareMajority()
                | NodeAndCloudMajority()
            ):
                return False
            case _:
                assert_never(self.cluster.rule)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """The configured votes of each node, in the order of their bits."""
        by_name = {node.name: node.votes for node in self.cluster.nodes}
        none = self.only_the_disk_votes
        return tuple(0 if none else by_name[name] for name in self.state.names)

    @cached_property
    def votes(self) -> Votes:
        return Votes(self.state.names, self.weights)

    def majority(self, members: Members, holds: Formula) -> Formula:
        """More than half of all configured votes, whoever is there, or of those in force where they
        follow who runs; the witness's is theirs only if they hold it (rules Q1, Q2)."""
        changing = self.state.changing
        if changing is not None:
            return self._majority_of(changing.ballot, members, holds)
        return self._majority_as_configured(members, holds)

    def _majority_as_configured(self, members: Members, holds: Formula) -> Formula:
        theirs = [] if self.only_the_disk_votes else [self.votes.votes(members)]
        every = sum(self.weights)
        if self.cluster.witness is not None:
            theirs.append(number(holds))
            every += 1
        return 2 * total(theirs) > every

    def ends_force(self, place: int) -> Formula:
        """The island at the place has the majority with which the forced state ends: of the
        configured votes or, where they follow who runs, of those or of the ones that it counts,
        whichever it may be (rule Q16, wsfc.md 2.2)."""
        island, changing = self.state.islands[place], self.state.changing
        holds = self.holds(island)
        configured = self._majority_as_configured(island, holds)
        if changing is None or isinstance(changing.history, Earlier):
            return configured
        counted = self._majority_of(changing.history.counted[place], island, holds)
        return z3.If(changing.history.by_configured.term, configured, counted)

    def _majority_of(self, ballot: Ballot, members: Members, holds: Formula) -> Formula:
        """The same of the votes that are in force by a configuration, where they follow who runs
        (rules Q10, Q11)."""
        voters, witness = ballot.voters.term, ballot.witness
        theirs, every = [self.votes.votes(members & voters)], [self.votes.votes(voters)]
        if witness is not None:
            theirs.append(number(z3.And(holds, witness.term)))
            every.append(number(witness.term))
        return 2 * total(theirs) > total(every)

    def holds(self, members: Members) -> Formula:
        """One of `members` holds the witness."""
        return meets(self.state.holder, members)

    @property
    def may_take_witness(self) -> Members:
        """The running nodes that reach a witness which nobody holds (wsfc.md 1.6)."""
        state = self.state
        free = z3.And(state.witness_up, empty(state.holder))
        return state.sets.where(free, state.running & state.paths)

    @property
    def may_belong(self) -> Members:
        """Who may be a member: under Disk Only whoever reaches the disk (rule Q3)."""
        state = self.state
        if not self.only_the_disk_votes:
            return state.sets.everything
        return state.sets.where(state.witness_up, state.paths)

    @property
    def is_whole(self) -> Formula:
        """All nodes are up, the network is whole, and the witness works and is reached as it is
        cabled."""
        state, everyone = self.state, self.state.sets.everything
        whole = [state.up == everyone, *(reach == everyone for reach in state.reach)]
        if self.cluster.witness is not None:
            cabled = state.sets.of(self.cluster.witness.reached_by)
            whole += [state.witness_up, state.paths == cabled]
        return z3.And(*whole)

    def so_many_faults(self, most: int) -> Formula:
        """At least `most` of the faults that are counted have happened, of whatever kinds."""
        spent = self.state.spent
        counters = [c.term for c in spent.counters.values()] if spent is not None else []
        marks = [has(counter, mark) for counter in counters for mark in range(counter.size())]
        return z3.Or(*(z3.And(*chosen) for chosen in combinations(marks, most)))


def claimed(model: Membership) -> ClaimedCluster:
    """Raises `ValueError` where the model counts other votes than are configured."""
    cluster = ClaimedCluster(model.state)
    counted = {made.name: made.body for made in model.system.definitions}
    for mine in cluster.votes.definitions:
        if mine.name not in counted or not mine.body.eq(counted[mine.name]):
            raise ValueError(f"the model counts other {mine.name} than are configured")
    return cluster

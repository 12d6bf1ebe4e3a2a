"""Quorum as formulas: who may vote, form, stay and commit.

The predicates are kept apart because they differ in real systems. The arithmetic is rule Q1
(wsfc.md 1.1): more than half of all votes, with the witness's vote for the island that holds it
(rule Q2). Votes are those that are configured or, where they change while the cluster runs, those
in force (rules Q10 to Q14).
"""

from dataclasses import replace
from functools import cached_property
from typing import Self

import z3

from quorate.cluster import Cluster
from quorate.counting.sets import Members, some
from quorate.counting.votes import Votes, number
from quorate.system import Formula, Instance, Term
from quorate.values import dataclass


@dataclass(frozen=True, eq=False)
class InForce:
    """The votes that a configuration says are in force: `voters`, the nodes that have the vote that
    they are configured with, and whether the witness votes."""

    voters: Members
    witness: Formula


@dataclass(frozen=True, eq=False)
class Quorum:
    """The quorum rule of `cluster`; `in_force` are the votes that count, None for all that are
    configured."""

    cluster: Cluster
    in_force: InForce | None = None

    def by(self, in_force: InForce | None) -> Self:
        """The same rule over other votes."""
        return replace(self, in_force=in_force)

    @cached_property
    def votes(self) -> Votes:
        cluster, names = self.cluster, self.cluster.node_names
        return Votes(
            names,
            weights=tuple(cluster.votes.nodes[name] for name in names),
            fail_together=tuple(cluster.nodes_in(site.name) for site in cluster.sites),
        )

    @property
    def counts(self) -> bool:
        """Some node votes. Where none does, the witness decides alone and no vote is counted."""
        return any(self.cluster.votes.nodes.values())

    def if_counted(self, *instances: Instance) -> tuple[Instance, ...]:
        """What a step needs to know of votes: nothing where none is counted."""
        return instances if self.counts else ()

    def share_none(self, one: Members, other: Members) -> Instance:
        """Disjoint sets do not have a vote twice."""
        if self.in_force is None:
            return self.votes.disjoint_share_none(one, other)
        return self.votes.disjoint_share_within(one, other, self.in_force.voters)

    def no_more(self, part: Members, whole: Members) -> Instance:
        """A part has no more votes than the whole."""
        return self.votes.subset_has_no_more(self.voting(part), self.voting(whole))

    def voting(self, members: Members) -> Members:
        """Those of the members whose vote counts."""
        return members if self.in_force is None else members & self.in_force.voters

    def tally(self, members: Members, holds: Formula) -> Term:
        """The votes of `members`, with the witness's if they hold it."""
        votes = self.votes.votes(self.voting(members))
        if self.cluster.votes.witness == 0:
            return votes
        if self.in_force is not None:
            holds = z3.And(holds, self.in_force.witness)
        return votes + self.cluster.votes.witness * number(holds)

    @property
    def total(self) -> Term:
        """All votes in force."""
        table = self.cluster.votes
        if self.in_force is None:
            return z3.IntVal(table.total)
        votes = self.votes.votes(self.in_force.voters)
        return votes + table.witness * number(self.in_force.witness) if table.witness else votes

    def majority(self, members: Members, holds: Formula) -> Formula:
        """Rule Q1, by the book: this is what is claimed, whatever a cluster does."""
        table = self.cluster.votes
        if not self.counts:
            return holds if table.witness >= table.needed else z3.BoolVal(False)
        if self.in_force is None:
            return self.tally(members, holds) >= table.needed
        return 2 * self.tally(members, holds) > self.total

    def may_stay(self, members: Members, holds: Formula) -> Formula:
        """An island of running `members` may go on."""
        return self.enough(members, holds)

    def may_form(self, members: Members, holds: Formula) -> Formula:
        """Nodes that listen may form a cluster, as far as votes go."""
        return self.enough(members, holds)

    def may_commit(self, members: Members, holds: Formula) -> Formula:
        """An update is committed once a majority has accepted it (wsfc.md 1.4)."""
        return self.enough(members, holds)

    def enough(self, members: Members, holds: Formula) -> Formula:
        """There are members, and they count themselves as enough."""
        return z3.And(some(members), self.majority(members, holds))

"""Quorum as formulas: who may vote, form, stay and commit.

The predicates are kept apart because they differ in real systems. The arithmetic is rule Q1
(wsfc.md 1.1): more than half of all configured votes, with the witness's vote for the island that
holds it (rule Q2).
"""

from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.counting.sets import Members, some
from quorate.counting.votes import Votes, number
from quorate.system import Formula, Instance, Term


@dataclass(frozen=True)
class Quorum:
    """The quorum rule of `cluster`."""

    cluster: Cluster

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

    def tally(self, members: Members, holds: Formula) -> Term:
        """The votes of `members`, with the witness's if they hold it."""
        votes = self.votes.votes(members)
        if self.cluster.votes.witness == 0:
            return votes
        return votes + self.cluster.votes.witness * number(holds)

    def majority(self, members: Members, holds: Formula) -> Formula:
        """Rule Q1, by the book: this is what is claimed, whatever a cluster does."""
        table = self.cluster.votes
        if not self.counts:
            return holds if table.witness >= table.needed else z3.BoolVal(False)
        return self.tally(members, holds) >= table.needed

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

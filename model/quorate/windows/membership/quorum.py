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
from quorate.windows.membership.assumptions import Deviation


@dataclass(frozen=True)
class Quorum:
    """The quorum rule of `cluster`, or a broken twin of it."""

    cluster: Cluster
    deviation: Deviation | None = None

    @cached_property
    def votes(self) -> Votes:
        return Votes(self.cluster)

    @property
    def counts(self) -> bool:
        """Some node votes. Where none does, the witness decides alone and no vote is counted."""
        return any(self.cluster.votes.nodes.values())

    def told(self, *instances: Instance) -> tuple[Instance, ...]:
        """What a step is told of votes: nothing where none is counted."""
        return instances if self.counts else ()

    def tally(self, members: Members, holds: Formula) -> Term:
        """The votes of `members`, with the witness's if they hold it."""
        votes = self.votes.votes(members)
        if self.cluster.votes.witness == 0:
            return votes
        return votes + self.cluster.votes.witness * number(holds)

    def majority(self, members: Members, holds: Formula) -> Formula:
        """Rule Q1, by the book; never broken."""
        table = self.cluster.votes
        if not self.counts:
            return holds if table.witness >= table.needed else z3.BoolVal(False)
        return self.tally(members, holds) >= table.needed

    def may_stay(self, members: Members, holds: Formula, counted: Members | None = None) -> Formula:
        """An island of running `members` may go on. `counted` are the nodes whose votes it
        counts, its members unless the rule is broken."""
        if self.deviation is Deviation.RUNS_WITHOUT_QUORUM:
            return some(members)
        return self._enough(members, holds, members if counted is None else counted)

    def may_form(self, members: Members, holds: Formula) -> Formula:
        """Nodes that listen may form a cluster, as far as votes go."""
        return self._enough(members, holds, members)

    def may_commit(self, members: Members, holds: Formula) -> Formula:
        """An update is committed once a majority has accepted it (wsfc.md 1.4)."""
        return self._enough(members, holds, members)

    def _enough(self, members: Members, holds: Formula, counted: Members) -> Formula:
        votes = self.cluster.votes
        match self.deviation:
            case Deviation.HALF_IS_ENOUGH:
                enough = 2 * self.tally(counted, holds) >= votes.total
            case Deviation.VOTES_OF_THE_LIVING:
                there = self.votes.votes(members) + votes.witness
                enough = 2 * self.tally(counted, holds) > there
            case _:
                enough = self.majority(counted, holds)
        return z3.And(some(members), enough)

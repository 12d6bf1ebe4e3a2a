"""Quorum as formulas: who may vote, form, stay and commit.

The four predicates are kept apart because they differ in real systems. The arithmetic is rule Q1
(wsfc.md 1.1): more than half of all configured votes, with the witness's vote for the island that
holds it (rule Q2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.dynamics.assumptions import Deviation
from quorate.dynamics.sets import Members, count, some
from quorate.system import Formula, Term


@dataclass(frozen=True)
class Quorum:
    """The quorum rule of `cluster`, or a broken twin of it."""

    cluster: Cluster
    deviation: Deviation | None = None

    @cached_property
    def weights(self) -> Sequence[int]:
        return tuple(self.cluster.votes.nodes[name] for name in self.cluster.node_names)

    def tally(self, members: Members, holds: Formula) -> Term:
        """The votes of `members`, with the witness's if they hold it."""
        votes = count(members, self.weights)
        if self.cluster.votes.witness == 0:
            return votes
        return votes + self.cluster.votes.witness * z3.If(holds, z3.IntVal(1), z3.IntVal(0))

    def majority(self, tally: Term) -> Formula:
        """Rule Q1, by the book; never broken."""
        return tally >= self.cluster.votes.needed

    def may_stay(self, members: Members, holds: Formula, counted: Members | None = None) -> Formula:
        """An island of running `members` may go on. `counted` are the nodes whose votes it
        counts, its members unless the rule is broken."""
        tally = self.tally(members if counted is None else counted, holds)
        if self.deviation is Deviation.RUNS_WITHOUT_QUORUM:
            return some(members)
        return self._enough(members, tally)

    def may_form(self, members: Members, holds: Formula) -> Formula:
        """Nodes that listen may form a cluster, as far as votes go."""
        return self._enough(members, self.tally(members, holds))

    def may_commit(self, members: Members, holds: Formula) -> Formula:
        """An update is committed once a majority has accepted it (wsfc.md 1.4)."""
        return self._enough(members, self.tally(members, holds))

    def _enough(self, members: Members, tally: Term) -> Formula:
        votes = self.cluster.votes
        match self.deviation:
            case Deviation.HALF_IS_ENOUGH:
                return z3.And(some(members), 2 * tally >= votes.total)
            case Deviation.VOTES_OF_THE_REACHABLE:
                within_reach = count(members, self.weights)
                return z3.And(some(members), 2 * tally > within_reach)
            case _:
                return z3.And(some(members), self.majority(tally))

"""What becomes of versions of the configuration where force may overrule and votes follow who runs.

Whoever changes a version makes one that is newer than it, and older than all that were newer; what
is forced is newer than everything (rule Q15).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import z3

from quorate.counting.sets import Members, disjoint, has, meets, union
from quorate.system import Formula, Term
from quorate.values import dataclass
from quorate.windows.membership.changing import Ranks
from quorate.windows.membership.quorum import InForce


def either(condition: Formula, one: InForce, other: InForce) -> InForce:
    """The one votes where the condition holds, else the other."""
    return InForce(
        z3.If(condition, one.voters, other.voters), z3.If(condition, one.witness, other.witness)
    )


@dataclass(frozen=True, eq=False)
class Version:
    """A version of the configuration: the nodes that have a newer one, `above`, and those that have
    just it, `same`; the votes that it says are in force."""

    above: Members
    same: Members
    votes: InForce

    def changed(self, votes: InForce) -> "Version":
        """The version that a change of this one makes, which nobody has yet."""
        return Version(self.above, self.same & 0, votes)


def newest(ranks: Ranks, nodes: Members) -> Version:
    """The newest version that one of `nodes` has. requires: there are some."""
    above = reduce(
        lambda one, other: one & other,
        [z3.If(has(nodes, i), v.term, ~(v.term & 0)) for i, v in enumerate(ranks.newer)],
    )
    same = union(
        [
            _where(z3.And(z3.Not(has(above, i)), disjoint(v.term, nodes)), nodes, i)
            for i, v in enumerate(ranks.newer)
        ]
    )
    theirs = nodes & same
    voters = union([z3.If(has(theirs, i), v.term, v.term & 0) for i, v in enumerate(ranks.stored)])
    votes = ranks.witness_votes
    witness = z3.BoolVal(False) if votes is None else meets(theirs, votes.term)
    return Version(above, same, InForce(voters, witness))


def _where(condition: Formula, like: Members, index: int) -> Members:
    """The node with this bit where the condition holds."""
    size = like.size()
    return z3.If(condition, z3.BitVecVal(1 << index, size), z3.BitVecVal(0, size))


def stored_by(ranks: Ranks, nodes: Members, version: Version) -> Mapping[str, Term]:
    """The updates by which `nodes` store the version."""
    found = dict[str, Term]()
    above, votes = version.above & ~nodes, version.votes
    known = version.above | version.same
    for index, (stored, newer) in enumerate(zip(ranks.stored, ranks.newer, strict=True)):
        mine = has(nodes, index)
        others = z3.If(has(known, index), newer.term & ~nodes, newer.term | nodes)
        found[newer.name] = z3.If(mine, above, others)
        found[stored.name] = z3.If(mine, votes.voters, stored.term)
    if ranks.witness_votes is not None:
        kept = ranks.witness_votes.term & ~nodes
        given = z3.If(votes.witness, nodes, nodes & 0)
        found[ranks.witness_votes.name] = kept | given
    return found


def counted_by(ranks: Ranks, places: Sequence[Formula], votes: InForce) -> Mapping[str, Term]:
    """The updates by which the islands at these places count the votes."""
    found = dict[str, Term]()
    for place, ballot in zip(places, ranks.counted, strict=True):
        found |= ballot.become(either(place, votes, ballot.in_force))
    return found


def counted_in(ranks: Ranks, islands: Sequence[Members], nodes: Members) -> InForce:
    """The votes that the island of `nodes` counts."""
    votes = ranks.counted[-1].in_force
    for island, ballot in reversed(list(zip(islands[:-1], ranks.counted[:-1], strict=True))):
        votes = either(meets(island, nodes), ballot.in_force, votes)
    return votes


def first(ranks: Ranks, everyone: Members, votes: InForce) -> Iterator[Formula]:
    """At the start everybody has one version, and the first island counts its votes."""
    for ballot in ranks.counted:
        yield ballot.voters.term == votes.voters
        if ballot.witness is not None:
            yield ballot.witness.term == votes.witness
    for stored, newer in zip(ranks.stored, ranks.newer, strict=True):
        yield stored.term == votes.voters
        yield newer.term == 0
    if ranks.witness_votes is not None:
        yield ranks.witness_votes.term == z3.If(votes.witness, everyone, everyone & 0)

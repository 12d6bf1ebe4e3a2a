"""How the votes in force follow who runs (rules Q10 to Q14, wsfc.md 2.2).

A running island with a majority of the votes in force commits others: those of its members, so that
they are an odd number where the version sees to that. What is not documented is allowed both ways:
which node loses its vote in a tie where nobody says which; whether 2012 keeps the number odd at
more than two; whether two nodes whose witness failed keep three votes or go down to one.
"""

from collections.abc import Sequence
from functools import reduce

import z3

from quorate.cluster import DynamicVotes
from quorate.counting.sets import Members, at_most_one, disjoint, has, some, subset
from quorate.system import Action, ActionKind, Formula, Instance
from quorate.values import dataclass
from quorate.windows.membership.changing import Changing
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.replicas import votes_at, votes_of
from quorate.windows.membership.running import Committing, chosen_members
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True, eq=False)
class Target:
    """What votes `members` should have in force, who hold a witness that works if `holds`."""

    state: MembershipState
    rule: DynamicVotes
    members: Members
    holds: Formula

    @property
    def electorate(self) -> Members:
        """Those of them that may vote at all (NodeWeight)."""
        votes = self.state.cluster.votes.nodes
        return self.members & self.state.sets.of(name for name in votes if votes[name])

    @property
    def _odd(self) -> Formula:
        """The electorate is an odd number of nodes."""
        bits = [has(self.electorate, index) for index in range(len(self.state.names))]
        return reduce(z3.Xor, bits)

    def is_met(self, votes: InForce) -> Formula:
        """These votes are what the rules want, as somebody may read them."""
        return z3.Or(*self._readings(votes))

    def leads(self, now: InForce, then: InForce) -> Formula:
        """As somebody may read the rules, they want the votes `then` and not those of `now`."""
        readings = zip(self._readings(now), self._readings(then), strict=True)
        return z3.Or(*(z3.And(z3.Not(before), after) for before, after in readings))

    def _readings(self, votes: InForce) -> Sequence[Formula]:
        """What the rules want, in each of the ways in which they may be read."""
        none, two = z3.Not(votes.witness), self._two
        ways = [self._one_less_if_even(votes.voters)]
        if not self.rule.keeps_odd:
            ways.append(z3.If(two, ways[0], votes.voters == self.electorate))
        without = [z3.And(none, way) for way in ways]
        if self.state.witness is None:
            return without
        # Two nodes whose witness failed: never below three votes while one is configured, or only
        # while it works.
        kept = z3.And(votes.voters == self.electorate, votes.witness)
        without.append(z3.If(two, kept, without[0]))
        return [z3.If(self.holds, self._with_witness(votes), reading) for reading in without]

    @property
    def _two(self) -> Formula:
        """Exactly two of them may vote."""
        rest = self.electorate & (self.electorate - 1)
        return z3.And(some(rest), at_most_one(rest))

    def _one_less_if_even(self, voters: Members) -> Formula:
        """Rule Q12 without a witness that works; of two nodes one votes (rule Q14)."""
        electorate = self.electorate
        given_up = electorate & ~voters
        one_less = z3.And(
            subset(voters, electorate), some(voters), some(given_up), at_most_one(given_up)
        )
        if self.rule.lower_priority is not None:
            first = self.state.sets.of([self.rule.lower_priority])
            one_less = z3.And(one_less, z3.Or(given_up == first, disjoint(electorate, first)))
        return z3.If(self._odd, voters == electorate, one_less)

    def _with_witness(self, votes: InForce) -> Formula:
        """Rule Q12, with a witness that works."""
        all_vote = votes.voters == self.electorate
        if self.rule.witness_follows:
            return z3.And(all_vote, votes.witness == z3.Not(self._odd))
        return z3.And(all_vote, votes.witness)

    @property
    def may_be_brought_to(self) -> Formula:
        """Rule Q13: a cluster with a witness keeps three votes; so one node of several keeps those
        that there were."""
        votes = self.state.cluster.votes.nodes
        several = sum(1 for name in votes if votes[name]) > 1
        if self.state.witness is None or not several:
            return some(self.electorate)
        return z3.Not(at_most_one(self.electorate))


def unsettled(state: MembershipState, changing: Changing) -> Formula:
    """Some island is about to change the votes in force."""
    targets = [Target(state, changing.rule, i, state.holds(i)) for i in state.islands]
    changes = [
        z3.And(
            some(target.members),
            target.may_be_brought_to,
            z3.Not(target.is_met(votes_at(state, place) or changing.in_force)),
        )
        for place, target in enumerate(targets)
    ]
    if state.forced_marks is None:
        return z3.Or(*changes)
    # In the forced state votes are ignored (rule Q16).
    return z3.Or(*(z3.And(c, z3.Not(f)) for c, f in zip(changes, state.forced, strict=True)))


@dataclass(frozen=True, eq=False)
class Adjusting:
    """Members of the chosen island accept other votes. That is a change of the configuration,
    committed as any other by a majority of the votes in force before; those who accept it have a
    majority of the new votes as well (rule Q11)."""

    state: MembershipState
    quorum: Quorum
    changing: Changing

    @property
    def committing(self) -> Committing:
        return Committing(self.state, self.quorum)

    @property
    def then(self) -> InForce:
        return self.changing.chosen.in_force

    @property
    def after(self) -> Quorum:
        """The rule over the new votes."""
        return self.quorum.by(self.then)

    @property
    def is_valid_after(self) -> Formula:
        """Those who accept have a majority of the new votes."""
        committing = self.committing
        return self.after.may_commit(committing.acceptors, committing.witness_accepts)


def adjust(state: MembershipState, quorum: Quorum, changing: Changing) -> Action:
    """A running island brings the votes in force to what the rules want of its members. In the
    forced state votes are ignored (rule Q16)."""
    adjusting = Adjusting(state, quorum, changing)
    committing, members = adjusting.committing, chosen_members(state)
    target = Target(state, changing.rule, members, state.holds(members))
    now, then = votes_of(state, members) or changing.in_force, adjusting.then
    after = adjusting.after
    return Action.of(
        Verb.ADJUST_VOTES,
        ActionKind.CLUSTER,
        guard=(
            *committing.may,
            *((z3.Not(committing.forced),) if state.forced_marks is not None else ()),
            target.may_be_brought_to,
            target.leads(now, then),
            adjusting.is_valid_after,
        ),
        updates=committing.updates(then),
        inputs=(*committing.inputs, *changing.chosen.variables),
        subject="island",
        instances=(
            *committing.instances,
            *after.if_counted(after.no_more(committing.acceptors, members)),
            quorum.votes.a_voter_has_votes(then.voters),
            *(all_vote_but_one(quorum, target, then) if state.spent is not None else ()),
        ),
    )


def all_vote_but_one(quorum: Quorum, target: Target, then: InForce) -> Sequence[Instance]:
    """Of the members of a target all vote but one at most, when it is met."""
    votes, electorate = quorum.votes, target.electorate
    return [
        votes.only_voters_count(target.members),
        votes.one_less_costs_at_most(electorate, electorate & ~then.voters),
    ]

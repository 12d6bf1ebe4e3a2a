"""Why a cluster whose votes follow who runs outlasts faults one after another (rules Q10 to Q14).

Before each fault the votes have followed: whoever votes runs. The fault takes one of them at most,
and of three and more votes the rest is a majority.
"""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.marks import marks_of
from quorate.counting.sets import Members, at_most_one, disjoint, one, some
from quorate.counting.votes import Votes, total
from quorate.system import Instance, Lemma
from quorate.windows.membership.adjusting import Target
from quorate.windows.membership.assumptions import UNLIMITED
from quorate.windows.membership.changing import Changing
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.state import MembershipState, Spent
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.witness_lemmas import witness_lemmas

TAKE_A_NODE = (Verb.CRASH, Verb.ISOLATION, Verb.PLANNED_STOP, Verb.LINK_FAILURE)
"""The faults that take one node from those that run."""


def lasting_lemmas(
    state: MembershipState, quorum: Quorum, changing: Changing, spent: Spent
) -> Iterator[Lemma]:
    """What a bounded number of faults leaves."""
    running, voters = state.running, changing.ballot.voters.term
    counters = {verb: counter.term for verb, counter in spent.counters.items()}
    untouched = [state.up == state.sets.everything, state.islands[0] == state.first_members]
    if state.witness is not None:
        untouched += [state.witness_up, state.paths == state.cabled, one(state.holder)]
    yield Lemma(
        "nothing changes before the first fault",
        z3.Implies(z3.And(*(term == 0 for term in counters.values())), z3.And(*untouched)),
    )
    marks = [mark for verb in TAKE_A_NODE if verb in counters for mark in marks_of(counters[verb])]
    yield Lemma(
        "each crash or isolation takes one node", quorum.votes.size(~running) <= total(marks)
    )
    heaviest, votes = max(quorum.votes.weights), quorum.votes.votes
    yield Lemma("all that run vote, but one", votes(running) <= votes(voters) + heaviest)
    if state.assumptions.votes_follow:
        yield Lemma("at most one that votes has left", at_most_one(voters & ~running))
    else:
        left = votes(voters) <= votes(voters & running) + heaviest * total(marks)
        yield Lemma("each crash costs a vote at most", left)
        everyone = state.sets.everything
        yield Lemma("all vote, but one", votes(everyone) <= votes(voters) + heaviest)
    if state.isolated_variable is not None:
        yield Lemma("nobody runs who is cut off", disjoint(running, state.isolated))
    yield Lemma("the cluster runs", some(running))
    yield from witness_lemmas(state, counters)
    if state.assumptions.at_most is not UNLIMITED:
        every = [mark for term in counters.values() for mark in marks_of(term)]
        yield Lemma("no more faults than there may be", total(every) <= state.assumptions.at_most)


def when_one_leaves(
    state: MembershipState, quorum: Quorum, changing: Changing, node: Members
) -> Sequence[Instance]:
    """What is left of the votes in force without one node of those that run."""
    votes, running = quorum.votes, state.running
    electorate, voters = _electorate(state, changing, running), changing.ballot.voters.term
    return [
        votes.missing_cost_at_most(running),
        votes.only_voters_count(running),
        votes.one_has_at_most(electorate),
        votes.one_less_costs_at_most(voters, node),
        *(
            ()
            if state.assumptions.votes_follow
            else _of_votes_that_stay(votes, running, node, voters)
        ),
        votes.subset_has_no_more(running & ~node, running),
        *([votes.odd_is_not_two(electorate)] if _leaves_two(state) else ()),
    ]


def _leaves_two(state: MembershipState) -> bool:
    """So many faults may happen that two nodes are left before the last of them."""
    spent = state.spent
    counters = spent.counters if spent is not None else {}
    most = sum(len(marks_of(counters[verb].term)) for verb in TAKE_A_NODE if verb in counters)
    return len(state.names) - most < 2


def _of_votes_that_stay(
    votes: Votes, running: Members, node: Members, voters: Members
) -> Sequence[Instance]:
    everyone = voters | ~voters
    return [
        votes.one_less_costs_at_most(voters & running, node),
        votes.missing_cost_at_most(everyone),
        votes.nobody_counts(),
    ]


def nobody_leaves(state: MembershipState, quorum: Quorum) -> Sequence[Instance]:
    """The same where only the witness is lost."""
    changing = state.changing
    if changing is None:
        return ()
    return when_one_leaves(state, quorum, changing, state.sets.nothing)


def _electorate(state: MembershipState, changing: Changing, members: Members) -> Members:
    return Target(state, changing.rule, members, z3.BoolVal(False)).electorate

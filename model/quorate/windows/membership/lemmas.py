"""What makes quorum work, in the order of the argument. Nobody trusts these."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

import z3

from quorate.counting.marks import marks_of
from quorate.counting.sets import Members, disjoint, empty, meets, one, some, subset
from quorate.counting.votes import number, total
from quorate.system import Formula, Lemma, Term
from quorate.windows.membership.assumptions import UNLIMITED, CommittedBy
from quorate.windows.membership.changing import Earlier, Ranks
from quorate.windows.membership.lasting import TAKE_A_NODE, lasting_lemmas
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.replicas import ends_force, votes_at
from quorate.windows.membership.state import MembershipState, Spent
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.witness_lemmas import spared_witness_lemmas, witness_lemmas


def lemmas(state: MembershipState, quorum: Quorum) -> Iterator[Lemma]:
    yield Lemma("only nodes that are up run", subset(state.running, state.up))
    held = some(state.holder) if state.witness is not None else z3.BoolVal(False)
    if state.forced_marks is None:
        first, *others = state.islands
        counted = quorum.by(state.in_force)
        yield Lemma("one island runs", z3.And(*(empty(island) for island in others)))
        yield Lemma(
            "what runs has a majority", z3.Implies(some(first), counted.majority(first, held))
        )
    if state.witness is not None:
        yield Lemma(
            "who holds the witness runs and reaches it",
            z3.And(
                subset(state.holder, state.running & state.paths),
                z3.Implies(held, state.witness_up),
            ),
        )
        yield Lemma("only nodes with a cable reach the witness", subset(state.paths, state.cabled))
    if state.forced_marks is not None:
        yield from _force_lemmas(state, quorum)
        return
    # Where the configuration changes, who goes on after a fault rests on who knows it.
    versions, budgets = (1, 2) if state.assumptions.commits else (2, 1)
    if state.changing is not None:
        # Who has a majority rests on which votes the nodes that formed the island found.
        yield from _version_lemmas(state, quorum.by(state.in_force))
        if isinstance(state.changing.history, Earlier):
            votes = state.changing.ballot.voters.term
            yield from _remembered_lemmas(state, quorum, state.changing.history, votes)
        if state.spent is not None:
            lasting = lasting_lemmas(state, quorum, state.changing, state.spent)
            yield from _at(budgets, lasting)
        return
    yield from _at(versions, _version_lemmas(state, quorum))
    if state.spent is not None:
        yield from _at(budgets, _budget_lemmas(state, quorum, state.spent))


def _at(stage: int, added: Iterator[Lemma]) -> Iterator[Lemma]:
    """What a later stage adds to the argument about quorum."""
    return (replace(lemma, stage=stage) for lemma in added)


def _version_lemmas(state: MembershipState, quorum: Quorum) -> Iterator[Lemma]:
    """Two majorities meet, so whoever has one finds the newest configuration among its nodes or on
    the witness."""
    first, *_ = state.islands
    yield Lemma(
        "what runs knows the latest configuration",
        z3.Or(empty(first), meets(first, state.current)),
    )
    yield Lemma(
        "the latest configuration is stored by a majority",
        quorum.majority(state.current, state.witness_current),
    )
    if state.assumptions.committed_by is CommittedBy.ALL:
        yield Lemma("all that run know it", subset(state.running, state.current))
    if state.witness is not None:
        yield Lemma(
            "who holds the witness knows what it remembers",
            z3.Or(
                empty(state.holder),
                state.witness_current == subset(state.holder, state.current),
            ),
        )


def _remembered_lemmas(
    state: MembershipState, quorum: Quorum, earlier: Earlier, voters: Members
) -> Iterator[Lemma]:
    """Whoever replaced a version had a majority of its votes, so nobody forms from it any more."""
    yield Lemma("some node votes", quorum.votes.votes(voters) >= 1)
    newer, on_witness = earlier.newer.term, earlier.witness_newer
    yield Lemma(
        "a majority has newer versions than one that was replaced",
        quorum.by(earlier.in_force).majority(newer, on_witness),
    )
    yield Lemma(
        "what was replaced is not the latest",
        z3.And(
            subset(state.current, newer),
            z3.Implies(state.witness_current, on_witness),
            disjoint(earlier.stored.term, newer),
            z3.Not(z3.And(earlier.witness_stored, on_witness)),
        ),
    )


def forced_only_without_majority(state: MembershipState, quorum: Quorum) -> Formula:
    """An island is marked as forced only while it runs without a majority (rules Q15, Q16)."""
    kept = [
        z3.Or(
            z3.Not(forced),
            z3.And(some(island), z3.Not(_counted(state, quorum, place))),
        )
        for place, (forced, island) in enumerate(zip(state.forced, state.islands, strict=True))
    ]
    return z3.And(*kept)


def _counted(state: MembershipState, quorum: Quorum, place: int) -> Formula:
    """The island at a place has the majority with which the forced state ends."""
    island = state.islands[place]
    return ends_force(state, quorum, votes_at(state, place), island, state.holds(island))


def _force_lemmas(state: MembershipState, quorum: Quorum) -> Iterator[Lemma]:
    """What is left of the argument when the operator may overrule the votes."""
    pairs = combinations(state.islands, 2)
    yield Lemma("no node is in two islands", z3.And(*(disjoint(*pair) for pair in pairs)))
    yield Lemma("who is forced has no majority", forced_only_without_majority(state, quorum))
    known = state.authoritative
    whole = [z3.Or(subset(island, known), disjoint(island, known)) for island in state.islands]
    yield Lemma("an island has what was forced as a whole or not at all", z3.And(*whole))
    changing = state.changing
    if changing is not None and isinstance(changing.history, Ranks):
        latest = changing.in_force
        counted = [
            z3.Or(
                disjoint(island, state.current),
                z3.And(
                    ballot.in_force.voters == latest.voters,
                    ballot.in_force.witness == latest.witness,
                ),
            )
            for island, ballot in zip(state.islands, changing.history.counted, strict=True)
        ]
        yield Lemma("who has the latest configuration counts its votes", z3.And(*counted))
    yield Lemma("the latest configuration was not overruled", subset(state.current, known))
    if state.assumptions.prevents:
        yield Lemma("all that run have what was forced", subset(state.running, known))
        yield Lemma("who has not is prevented from forming", subset(~known, state.prevented))


def _budget_lemmas(state: MembershipState, quorum: Quorum, spent: Spent) -> Iterator[Lemma]:
    """What a bounded number of faults leaves, for claims about survival."""
    counters = {verb: counter.term for verb, counter in spent.counters.items()}
    untouched = [state.up == state.sets.everything, state.islands[0] == state.first_members]
    if state.witness is not None:
        untouched += [state.witness_up, state.paths == state.cabled, one(state.holder)]
    yield Lemma(
        "nothing changes before the first fault",
        z3.Implies(z3.And(*(term == 0 for term in counters.values())), z3.And(*untouched)),
    )
    marks = [mark for verb in TAKE_A_NODE for mark in _marks_of(counters, verb)]
    if marks:
        yield Lemma(
            "each crash or isolation takes one node",
            quorum.votes.size(~state.running) <= total(marks),
        )
    if state.isolated_variable is not None:
        yield Lemma("nobody runs who is cut off", disjoint(state.running, state.isolated))
    if Verb.SITE_FAILURE in counters:
        yield from _site_lemmas(state, quorum, counters[Verb.SITE_FAILURE])
    yield Lemma("the cluster runs", some(state.running))
    if state.assumptions.at_most is not UNLIMITED:
        every = [mark for term in counters.values() for mark in marks_of(term)]
        yield Lemma("no more faults than there may be", total(every) <= state.assumptions.at_most)
        yield from witness_lemmas(state, counters)
    else:
        yield from spared_witness_lemmas(state)


def _site_lemmas(state: MembershipState, quorum: Quorum, spent: Term) -> Iterator[Lemma]:
    witness = state.cluster.witness
    blocks = [state.sets.of(block) for block in quorum.votes.blocks]
    down = [disjoint(block, state.up) for block in blocks]
    yield Lemma(
        "a site runs as a whole or is down as a whole",
        z3.And(
            *(
                z3.Or(subset(block, state.running), gone)
                for block, gone in zip(blocks, down, strict=True)
            )
        ),
    )
    inside = state.cluster.nodes_in(witness.site) if witness and witness.site else ()
    if inside:
        gone = disjoint(state.sets.of(inside), state.up)
        yield Lemma("the witness works while its site does", z3.Or(state.witness_up, gone))
    elif witness and witness.site:
        down.append(z3.Not(state.witness_up))
    yield Lemma(
        "each site that is down has failed",
        total([number(gone) for gone in down]) <= total(marks_of(spent)),
    )
    if witness is not None:
        held = z3.Or(z3.Not(state.witness_up), some(state.holder))
        yield Lemma("a working witness is held", held)


def _marks_of(counters: Mapping[Verb, Term], verb: Verb) -> list[Term]:
    return marks_of(counters[verb]) if verb in counters else []

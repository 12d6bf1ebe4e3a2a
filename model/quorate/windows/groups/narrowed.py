"""The steps where only one kind of incident happens, and what is then true for ever."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import Members, at_most_one, disjoint, empty, one, some, subset
from quorate.system import Action, Formula, Instance, Lemma
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.incidents import (
    Crashes,
    Incident,
    OneDrain,
    OneFailure,
    is_left,
    most_crashes,
    verb_of,
)
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.verbs import Verb


def narrowed(actions: Iterable[Action], state: GroupsState, incident: Incident) -> Iterator[Action]:
    """Those of the actions that are left, the incident only while it may still happen, and before
    it moves to where all of a group can be online.

    Where votes follow who runs, a crash may stop all others or none, by what went before. Only the
    latter is among the steps: what is claimed there holds at every moment, and nothing runs after
    the former."""
    for action in actions:
        verb = action.verb
        if not isinstance(verb, Verb) or not is_left(verb, incident):
            continue
        guard = list(_may_happen(verb, state, incident))
        if verb in _ORDERED:
            guard += [_fits(g, state.node.term) for g in state.groups if g.key == action.about]
        told = _about_the_rest(state) if verb is Verb.CRASH and most_crashes(incident) == 1 else ()
        yield replace(action, guard=(*action.guard, *guard), instances=(*action.instances, *told))


def _may_happen(verb: Verb, state: GroupsState, incident: Incident) -> Sequence[Formula]:
    """What the step waits for besides its guard: moves come before the incident."""
    if verb is Verb.CRASH:
        return [_are_at_most(most_crashes(incident) - 1, _missing(state))]
    if verb in _ORDERED:
        return [_has_not_happened(state, incident)]
    if verb is verb_of(incident):
        serving = [group.is_in(Phase.SERVING) for group in state.groups]
        return [_has_not_happened(state, incident), *serving]
    return []


_ORDERED = (Verb.MOVE, Verb.MIGRATE)


def _about_the_rest(state: GroupsState) -> tuple[Instance, ...]:
    """What a proof may need to know of those that are left when one node crashes: nothing where
    their votes are not asked for."""
    if state.cluster.votes_change:
        return ()
    votes, rest = state.quorum.votes, state.members & ~state.node.term
    return state.quorum.if_counted(
        votes.nobody_counts(),
        votes.one_has_at_most(~rest),
        votes.cover_shares_all(rest, ~rest),
    )


def _has_not_happened(state: GroupsState, incident: Incident) -> Formula:
    """Nothing that the incident does, or that follows from it, is there."""
    match incident:
        case Crashes():
            return empty(_missing(state))
        case OneFailure():
            return z3.And(*(_without_failures(group) for group in state.groups))
        case OneDrain():
            return empty(state.paused)
        case _:
            assert_never(incident)


def _without_failures(group: GroupState) -> Formula:
    failures = [group.failed, group.ever_failed.term, group.failovers_variable.term]
    return z3.And(*map(empty, failures))


def _fits(group: GroupState, node: Members) -> Formula:
    """All of the group can be online on the node, but for addresses of other subnets."""
    online = group.standing(group.local(node))
    return z3.And(some(online), subset(~group.sets.of(group.of_kind(ResourceKind.ADDRESS)), online))


def _missing(state: GroupsState) -> Members:
    return state.may_belong & ~state.members


def _are_at_most(number: int, members: Members) -> Formula:
    """The set has at most so many members: nothing is left without so many of the lowest."""
    for _ in range(number):
        members = members & (members - 1)
    return empty(members)


def narrowed_lemmas(
    state: GroupsState, groups: Sequence[PlacedGroup], incident: Incident
) -> Iterator[Lemma]:
    """What the incident does not touch is as at the start, and it happens no oftener than is said.
    The first of these does not hold where a crash costs the quorum."""
    crashes = most_crashes(incident)
    few = _are_at_most(crashes, _missing(state))
    yield Lemma("no more members are lost than crash", few, written_out=crashes > 1)
    wanted = [empty(~(group.wanted & group.driven)) for group in state.groups]
    yield Lemma("everything is wanted", z3.And(*wanted))
    if state.volumes is not None:
        yield Lemma("every volume is there", empty(~state.volumes.variable.term))
    failed = z3.And(*(empty(group.failed) for group in state.groups))
    match incident:
        case Crashes():
            yield Lemma("nothing fails", failed)
        case OneFailure():
            often = [t.term for g in state.groups for t in g.failures_variables[1:]]
            yield Lemma("nothing fails twice in a period", z3.And(*map(empty, often)))
        case OneDrain():
            yield Lemma("nothing fails", failed)
            yield Lemma("groups set out from a node that is drained", _left(state))
        case _:
            assert_never(incident)
    if state.paused_variable is not None:
        paused = at_most_one if isinstance(incident, OneDrain) else empty
        yield Lemma("no more nodes are paused than are drained", paused(state.paused))
    elif isinstance(incident, Crashes):
        yield Lemma("no group sets out", _all_serve(state))
    for group in state.groups:
        if group.is_confined:
            name = f"the group is where it can be online ({group.key})"
            yield Lemma(name, _is_well_placed(group))
    apart = [
        disjoint(placed.group.owner & state.members, rival.owner)
        for placed in groups
        if placed.is_kept_apart or not state.assumptions.operator
        for rival in placed.rivals
    ]
    if apart:
        yield Lemma("groups that avoid each other own different nodes", z3.And(*apart))


def _is_well_placed(group: GroupState) -> Formula:
    """Also where it is on its way to. It does not hold where it may land elsewhere."""
    on_its_way = z3.And(one(group.target), _fits(group, group.target))
    arrives = z3.Or(group.is_in(Phase.SERVING), on_its_way)
    return z3.And(_fits(group, group.owner), arrives)


def _left(state: GroupsState) -> Formula:
    """No group stays on a node that is drained, or is on its way there."""
    return z3.And(
        *(
            z3.If(
                group.is_in(Phase.SERVING),
                disjoint(group.owner, state.paused),
                disjoint(group.target, state.paused),
            )
            for group in state.groups
        )
    )


def _all_serve(state: GroupsState) -> Formula:
    """Without an operator, and where nothing fails, no group sets out or is called home."""
    called = [empty(g.returned.term) for g in state.groups if g.returned is not None]
    return z3.And(*(group.is_in(Phase.SERVING) for group in state.groups), *called)

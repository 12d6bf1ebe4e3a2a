"""The broken twins of the model: each has one rule rewritten, and all others as they are."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

import z3

from quorate.changes.rewriting import instead, without, without_updates
from quorate.counting.sets import Members, empty, meets, some
from quorate.system import Formula, System
from quorate.values import dataclass
from quorate.windows.membership.adjusting import Adjusting
from quorate.windows.membership.cuts import link_failure
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.forming import Forming
from quorate.windows.membership.leaving import Leaving
from quorate.windows.membership.model import Membership
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.regroup import Part, Regroup, World
from quorate.windows.membership.running import Committing, Joining, chosen_members
from quorate.windows.membership.verbs import Verb

_TRUE = z3.BoolVal(True)


def twin(model: Membership, deviation: Deviation) -> Membership:
    """`model` with one rule broken. Raises `ValueError` where the rule has no part in it."""
    broken = _twin(model, deviation)
    _ = broken.system  # refused now where nothing is rewritten, and not by whoever asks first
    return broken


def _twin(model: Membership, deviation: Deviation) -> Membership:
    match deviation:
        case Deviation.HALF_IS_ENOUGH:
            return replace(model, rule=HalfIsEnough)
        case Deviation.VOTES_OF_THE_LIVING:
            return replace(model, rule=VotesOfTheLiving)
        case Deviation.RUNS_WITHOUT_QUORUM:
            return replace(model, rule=RunsWithoutQuorum)
        case Deviation.WITNESS_COUNTS_TWICE:
            return _rewritten(model, _witness_counts_twice)
        case Deviation.COUNTS_NEIGHBOURS:
            return _rewritten(model, _counts_neighbours)
        case Deviation.STOPS_ON_ANY_LOSS:
            return _rewritten(model, _stops_on_any_loss)
        case Deviation.SHARE_TAG_IGNORED:
            return _rewritten(model, _tag_ignored)
        case Deviation.DISK_COPY_IGNORED:
            return _rewritten(model, _copy_ignored)
        case Deviation.COMMITS_WITHOUT_MAJORITY:
            return _rewritten(model, _commits_without_majority)
        case Deviation.ADJUSTS_BY_A_MINORITY:
            return _rewritten(model, _adjusts_by_a_minority)
        case Deviation.ADJUSTS_TO_A_MINORITY:
            return _rewritten(model, _adjusts_to_a_minority)
        case Deviation.JOINER_KEEPS_REPLICA:
            return _rewritten(model, _joiner_keeps_replica)
        case Deviation.JOINS_STRANGERS:
            return _rewritten(model, _joins_strangers)
        case Deviation.JOINS_WITHOUT_DISK:
            return _rewritten(model, _joins_without_disk)
        case Deviation.STOPS_WITHOUT_ASKING:
            return _rewritten(model, _stops_without_asking)
        case Deviation.LEAVES_WITNESS:
            return _rewritten(model, lambda _, system: without(system, Verb.TAKE_WITNESS))
        case Deviation.FORCED_FOR_EVER:
            return _rewritten(model, _forced_for_ever)
        case Deviation.CRASHES_IN_PASSING:
            return _rewritten(model, _crashes_in_passing)
        case Deviation.WITNESS_NOT_WRITTEN:
            return _rewritten(model, _witness_not_written)
        case Deviation.FORMS_AS_NEWEST:
            return _rewritten(model, _forms_as_newest)
        case Deviation.FORCED_OUTRANKS_NOBODY:
            return _rewritten(model, _forced_outranks_nobody)
        case Deviation.PREVENTED_FORM:
            return _rewritten(model, _prevented_form)
        case Deviation.NEVER_GIVES_WAY:
            return _rewritten(model, lambda _, system: without(system, Verb.GIVE_WAY))
        case Deviation.NEVER_JOINS:
            return _rewritten(model, lambda _, system: without(system, Verb.JOIN))
        case Deviation.DOES_NOT_LISTEN:
            return _rewritten(model, lambda _, system: without(system, Verb.FORM))
        case _:
            assert_never(deviation)


def _rewritten(model: Membership, rewrite: Callable[[Membership, System], System]) -> Membership:
    return replace(model, rewriting=lambda system: rewrite(model, system))


@dataclass(frozen=True, eq=False)
class HalfIsEnough(Quorum):
    def enough(self, members: Members, holds: Formula) -> Formula:
        return z3.And(some(members), 2 * self.tally(members, holds) >= self.total)


@dataclass(frozen=True, eq=False)
class VotesOfTheLiving(Quorum):
    def enough(self, members: Members, holds: Formula) -> Formula:
        there = self.votes.votes(self.voting(members)) + self.cluster.votes.witness
        return z3.And(some(members), 2 * self.tally(members, holds) > there)


@dataclass(frozen=True, eq=False)
class RunsWithoutQuorum(Quorum):
    def may_stay(self, members: Members, holds: Formula) -> Formula:  # noqa: ARG002
        return some(members)


def _regrouping(
    model: Membership, system: System, rule: Callable[[Regroup, Part], Formula]
) -> System:
    """Another rule for what goes on after each disturbance."""
    disturbances = list(model.disturbances)
    if not disturbances:
        raise ValueError("nothing ever happens that an island could stop for")
    for disturbance in disturbances:
        regroup, about = disturbance.regroup, disturbance.about
        rules = [(part.quorate, rule(regroup, part)) for part in regroup.parts]
        system = instead(system, *rules, verbs=[disturbance.verb], about=about)
    return system


def _witness_counts_twice(model: Membership, system: System) -> System:
    """Every part that reaches the witness counts it, and so do nodes that form."""
    quorum, state = model.quorum, model.state

    def sees(world: World, members: Members) -> Formula:
        return z3.And(world.witness_up, meets(members, world.paths))

    def stays(regroup: Regroup, part: Part) -> Formula:
        return quorum.may_stay(part.members, sees(regroup.world, part.members))

    system = _regrouping(model, system, stays)
    if Verb.FORM in model.lacking:
        return system
    forming = Forming(state, quorum)
    now = World(state.up, state.paths, state.witness_up)
    forms = quorum.may_form(forming.members, sees(now, forming.members))
    return instead(system, (forming.has_quorum, forms), verbs=[Verb.FORM])


def _counts_neighbours(model: Membership, system: System) -> System:
    """A node that lost its connection to another member still counts those that it reaches."""
    cut = link_failure(model.state, model.quorum).regroup
    dropped, _ = cut.parts
    neighbours = cut.island & ~model.state.peer.term
    counted = z3.And(some(dropped.members), model.quorum.majority(neighbours, dropped.holds))
    return instead(system, (dropped.quorate, counted), verbs=[Verb.LINK_FAILURE])


def _stops_on_any_loss(model: Membership, system: System) -> System:
    """What goes on is the island as it was, and has not lost the witness."""

    def stays(regroup: Regroup, part: Part) -> Formula:
        lost = z3.And(meets(regroup.state.holder, regroup.island), empty(regroup.winner))
        return z3.And(part.quorate, part.members == regroup.island, z3.Not(lost))

    return _regrouping(model, system, stays)


def _tag_ignored(model: Membership, system: System) -> System:
    rule = Forming(model.state, model.quorum).tag_allows
    return instead(system, (rule, _TRUE), verbs=[Verb.FORM])


def _copy_ignored(model: Membership, system: System) -> System:
    forming = Forming(model.state, model.quorum)
    return instead(system, (forming.is_current, forming.own_is_current), verbs=[Verb.FORM])


def _commits_without_majority(model: Membership, system: System) -> System:
    """Any member accepts for all."""
    committing = Committing(model.state, model.quorum)
    rule = (committing.is_valid, some(committing.acceptors))
    return instead(system, rule, verbs=[Verb.COMMIT])


def _adjusts_by_a_minority(model: Membership, system: System) -> System:
    """Any member accepts other votes for all who have one now."""
    committing = _adjusting(model).committing
    rule = (committing.is_valid, some(committing.acceptors))
    return instead(system, rule, verbs=[Verb.ADJUST_VOTES])


def _adjusts_to_a_minority(model: Membership, system: System) -> System:
    return instead(system, (_adjusting(model).is_valid_after, _TRUE), verbs=[Verb.ADJUST_VOTES])


def _adjusting(model: Membership) -> Adjusting:
    if model.state.changing is None:
        raise ValueError("nothing changes the votes")
    return Adjusting(model.state, model.quorum, model.state.changing)


def _joiner_keeps_replica(model: Membership, system: System) -> System:
    return without_updates(system, model.state.current_variable.name, verbs=[Verb.JOIN])


def _joins_strangers(model: Membership, system: System) -> System:
    """It is enough to reach one member."""
    joining = Joining(model.state)
    reaches_one = meets(chosen_members(model.state), joining.reached)
    return instead(system, (joining.reaches_all, reaches_one), verbs=[Verb.JOIN])


def _joins_without_disk(model: Membership, system: System) -> System:
    rule = (model.state.may_belong, model.state.sets.everything)
    return instead(system, rule, verbs=[Verb.FORM, Verb.JOIN])


def _stops_without_asking(model: Membership, system: System) -> System:
    rule = Leaving(model.state, model.quorum).rest_keeps_quorum
    return instead(system, (rule, _TRUE), verbs=[Verb.PLANNED_STOP])


def _crashes_in_passing(model: Membership, system: System) -> System:
    return without_updates(system, model.state.up_variable.name, verbs=[Verb.CRASH])


def _witness_not_written(model: Membership, system: System) -> System:
    witness = model.state.witness
    if witness is None:
        raise ValueError("there is nothing to write to")
    return without_updates(system, witness.current.name, verbs=[Verb.TAKE_WITNESS])


def _forms_as_newest(model: Membership, system: System) -> System:
    forming = Forming(model.state, model.quorum)
    rules = [(forming.is_current, _TRUE)]
    if model.state.witness is not None and not model.state.witness.kind.keeps_configuration:
        rules.insert(0, (forming.tag_allows, _TRUE))
    return instead(system, *rules, verbs=[Verb.FORM])


def _forced_outranks_nobody(model: Membership, system: System) -> System:
    return without_updates(system, model.state.current_variable.name, verbs=[Verb.FORCE])


def _prevented_form(model: Membership, system: System) -> System:
    if model.state.forced_marks is None:
        raise ValueError("nobody forces quorum, and nobody is prevented")
    rule = Forming(model.state, model.quorum).is_not_prevented
    return instead(system, (rule, _TRUE), verbs=[Verb.FORM])


def _forced_for_ever(model: Membership, system: System) -> System:
    marks = model.state.forced_marks
    if marks is None:
        raise ValueError("nobody forces quorum")
    verbs = [verb for verb in (Verb.JOIN, Verb.TAKE_WITNESS) if verb not in model.lacking]
    return without_updates(system, *(mark.name for mark in marks.variables), verbs=verbs)

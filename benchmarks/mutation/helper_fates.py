"""What becomes of mutants of helpers: a claim is proved no more, or a solver shows that every step
is as it was."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import z3

from mutation.difference import difference
from mutation.fates import Fate
from mutation.ground import Ground, ground
from mutation.helpers import Helper, helpers
from mutation.limits import PATIENCE, PROOF
from mutation.proofs import NO_SEARCH, contradict
from mutation.sites import sites
from quorate.inquiry.claim import Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.inquire import Clock
from quorate.system import Always, Formula, Proved, Refuted, System


def chosen(only: str) -> Sequence[int]:
    """The numbers of the helpers with `only` in their name."""
    return [number for number, one in enumerate(helpers()) if only in one.name]


def helper_fate(number: int) -> Fate:
    """What becomes of a mutant: noticed if it is on one site, idle if it is on all of them."""
    started, helper = time.monotonic(), helpers()[number]
    fates = list[Fate]()
    for place in _places(helper.room):
        fates.append(on_site(helper, ground(place)))
        if fates[-1].noticed:
            break
    return replace(_together(helper, fates), seconds=time.monotonic() - started)


def _places(room: str) -> Sequence[int]:
    """The numbers of the sites of the room, those last of which little is claimed."""
    own = [place for place, site in enumerate(sites()) if site.room == room]
    return sorted(own, key=lambda place: sites()[place].is_forced)


def _together(helper: Helper, fates: Sequence[Fate]) -> Fate:
    for one in fates:
        if one.noticed:
            return one
    busy = [one.where for one in fates if not one.idle]
    reasons = dict.fromkeys(one.idle for one in fates)
    words = "" if busy else " or ".join(reasons)
    differs = next((one.differs for one in fates if one.differs), "")
    return Fate(helper.room, helper.part, idle=words, differs=differs, where=", ".join(busy))


def on_site(helper: Helper, ground: Ground) -> Fate:
    """What becomes of it on one site."""
    claims = [claim for claim in ground.site.claims if claim.expectation is Expectation.HOLDS]
    unnoticed = Fate(helper.room, helper.part, where=ground.site.title)
    clock = Clock(PROOF)
    whole = ground.system
    with helper.broken():
        try:
            model = ground.site.circumstances.model()
            system = model.system
            asked = [(claim, claim.make_property(model)) for claim in claims]
            premises = [(claim, claim.make_premise(model)) for claim in claims]
        except (ValueError, LookupError, AttributeError, TypeError, z3.Z3Exception) as error:
            return replace(unnoticed, noticed=f"no model: {type(error).__name__}")
    if _are_the_same(whole, system, None):
        return replace(unnoticed, idle="every step is built as it was")
    inquiry = Inquiry(system, clock.remaining, NO_SEARCH)
    for claim, claimed in sorted(asked, key=lambda one: not isinstance(one[1], Always)):
        clock.restart()
        if not isinstance(inquiry.decide(claimed, claim.deepest), Proved):
            return replace(unnoticed, noticed=f"no proof of {claim.name}")
    if _are_the_same(whole, system, ground):
        return replace(unnoticed, idle="the same steps wherever a run comes")
    patient = Clock(PATIENCE)
    seeker = Inquiry(system, patient.remaining)
    for claim, premise in premises:
        patient.restart()
        if not isinstance(seeker.reach(premise, claim.path, claim.deepest), Refuted):
            return replace(unnoticed, noticed=f"no premise of {claim.name}")
    return replace(unnoticed, differs=difference(whole, system, ground.lemmas))


def _are_the_same(one: System, other: System, ground: Ground | None) -> bool:
    """Both count and begin alike and have the same steps from every state with the invariant that
    is known of the ground; without one only what is built alike is the same."""
    if not all(a.body.eq(b.body) for a, b in zip(one.definitions, other.definitions, strict=True)):
        return False
    if {action.name for action in one.actions} != {action.name for action in other.actions}:
        return False
    if not all(map(z3.eq, one.initial, other.initial)):
        begins = [z3.And(*system.full_initial) for system in (one, other)]
        if ground is None or not contradict(ground.defined(z3.Xor(*begins))):
            return False
    return all(
        z3.is_false(differs)
        or (ground is not None and contradict(*ground.invariant, ground.defined(differs)))
        for action in one.actions
        for differs in _differences(one, other, action.name)
    )


def _differences(one: System, other: System, name: str) -> Iterator[Formula]:
    """A step that only one of them has, and one that leads elsewhere."""
    mine, yours = one.action[name], other.action[name]
    guards = [z3.And(*action.full_guard) for action in (mine, yours)]
    yield z3.BoolVal(False) if guards[0].eq(guards[1]) else z3.Xor(*guards)
    for variable in one.variables:
        terms = [action.updates.get(variable.name, variable.term) for action in (mine, yours)]
        if not terms[0].eq(terms[1]):
            yield z3.And(guards[0], terms[0] != terms[1])

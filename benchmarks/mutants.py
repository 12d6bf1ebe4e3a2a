"""Breaks the model on purpose, one guard or update at a time, and asks whether a claim notices.

    python benchmarks/mutants.py [--write] [--only ACTION]

A mutant is an action without one part of its guard, or without one of its updates, so that the
variable keeps its value. It is noticed where a claim is not as expected any more: its proof is not
found, or its premise is not reached, or what should be refuted is not. Of those that are noticed
it is then tried to show a run that breaks the claim.

A mutant that nobody notices may be none: `idle` says that this was proved, the guard that was
dropped being implied by what is left and the lemmas, or letting in only steps that change nothing,
and the update never having changed anything. What is neither is a survivor. With `--write` the
score replaces the one in docs/benchmarks.md, where each of these is explained by hand.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

import z3
from run import replaced

from quorate.changes import lasso, observer
from quorate.cluster import Cluster, DiskOnly, Requirements, Witness, WitnessKind
from quorate.counting.sets import some
from quorate.engines import bmc
from quorate.engines.induction import inductive
from quorate.errors import EvidenceError
from quorate.evidence.certificate import Obligation, stage_obligations, step_obligations
from quorate.evidence.progress import progress_obligations
from quorate.evidence.replay import replay_refutation
from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.decide import Inquiry
from quorate.inquiry.engines import Engines
from quorate.inquiry.inquire import Clock
from quorate.system import (
    Action,
    Always,
    Ceases,
    EachStep,
    Formula,
    LeadsTo,
    Lemma,
    Progress,
    Property,
    Proved,
    Refuted,
    System,
    Term,
    Trace,
    Unknown,
    Verdict,
    expanded,
)
from quorate.system.terms import constants
from quorate.windows.groups.catalogue import dual_activity_at_once
from quorate.windows.groups.group_state import PHASES
from quorate.windows.membership.catalogue import claims_about
from quorate.windows.models import Assumptions, Membership, Model

ROOT = Path(__file__).resolve().parent.parent
CLUSTERS = ROOT / "proofs" / "clusters"
PAGE = ROOT / "docs" / "benchmarks.md"

PROCESSES = 2
PATIENCE = 20.0
"""Seconds for one question that a mutant must not change the answer of."""
PROOF = 8.0
"""Seconds for a proof; each takes well under one as long as nothing is broken."""
TEETHING = 8.0
"""Seconds for a tooth to bite; those that need more are not tried."""
SEARCH = 3.0
"""Seconds for one search for a run that breaks a claim; such runs are a bonus."""
DEEPEST = 9
ENOUGH = 2
"""So many claims whose proof is lost are looked at."""
TRIES = 3
"""On so many of the systems where proofs do not notice a mutant teeth are tried."""


# The mutants of a system.


@dataclass(frozen=True)
class Mutant:
    """`system` with `action` broken; `part` says what was dropped, in words that are the same for
    every cluster."""

    action: str
    part: str
    system: System
    guard: tuple[Formula, ...] = ()
    """The parts of the guard that were dropped."""
    updates: tuple[str, ...] = ()
    """The variables that are not updated."""
    whole: bool = True
    """All that is told in these words was dropped, and not one of several."""

    @property
    def key(self) -> tuple[str, str]:
        verb = self.action.partition(":")[0]
        return ("site failure" if verb.startswith("site failure") else verb), self.part


def mutants(system: System) -> Iterator[Mutant]:
    """Every action without one part of its guard or without one of its updates, but for those that
    are syntactically as before. What is said of every node, resource or island is one part; an
    update is dropped for each of them alone as well, for that is another state of affairs."""
    for action in system.actions:
        guard = [part for formula in action.guard for part in conjuncts(formula)]
        for text, places in _alike(_guard_texts(action, guard)):
            rest = tuple(part for place, part in enumerate(guard) if place not in places)
            dropped = tuple(guard[place] for place in places)
            broken = with_action(system, replace(action, guard=rest))
            yield Mutant(action.name, f"guard: {text}", broken, guard=dropped)
        names = [
            name
            for name, term in action.updates.items()
            if not z3.simplify(term).eq(system.variable[name].term)
        ]
        for text, places in _alike([_Names(action).plain(name) for name in names]):
            alone = [{place} for place in places] if len(places) > 1 else []
            for some_places in (places, *alone):
                chosen = tuple(names[place] for place in some_places)
                kept = {name: term for name, term in action.updates.items() if name not in chosen}
                broken = with_action(system, replace(action, updates=kept))
                whole = some_places is places
                yield Mutant(action.name, f"update: {text}", broken, updates=chosen, whole=whole)


def _guard_texts(action: Action, guard: Sequence[Formula]) -> list[str]:
    """What each part is told as, empty for one that says nothing here; numbered where two that are
    not the same are told alike although nothing tells them apart."""
    texts: list[str] = []
    seen: list[str] = []
    for part in guard:
        exact = _Names(action, exact=True).told(part)
        seen.append(exact)
        again = f" ({seen.count(exact)})" if seen.count(exact) > 1 else ""
        vacuous = z3.is_true(z3.simplify(part))
        texts.append("" if vacuous else _Names(action).told(part) + again)
    return texts


def _alike(texts: Sequence[str]) -> Iterator[tuple[str, set[int]]]:
    """Each text with all its places."""
    for text in dict.fromkeys(filter(None, texts)):
        yield text, {place for place, other in enumerate(texts) if other == text}


def with_action(system: System, action: Action) -> System:
    """The system with `action` in the place of the one of its name."""
    return replace(
        system, actions=tuple(action if a.name == action.name else a for a in system.actions)
    )


def conjuncts(formula: Formula) -> Iterator[Formula]:
    """Formulas the conjunction of which is `formula`, as small as its form shows: a set that lies
    within two others lies within each of them."""
    if z3.is_and(formula):
        for part in formula.children():
            yield from conjuncts(part)
    elif z3.is_not(formula) and z3.is_or(formula.arg(0)):
        for part in formula.arg(0).children():
            yield from conjuncts(z3.Not(part))
    elif z3.is_implies(formula):
        for part in conjuncts(formula.arg(1)):
            yield z3.Implies(formula.arg(0), part)
    elif is_empty(formula):
        for factors in _alternatives(formula.arg(0)):
            product = factors[0]
            for factor in factors[1:]:
                product = product & factor
            yield product == 0
    else:
        yield formula


def is_empty(formula: Formula) -> bool:
    """Of the form: this set is empty."""
    return bool(
        z3.is_eq(formula) and z3.is_bv_value(formula.arg(1)) and formula.arg(1).as_long() == 0
    )


def _alternatives(members: Term, *, negated: bool = False) -> list[list[Term]]:
    """The union of intersections that `members` is, or its complement."""
    kind = members.decl().kind()
    if kind == z3.Z3_OP_BNOT:
        return _alternatives(members.arg(0), negated=not negated)
    if kind not in (z3.Z3_OP_BAND, z3.Z3_OP_BOR):
        return [[~members if negated else members]]
    found = [_alternatives(child, negated=negated) for child in members.children()]
    if (kind == z3.Z3_OP_BOR) is not negated:
        return [factors for alternatives in found for factors in alternatives]
    product: list[list[Term]] = [[]]
    for alternatives in found:
        product = [[*one, *other] for one in product for other in alternatives]
    return product


@dataclass(frozen=True)
class _Names:
    """How parts of an action are told: without the names of groups, nodes and numbers, so that what
    is the same rule on two clusters has the same words, unless `exact`."""

    action: Action
    exact: bool = False

    def plain(self, name: str) -> str:
        if self.exact:
            return name
        group = self.action.name.partition(": ")[2]
        if name.startswith("group."):
            _, key, rest = name.split(".", 2)
            own = not group or group == f"group.{key}"
            name = rest if own else "other groups"
        name = re.sub(r"^reach\..*", "reach", name)
        return re.sub(r"\.\d+", "", name)

    def told(self, formula: Formula) -> str:
        if z3.is_eq(formula) and _is_phase(formula.arg(0)):
            return f"phase is {PHASES[formula.arg(1).as_long()].value}"
        if z3.is_implies(formula):
            return f"{self.told(formula.arg(1))} if {self.told(formula.arg(0))}"
        if is_empty(formula) and formula.arg(0).decl().kind() == z3.Z3_OP_BAND:
            factors = _alternatives(formula.arg(0))[0]
            inside = [f for f in factors if f.decl().kind() != z3.Z3_OP_BNOT]
            outside = [f.arg(0) for f in factors if f.decl().kind() == z3.Z3_OP_BNOT]
            words = " and ".join(map(self._set, inside)) or "everything"
            return words + (f" within {self._union(outside)}" if outside else " is empty")
        if is_empty(formula):
            return f"no {self._set(formula.arg(0))}"
        if z3.is_distinct(formula) and z3.is_bv_value(formula.arg(1)):
            return f"some {self._set(formula.arg(0))}"
        return f"that about {self._reads(formula)}"

    def _set(self, members: Term) -> str:
        if z3.is_const(members) and not z3.is_bv_value(members):
            return self.plain(members.decl().name())
        reads = self._reads(members)
        return f"f({reads})" if reads else "a fixed set"

    def _union(self, sets: Sequence[Term]) -> str:
        if all(z3.is_const(members) for members in sets):
            return " or ".join(dict.fromkeys(map(self._set, sets)))
        return f"f({self._reads(*sets)})"

    def _reads(self, *terms: Term) -> str:
        names = {self.plain(name) for name in constants(*terms)}
        if not self.exact:
            names = {"witness" if name.startswith("witness.") else name for name in names}
            # Where an operator may force quorum or pause nodes, rules read this as well.
            names = names - {"forced", "paused"} or names
        return ", ".join(sorted(names))


def _is_phase(term: Term) -> bool:
    return bool(z3.is_const(term) and term.decl().name().endswith(".phase"))


# The systems, and the claims about them.


@dataclass(frozen=True)
class Site:
    """Claims under the same assumptions about the same cluster, and so about the same system."""

    title: str
    claims: tuple[Claim, ...]

    @property
    def model(self) -> str:
        return "membership" if isinstance(self.claims[0].assumptions, Assumptions) else "groups"


@cache
def sites() -> tuple[Site, ...]:
    """Small systems in which every action happens."""
    return (*_membership_sites(), *_group_sites())


def _membership_sites() -> Iterator[Site]:
    for file in (
        "three-nodes",
        "two-nodes-disk",
        "two-nodes-share",
        "disk-only",
        "four-two-sites-third-share",
    ):
        read = read_cluster(CLUSTERS / f"{file}.toml")
        yield from sites_of(read.cluster, read.requirements, file, "membership")


def _group_sites() -> Iterator[Site]:
    read = {
        file: read_cluster(CLUSTERS / f"{file}.toml").cluster
        for file in (
            "web-pair",
            "file-server",
            "sql-two-subnets",
            "failback-at-night",
            "print-server",
            "hyper-v",
        )
    }
    web, booking = read["web-pair"], read["failback-at-night"]
    archive, mail = _with(read["hyper-v"], "ARCHIVE"), _with(read["hyper-v"], "MAIL1")
    apart = _with(read["hyper-v"], "DC1", "DC2")
    disk = Witness("Q:", WitnessKind.DISK, booking.node_names[:2])
    found = {
        "web-pair, fenced": replace(web, fencing=True),
        "hyper-v, ARCHIVE": archive,
        "hyper-v, MAIL1": mail,
        "file-server": read["file-server"],
        "sql-two-subnets": read["sql-two-subnets"],
        "failback-at-night": booking,
        "failback-at-night, disk only": replace(booking, rule=DiskOnly(), witness=disk),
        "failback-at-night, on two nodes": _on_two_nodes(booking),
        "hyper-v, DC1 and DC2": apart,
        "hyper-v, DC1 and DC2, enforced": replace(apart, enforced_anti_affinity=True),
        "print-server, enforced": replace(read["print-server"], enforced_anti_affinity=True),
    }
    for title, cluster in found.items():
        for site in sites_of(cluster, Requirements(), title, "groups"):
            # With enforced anti-affinity it is refuted: two groups make way for each other, and one
            # spends its call home on the second best node.
            yield replace(
                site,
                claims=tuple(
                    claim
                    for claim in site.claims
                    if not (cluster.enforced_anti_affinity and claim.name == "failback-happens")
                ),
            )


def _with(cluster: Cluster, *names: str) -> Cluster:
    """The cluster with these groups only."""
    return replace(cluster, groups=tuple(g for g in cluster.groups if g.name in names))


def _on_two_nodes(cluster: Cluster) -> Cluster:
    """The last resource of each group is possible on the first two nodes only."""
    two = cluster.node_names[:2]
    return replace(
        cluster,
        groups=tuple(
            replace(
                group,
                resources=(
                    *group.resources[:-1],
                    replace(group.resources[-1], possible_owners=two),
                ),
                preferred_owners=two,
            )
            for group in cluster.groups
        ),
    )


def sites_of(
    cluster: Cluster, requirements: Requirements, title: str, model: str
) -> Iterator[Site]:
    """The systems that the claims about a cluster speak of, as far as they are of that model."""
    claims = [
        *claims_about(cluster, requirements),
        *(dual_activity_at_once(cluster, group) for group in cluster.groups),
    ]
    order = list(dict.fromkeys(claim.assumptions for claim in claims))
    claims.sort(key=lambda claim: order.index(claim.assumptions))
    for number, (_, alike) in enumerate(groupby(claims, key=lambda claim: claim.assumptions), 1):
        site = Site(f"{title} {number}", tuple(alike))
        if site.model == model:
            yield site


# What is known of a system before it is broken.


@dataclass(frozen=True)
class Expected:
    """A claim about the whole system, its proof or the run that refutes it, and a run to its
    premise."""

    claim: Claim
    property: Property
    proof: tuple[Lemma, ...]
    refutation: Trace | None
    premise: Trace | None


@dataclass(frozen=True)
class Ground:
    """A site before anything is broken. Raises `RuntimeError` for a claim that is not as expected
    to begin with."""

    site: Site

    def inquiry(self, system: System | None = None) -> Inquiry:
        """Questions about the site's model, or about the same model with another system."""
        first = self.site.claims[0]
        inquiry = Inquiry(first.cluster, first.assumptions, Clock(PATIENCE).remaining)
        if system is not None:
            # What is cached on a frozen value is what it says of itself.
            inquiry.model.__dict__["system"] = system
        return inquiry

    @cached_property
    def whole(self) -> Inquiry:
        return self.inquiry()

    @property
    def system(self) -> System:
        return self.whole.system

    @cached_property
    def mutants(self) -> dict[tuple[str, str], list[Mutant]]:
        found: dict[tuple[str, str], list[Mutant]] = {}
        for mutant in mutants(self.system):
            found.setdefault(mutant.key, []).append(mutant)
        return found

    @cached_property
    def expected(self) -> list[Expected]:
        return [self._expected(claim) for claim in self.site.claims]

    def _expected(self, claim: Claim) -> Expected:
        self.whole.remaining_seconds = Clock(3 * PATIENCE).remaining
        asked = claim.make_property(self.whole.model)
        if _is_refuted(claim):
            refuted = self.whole.refute(asked, claim.deepest)
            if isinstance(refuted, Refuted):
                return Expected(claim, asked, (), refuted.trace, None)
            raise RuntimeError(f"{self.site.title}: {claim.title} is {refuted}")
        proved = self.whole.decide(asked, claim.deepest)
        premise = self.whole.reach(claim.make_premise(self.whole.model), claim.path, claim.deepest)
        if isinstance(proved, Proved) and isinstance(premise, Refuted):
            return Expected(claim, asked, proved.invariant, None, premise.trace)
        raise RuntimeError(f"{self.site.title}: {claim.title} is {proved}, premise {premise}")

    @cached_property
    def teeth(self) -> list["Tooth"]:
        """The broken twins that are refuted in the time given, with their systems and runs."""
        found = []
        for claim in self.site.claims:
            for deviation in claim.teeth:
                twin = claim.twin(deviation)
                inquiry = Inquiry(twin.cluster, twin.assumptions, Clock(TEETHING).remaining)
                asked = twin.make_property(inquiry.model)
                refuted = inquiry.refute(asked, twin.deepest)
                if isinstance(refuted, Refuted):
                    words = f"no tooth of {claim.name}: {deviation.value}"
                    found.append(Tooth(twin, inquiry.system, asked, refuted.trace, words))
        return found

    @cached_property
    def invariant(self) -> tuple[Formula, ...]:
        """What holds of every state that the unbroken system reaches, definitions looked into."""
        remaining = Clock(3 * PATIENCE).remaining
        offered = (*self.system.offered, *_more_lemmas(self.whole.model))
        found = inductive(self.system, offered, remaining)
        return tuple(self.defined(lemma.formula) for lemma in found)

    def defined(self, formula: Formula) -> Formula:
        return expanded(self.system.definitions, formula)


def _more_lemmas(model: Model) -> Iterator[Lemma]:
    """What is true as well, needed by no claim."""
    if isinstance(model, Membership) and model.state.has_witness:
        held = some(model.state.holder)
        known = z3.Implies(held, model.state.witness_current)
        yield Lemma("a witness that is held is current", known, 9)


@dataclass(frozen=True)
class Tooth:
    """A claim about a broken twin, the twin's system, and the run that refutes it; in words, that
    it does not bite."""

    twin: Claim
    system: System
    property: Property
    trace: Trace
    words: str

    @cached_property
    def mutants(self) -> list[Mutant]:
        return list(mutants(self.system))


@cache
def ground(number: int) -> Ground:
    return Ground(sites()[number])


# What becomes of a mutant.


@dataclass(frozen=True)
class Fate:
    """What a mutant came to: by which claim it is noticed and how, the run that breaks a claim, and
    of one that nobody notices why it is idle, as far as that is proved."""

    model: str
    key: tuple[str, str]
    noticed: str = ""
    refuted: str = ""
    idle: str = ""
    where: str = ""
    seconds: float = 0.0


def fate(ground: Ground, mutant: Mutant) -> Fate:
    """What becomes of the mutant on this site, teeth and what is idle not considered."""
    result = Fate(ground.site.model, mutant.key, where=ground.site.title)
    lost = _lost_proofs(ground, mutant)
    if lost:
        noticed = f"no proof of {lost[0].claim.name}"
        return replace(result, noticed=noticed, refuted=_broken_run(ground, mutant, lost))
    return replace(result, noticed=_missed(ground, mutant))


def _lost_proofs(ground: Ground, mutant: Mutant) -> list[Expected]:
    """Claims that are proved of the whole system and no more of the mutant, those that are easily
    refuted first; a few of them if there are many."""
    proved = [e for e in ground.expected if e.refutation is None]
    proved.sort(key=lambda one: not isinstance(one.property, Always))
    doubtful = _doubtful(mutant, proved)
    if not doubtful:
        return []
    inquiry = ground.inquiry(mutant.system)
    inquiry.engines = Engines(search=_no_search, search_steps=_no_search, search_lassos=_no_search)
    lost = []
    for one in doubtful:
        inquiry.remaining_seconds = Clock(PROOF).remaining
        asked = one.claim.make_property(inquiry.model)
        if not isinstance(inquiry.decide(asked, one.claim.deepest), Proved):
            lost.append(one)
        if len(lost) == ENOUGH:
            break
    return lost


def _no_search(*_: object) -> Unknown:
    return Unknown("no search was made", "none")


def _doubtful(mutant: Mutant, proved: Sequence[Expected]) -> list[Expected]:
    """Those whose proofs the mutant does not meet. Only what is to be shown of its action differs
    from before."""
    action = mutant.system.action[mutant.action]
    alone = replace(mutant.system, actions=(action,))
    stages = sorted({lemma.stage for one in proved for lemma in one.proof})
    longest = max((one.proof for one in proved), key=len, default=())
    broken = [
        stage
        for stage in stages
        if not all(
            _is_met(o)
            for o in stage_obligations(alone, longest, stage)
            if o.name.startswith("consecution")
        )
    ]
    return [
        one
        for one in proved
        if any(lemma.stage in broken for lemma in one.proof)
        or not all(_is_met(o) for o in _of_step(mutant, one))
    ]


def _of_step(mutant: Mutant, one: Expected) -> Iterator[Obligation]:
    """What is to be shown of the mutant's action where the claim is one about steps, or about what
    happens, or ceases, in the end."""
    alone, asked = (mutant.action,), one.property
    match asked:
        case EachStep() if mutant.action in asked.formulas:
            step = replace(asked, formulas={mutant.action: asked.formulas[mutant.action]})
            found = step_obligations(mutant.system, step, one.proof)
            yield from (o for o in found if not o.name.startswith("theorem"))
            return
        case LeadsTo() if mutant.action in asked.calm:
            fair = alone if mutant.action in asked.fair else ()
            own: Progress = replace(asked, calm=alone, fair=fair)
        case Ceases() if mutant.action in asked.allowed:
            own = replace(asked, allowed=alone, counted=alone * (mutant.action in asked.counted))
        case _:
            return
    for obligation in progress_obligations(mutant.system, own, one.proof):
        if obligation.name == f"progress by {mutant.action}":
            yield obligation
    if isinstance(asked, LeadsTo) and mutant.action in asked.fair:
        whole = progress_obligations(mutant.system, asked, one.proof)
        yield next(o for o in whole if o.name == "some fair step is possible")


def _is_met(obligation: Obligation) -> bool:
    return _contradict(*obligation.formulas)


def _contradict(*formulas: Formula) -> bool:
    solver = z3.SimpleSolver()
    solver.set("timeout", int(1000 * PATIENCE))
    solver.add(*formulas)
    return bool(solver.check() == z3.unsat)


def _broken_run(ground: Ground, mutant: Mutant, lost: Sequence[Expected]) -> str:
    """The claim that a run of the mutant breaks, and in how many steps, as far as one is found."""
    inquiry = ground.inquiry(mutant.system)
    known = inquiry.known
    for one in lost:
        asked = one.claim.make_property(inquiry.model)
        deepest = min(DEEPEST, one.claim.deepest)
        found = _searched(mutant.system, asked, deepest, known)
        if isinstance(found, Refuted) and _shows(mutant.system, found.trace, asked):
            return f"{one.claim.name} in {len(found.trace)}"
    return ""


def _searched(system: System, asked: Property, deepest: int, known: Sequence[Lemma]) -> Verdict:
    seconds = Clock(SEARCH).remaining
    match asked:
        case Always():
            return bmc.search(system, asked, deepest, seconds, known)
        case EachStep():
            return observer.search(system, asked, deepest, seconds, known)
        case LeadsTo() | Ceases():
            return lasso.search(system, asked, deepest, seconds, known)


def _shows(system: System, trace: Trace, asked: Property) -> bool:
    """The trace is a run of the system that breaks the property."""
    try:
        replay_refutation(system, trace, asked)
    except EvidenceError:
        return False
    return True


def _missed(ground: Ground, mutant: Mutant) -> str:
    """The premise that the mutant does not reach, or the claim that it does not refute although it
    should. A run in which its action does not happen is one of the mutant's as well."""
    inquiry = ground.inquiry(mutant.system)
    reached = set[str]()
    for one in ground.expected:
        trace = one.premise or one.refutation
        if trace is None or all(step.action != mutant.action for step in trace.steps):
            continue
        inquiry.remaining_seconds = Clock(PATIENCE).remaining
        if one.refutation is not None:
            asked = one.claim.make_property(inquiry.model)
            shown = _shows(mutant.system, trace, asked)
            if not shown and not isinstance(inquiry.refute(asked, one.claim.deepest), Refuted):
                return f"{one.claim.name} is not refuted"
            continue
        premise = one.claim.make_premise(inquiry.model)
        if premise.name in reached:
            continue
        shown = _shows(mutant.system, trace, Always("never", z3.Not(premise.formula)))
        path, deepest = one.claim.path, one.claim.deepest
        if not shown and not isinstance(inquiry.reach(premise, path, deepest), Refuted):
            return f"no premise of {one.claim.name}"
        reached.add(premise.name)
    return ""


def _toothless(ground: Ground, mutant: Mutant) -> str:
    """The tooth that does not bite any more when its twin is broken in the same place as well."""
    for tooth in ground.teeth:
        if all(step.action != mutant.action for step in tooth.trace.steps):
            continue
        for same in tooth.mutants:
            if not same.whole or (same.action, same.part) != (mutant.action, mutant.part):
                continue
            if _shows(same.system, tooth.trace, tooth.property):
                continue
            twin = tooth.twin
            inquiry = Inquiry(twin.cluster, twin.assumptions, Clock(PATIENCE).remaining)
            inquiry.model.__dict__["system"] = same.system
            asked = twin.make_property(inquiry.model)
            if not isinstance(inquiry.refute(asked, twin.deepest), Refuted):
                return tooth.words
    return ""


def idle(ground: Ground, mutant: Mutant) -> str:
    """Why the mutant does nothing that the whole system does not do, as far as that is proved."""
    system = ground.system
    action, broken = system.action[mutant.action], mutant.system.action[mutant.action]
    before = [*ground.invariant, *map(ground.defined, broken.full_guard)]
    if mutant.updates:
        moved = [system.variable[n].term != action.updates[n] for n in mutant.updates]
        same = _contradict(*before, ground.defined(z3.Or(*moved)))
        return "it never changes anything" if same else ""
    outside = [*before, ground.defined(z3.Not(z3.And(*mutant.guard)))]
    if _contradict(*outside):
        return "implied by the rest"
    moved = [system.variable[name].term != term for name, term in action.updates.items()]
    if _contradict(*outside, ground.defined(z3.Or(*moved))):
        return "without it also steps that change nothing"
    return ""


# All of them.


def fate_anywhere(key: tuple[str, str], numbers: Sequence[int]) -> Fate:
    """What becomes of the mutants of this key on the sites of these numbers: noticed if one is."""
    started = time.monotonic()
    noticed = _seen(key, numbers, whole=True) or _seen(key, numbers, whole=False)
    noticed = noticed or _seen_by_teeth(key, numbers)
    return replace(noticed, seconds=time.monotonic() - started)


def _seen(key: tuple[str, str], numbers: Sequence[int], *, whole: bool) -> Fate | None:
    """What becomes of mutants that proofs or premises notice; of a run that breaks a claim it is
    enough to have looked for on a few sites. `whole` says which mutants of a site are meant."""
    noticed: Fate | None = None
    for number in numbers:
        found = [m for m in ground(number).mutants[key] if m.whole is whole]
        fates = [fate(ground(number), mutant) for mutant in found]
        refuted = [one for one in fates if one.refuted]
        if refuted:
            return refuted[0]
        again = noticed is not None
        noticed = noticed or next((one for one in fates if one.noticed), None)
        if again:
            break
    return noticed


def _seen_by_teeth(key: tuple[str, str], numbers: Sequence[int]) -> Fate:
    """What becomes of mutants that neither proofs nor premises notice. A tooth may notice even what
    is idle as long as no rule is broken."""
    model, reasons = ground(numbers[0]).site.model, set[str]()
    busy: list[str] = []
    for visited, number in enumerate(numbers):
        (mutant, *_) = ground(number).mutants[key]
        reason, site = idle(ground(number), mutant), ground(number).site
        toothless = _toothless(ground(number), mutant) if visited < TRIES else ""
        if toothless:
            return Fate(model, key, toothless, where=site.title)
        if reason:
            reasons.add(reason)
        else:
            busy.append(site.title)
        if busy and visited >= TRIES:
            break
    words = "" if busy else " or ".join(sorted(reasons))
    return Fate(model, key, idle=words, where=", ".join(busy))


def keys(only: str = "") -> dict[tuple[str, tuple[str, str]], list[int]]:
    """Every mutant, by model and key, and the numbers of the sites that have it."""
    found: dict[tuple[str, tuple[str, str]], list[int]] = {}
    for number, site in enumerate(sites()):
        for key in ground(number).mutants:
            if only in key[0]:
                found.setdefault((site.model, key), []).append(number)
    # Where quorum may be forced, hardly anything is left to claim.
    forced = {n for n, site in enumerate(sites()) if any(map(_is_refuted, site.claims))}
    return {
        key: [n for n in numbers if n not in forced] or numbers for key, numbers in found.items()
    }


def _is_refuted(claim: Claim) -> bool:
    return claim.expectation is Expectation.REFUTED


def all_fates(only: str, said: Callable[[str], None]) -> list[Fate]:
    """The fate of every mutant, asked in a few processes."""
    waiting = keys(only)
    said(f"{len(waiting)} mutants on {len(sites())} systems")
    found: list[Fate] = []
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(fate_anywhere, key, where) for (_, key), where in waiting.items()]
        for done in as_completed(asked):
            try:
                one = done.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            found.append(one)
            outcome = one.refuted or one.noticed or one.idle or "SURVIVES"
            said(
                f"{len(found)}/{len(asked)} {one.seconds:.1f} s "
                f"{one.model}: {one.key[0]}: {one.key[1]}: {outcome} [{one.where}]"
            )
    order = list(waiting)
    return sorted(found, key=lambda one: order.index((one.model, one.key)))


def score(fates: Sequence[Fate]) -> Iterator[str]:
    """The score as a table in Markdown."""
    head = ("model", "mutants", "noticed", "of these refuted by a run", "idle", "survive")
    yield "| " + " | ".join(head) + " |\n"
    yield "| --- |" + " ---: |" * (len(head) - 1) + "\n"
    for model in ("membership", "groups"):
        for kind in ("guard", "update"):
            own = [f for f in fates if f.model == model and f.key[1].startswith(kind)]
            noticed = [f for f in own if f.noticed]
            idlers = [f for f in own if not f.noticed and f.idle]
            numbers = (
                len(own),
                len(noticed),
                sum(bool(f.refuted) for f in noticed),
                len(idlers),
                len(own) - len(noticed) - len(idlers),
            )
            yield f"| {model}, {kind}s | " + " | ".join(map(str, numbers)) + " |\n"


def unnoticed(fates: Sequence[Fate]) -> Iterator[str]:
    """Who is not noticed, one a line, and why as far as it is proved."""
    for one in fates:
        if not one.noticed:
            why = one.idle or f"SURVIVES on {one.where}"
            yield f"{one.model} | {one.key[0]} | {one.key[1]} | {why}\n"


def explained(page: str) -> set[tuple[str, str, str]]:
    """The survivors that the page explains, by model, action and part: in the tables that follow
    the headings of the two models, a row for one part of one action or of several."""
    found: set[tuple[str, str, str]] = set()
    model = ""
    for line in page.splitlines():
        if line.startswith("#"):
            model = line.removeprefix("### Survivors: ") if "Survivors: " in line else ""
        row = re.match(r"\| (.+?) \| ((?:guard|update): .+?) \| ", line)
        if model and row:
            found |= {(model, action, row[2]) for action in row[1].split(", ")}
    return found


def disagreements(fates: Sequence[Fate], page: str) -> Iterator[str]:
    """Survivors without an explanation, and explanations of what survives no more."""
    told = explained(page)
    surviving = {(f.model, *f.key) for f in fates if not f.noticed and not f.idle}
    for one in sorted(surviving - told):
        yield f"docs/benchmarks.md does not explain {': '.join(one)}\n"
    for one in sorted(told - surviving):
        yield f"docs/benchmarks.md explains what does not survive: {': '.join(one)}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Break the model and see whether a claim notices.")
    parser.add_argument("--write", action="store_true", help="the score, into docs/benchmarks.md")
    parser.add_argument("--only", default="", help="mutants of actions with this in their name")
    options = parser.parse_args()
    if options.write and options.only:
        parser.error("a score of some actions is not the score")
    fates = all_fates(options.only, lambda line: print(line, file=sys.stderr, flush=True))
    text = "".join(score(fates))
    print(f"{text}\n{''.join(unnoticed(fates))}")
    page = PAGE.read_text(encoding="utf-8")
    if not options.only:
        print("".join(disagreements(fates, page)), end="")
    if options.write:
        PAGE.write_text(replaced(page, "mutants", text), encoding="utf-8")


if __name__ == "__main__":
    main()

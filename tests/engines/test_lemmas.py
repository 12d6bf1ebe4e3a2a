"""Offered lemmas: each is worth its place, and none is believed."""

from dataclasses import replace

import pytest
import z3

from corpus.cases import DISK, ONLY, OUTDATED, SHARE, SPLIT, cluster, lasting, run
from corpus.toys import both_three, counter, equal, not_at, twins
from quorate.cluster import Cluster, DiskOnly, Node, Site, WindowsVersion, Witness, WitnessKind
from quorate.engines import induction
from quorate.errors import EvidenceError
from quorate.evidence.judge import Judge
from quorate.evidence.owed import Owed
from quorate.evidence.progress import progress_obligations
from quorate.system import LeadsTo, Lemma, Proved, System
from quorate.windows.membership.model import Membership
from quorate.windows.membership.properties import recovers, survives


def hour() -> float:
    return 3600.0


def spread(rule, sites: str) -> Cluster:
    """A node for each letter, standing in the site of that letter."""
    kind = rule.witness_kind
    names = "ABCDEF"[: len(sites)]
    return Cluster(
        f"{rule.mode} over {sites}",
        tuple(Node(name, 1, site) for name, site in zip(names, sites, strict=True)),
        rule,
        Witness("W", kind, tuple(names)) if kind else None,
        tuple(Site(site) for site in sorted(set(sites))),
        version=WindowsVersion.WINDOWS_2008,
    )


THREE_PLACES = spread(DiskOnly(), "XYZZ")
assert THREE_PLACES.witness.kind is WitnessKind.DISK

NEEDED = [
    ("only nodes that are up run", cluster(2, DISK), run(), SPLIT),
    ("one island runs", cluster(2), run(), SPLIT),
    ("what runs has a majority", cluster(2), run(), SPLIT),
    ("who holds the witness runs and reaches it", cluster(2, DISK), run(), SPLIT),
    ("what runs knows the latest configuration", cluster(2, SHARE), run(), recovers),
    ("the latest configuration is stored by a majority", cluster(2), run(), OUTDATED),
    ("nothing changes before the first fault", cluster(2, DISK), lasting(witness=1), survives),
    ("each crash or isolation takes one node", cluster(5), lasting(crash=2), survives),
    ("whoever runs reaches the witness", cluster(4, SHARE), lasting(isolation=2), survives),
    ("a site runs as a whole or is down as a whole", THREE_PLACES, lasting(site=2), survives),
    ("each site that is down has failed", THREE_PLACES, lasting(site=2), survives),
]

NEEDED_TOGETHER = [
    # Either says that the witness is up: who holds it sees to that (the lemma about the holder).
    (("the witness works", "the witness is held"), cluster(4, DISK), lasting(crash=2), survives),
]

NEVER_NEEDED = {
    "only nodes with a cable reach the witness",
    "a working witness is held",
    "who holds the witness knows what it remembers",
    "the witness works while its site does",
    "no path to the witness is lost",
    "the cluster runs",
}
"""Lemmas without which everything was still proved that was tried (some fifty claims on clusters of
2 to 6 nodes). Perhaps they only save time; see that none is added to this list unseen."""


def proved(system: System, claim) -> bool:
    known = induction.inductive(system, system.offered, hour)
    if isinstance(claim, LeadsTo):
        return not unmet(system, progress_obligations(system, claim, known))
    return isinstance(induction.prove(system, claim, known, hour), Proved)


def unmet(system: System, obligations) -> EvidenceError | None:
    try:
        Judge(system.definitions).check(obligations, hour)
    except EvidenceError as error:
        return error
    return None


def without(system: System, *names: str) -> System:
    kept = tuple(lemma for lemma in system.lemmas if lemma.name not in names)
    assert len(kept) <= len(system.lemmas) - len(names), "no such lemma"
    return replace(system, lemmas=kept)


@pytest.mark.parametrize(
    ("names", "of", "assumed", "make_property"),
    [((name,), *rest) for name, *rest in NEEDED] + NEEDED_TOGETHER,
    ids=lambda value: " and ".join(value) if isinstance(value, tuple) else "",
)
def test_a_claim_is_proved_with_a_lemma_and_not_without(names, of, assumed, make_property):
    model = Membership(of, assumed)
    claim = make_property(model)
    assert proved(model.system, claim)
    assert not proved(without(model.system, *names), claim)


def test_every_lemma_that_the_model_offers_is_spoken_of_here():
    said = {name for name, *_ in NEEDED} | {n for names, *_ in NEEDED_TOGETHER for n in names}
    offered = {
        lemma.name
        for of, assumed in (
            (cluster(4, DISK), lasting(crash=2, site=1)),
            (replace_witness_site(THREE_PLACES, "X"), lasting(site=1)),
            (cluster(2, ONLY), run()),
        )
        for lemma in Membership(of, assumed).system.lemmas
    }
    assert offered == said | NEVER_NEEDED


def replace_witness_site(of: Cluster, site: str) -> Cluster:
    return replace(of, witness=replace(of.witness, site=site))


def test_a_lemma_that_is_not_inductive_is_dropped_and_not_assumed():
    """left and right are not both below 3 for ever, so nothing may lean on it."""
    left = twins().variable["left"].term
    false = Lemma("left stays small", z3.ULT(left, 3))
    system = twins(false, equal())
    assert induction.inductive(system, system.lemmas, hour) == (equal(),)
    assert not proved(system, not_at(system, 3, "left"))


def test_a_lemma_that_is_false_at_first_is_dropped():
    left = twins().variable["left"].term
    system = twins(Lemma("left is 4", left == 4), equal())
    assert induction.inductive(system, system.lemmas, hour) == (equal(),)


def test_a_lemma_that_leans_on_a_dropped_one_is_dropped_with_it():
    """ "right is not 3" is kept by every step from where left is below 2, and only there."""
    system = twins()
    left, right = system.variable["left"].term, system.variable["right"].term
    small = Lemma("left stays below 2", z3.ULT(left, 2))
    leaning = Lemma("right is below 3", z3.ULT(right, 3))
    both = Lemma("right keeps up with left", z3.ULE(right, left))
    offered = (small, leaning, both)
    assert induction.inductive(twins(*offered), offered, hour) == ()


def test_the_property_itself_may_be_the_lemma_that_was_missing():
    system = counter()
    assert induction.inductive(system, (), hour) == ()
    verdict = induction.prove(system, not_at(system, 6), (), hour)
    assert isinstance(verdict, Proved)
    assert [lemma.name for lemma in verdict.invariant] == ["count is not 6"]


def test_a_lemma_that_is_dropped_leaves_a_proof_that_its_certificate_confirms():
    left = twins().variable["left"].term
    system = twins(Lemma("left stays small", z3.ULT(left, 3)), equal())
    known = induction.inductive(system, system.lemmas, hour)
    verdict = induction.prove(system, both_three(system), known, hour)
    assert isinstance(verdict, Proved)
    obligations = Owed(system).invariant(verdict.invariant)
    Judge(system.definitions).check(obligations, hour)


def test_no_time_proves_nothing():
    model = Membership(cluster(2), run())
    over = model.system.offered
    assert induction.inductive(model.system, over, lambda: 0.0) == ()
    assert not isinstance(induction.prove(model.system, SPLIT(model), (), lambda: 0.0), Proved)

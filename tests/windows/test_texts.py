"""What certificates hold of the models: each system and each claim of the catalogue, as it is read
back, is the same, and owes the same."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from corpus.cases import BROKEN, FORCED, SOUND, STEPS, SURVIVAL, UNREAD
from quorate.evidence.binding import Bound, bound
from quorate.evidence.obligation import Obligation
from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Circumstances
from quorate.system import Property, System
from quorate.system.reading import property_of
from quorate.windows.catalogue import claims_about

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"
FILES = [
    "three-nodes",
    "four-two-sites-share",
    "disk-only",
    "file-server",
    "web-pair",
    "print-server",
]


def texts(asked: Bound, obligations: Iterable[Obligation]) -> list[str]:
    return [one.to_smt2(asked.scribe.writer) for one in obligations]


def of_lemmas(asked: Bound) -> list[str]:
    """What is owed for what every claim may lean on, stage by stage."""
    offered = asked.system.offered
    stages = sorted({lemma.stage for lemma in offered})
    leaned_on = [tuple(x for x in offered if x.stage <= stage) for stage in stages]
    return texts(asked, [asked.owed.start, *chain(*map(asked.owed.stage, leaned_on))])


def of_claim(asked: Bound, claim: Property) -> list[str]:
    return texts(asked, asked.owed.claim(claim, asked.system.offered))


def assert_same(system: System, claims: list[Property]) -> None:
    asked = Bound(system)
    again = bound(asked.text)
    # What a certificate leans on it brings itself.
    leaned_on = Bound(replace(again.system, lemmas=system.lemmas))
    assert of_lemmas(leaned_on) == of_lemmas(asked)
    for claim in claims:
        data = asked.scribe.property(claim)
        read = property_of(data, again.system)
        assert leaned_on.scribe.property(read) == data
        assert of_claim(leaned_on, read) == of_claim(asked, claim)


CASES = list(
    {str(case): case for case in (*SOUND, *BROKEN, *FORCED, *STEPS, *SURVIVAL, *UNREAD)}.values()
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_system_of_the_corpus_is_read_back(case) -> None:
    assert_same(case.model.system, [case.make_property(case.model)])


@pytest.mark.parametrize("file", FILES)
def test_every_claim_of_the_catalogue_is_read_back(file: str) -> None:
    read = read_cluster(CLUSTERS / f"{file}.toml")
    made: dict[Circumstances, list[Claim]] = {}
    for claim in claims_about(read.cluster, read.requirements):
        made.setdefault(claim.circumstances, []).append(claim)
    for circumstances, claims in made.items():
        model = circumstances.model()
        assert_same(model.system, [claim.make_property(model) for claim in claims])

"""What certificates hold of the models: each system and each claim of the catalogue, as it is read
back, is the same, and owes the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.cases import BROKEN, FORCED, SOUND, STEPS, SURVIVAL
from quorate.evidence.binding import Bound, bound
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


def texts_of(asked: Bound, claim: Property) -> list[str]:
    writer = asked.scribe.writer
    return [one.to_smt2(writer) for one in asked.owed.everything(claim, asked.system.offered)]


def assert_same(system: System, claims: list[Property]) -> None:
    asked = Bound(system)
    again = bound(asked.text)
    # What a certificate leans on it brings itself.
    leaned_on = Bound(replace(again.system, lemmas=system.lemmas))
    for claim in claims:
        data = asked.scribe.property(claim)
        read = property_of(data, again.system)
        assert leaned_on.scribe.property(read) == data
        assert texts_of(leaned_on, read) == texts_of(asked, claim)


CASES = list({str(case): case for case in (*SOUND, *BROKEN, *FORCED, *STEPS, *SURVIVAL)}.values())


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

"""The catalogue on the clusters of proofs/ that have at most five nodes: what is claimed holds, and
every premise can happen but those of `NEVER`."""

from pathlib import Path

import pytest

from quorate.importers import read_cluster
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Asked, Finding, ProofFound, questions_about
from quorate.inquiry.inquire import inquire
from quorate.system import Unknown
from quorate.windows.membership.catalogue import claims_about_membership

FOLDER = Path(__file__).resolve().parents[3] / "proofs" / "clusters"
NEVER = {
    # Each stop would cost the quorum and is refused; without both nothing is ever changed.
    ("two-nodes", "planned-stop-keeps-quorum, premise"),
    ("two-nodes", "no-partition-in-time, premise"),
}
TWINS = {"four-two-sites-share"}
"""Much like another one, and slow."""
SMALL = [
    file
    for file in sorted(FOLDER.glob("*.toml"))
    if file.stem not in TWINS
    and len(read_cluster(file).cluster.nodes) <= 5
    and not read_cluster(file).cluster.groups
]


def findings(file: Path) -> list[Finding]:
    read = read_cluster(file)
    found = []
    groups: dict[object, list] = {}
    for claim in claims_about_membership(read.cluster, read.requirements):
        for question in questions_about(claim, thorough=False):
            groups.setdefault(question.claim.circumstances, []).append(question)
    for questions in groups.values():
        found += inquire(questions, 600.0, certify=False)
    return found


def test_there_are_small_clusters_of_every_mode():
    assert {read_cluster(file).cluster.rule.mode for file in SMALL} == {
        "node-majority",
        "node-and-disk-majority",
        "node-and-file-share-majority",
        "node-and-cloud-majority",
        "disk-only",
    }


@pytest.mark.parametrize("file", SMALL, ids=lambda file: file.stem)
def test_every_claim_and_premise_is_as_expected(file):
    found = findings(file)
    never = {title for stem, title in NEVER if stem == file.stem}
    assert {f.question.title for f in found if f.as_expected is not True} == never
    for finding in found:
        question = finding.question
        if question.title in never:
            continue
        if question.asked is Asked.CLAIM and question.claim.expectation is Expectation.HOLDS:
            assert isinstance(finding.answer, ProofFound)
        elif question.claim.expectation is Expectation.OPEN and question.asked is Asked.CLAIM:
            assert not isinstance(finding.answer, Unknown)
        else:
            assert finding.trace is not None
    assert {finding.question.asked for finding in found} == {Asked.CLAIM, Asked.PREMISE}

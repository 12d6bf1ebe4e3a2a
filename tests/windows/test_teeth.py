"""Every claim of the catalogue has a tooth, and every rule that can be broken is one's tooth."""

from pathlib import Path

import pytest

from quorate.importers import read_cluster
from quorate.inquiry.finding import Asked, Question, questions_about
from quorate.inquiry.inquire import inquire
from quorate.inquiry.load import load_claims
from quorate.windows import groups, membership
from quorate.windows.catalogue import claims_about

PROOFS = Path(__file__).resolve().parents[2] / "proofs"
CLAIMS = tuple(load_claims(PROOFS))
TEETH = [
    question
    for claim in CLAIMS
    for question in questions_about(claim, thorough=True)
    if question.asked is Asked.TOOTH
]


def kind_of(name: str) -> str:
    """Survival is one claim, whatever number of faults is promised."""
    return name.partition("(")[0]


def test_every_claim_of_the_catalogue_has_a_tooth():
    claimed = set()
    for file in sorted(PROOFS.glob("clusters/**/*.toml")):
        read = read_cluster(file)
        claimed |= {kind_of(c.name) for c in claims_about(read.cluster, read.requirements)}
    bitten = {kind_of(question.claim.name) for question in TEETH}
    # These are refuted: the trace with the step that they name is their tooth.
    assert claimed - bitten == {
        "no-split-brain-if-forced",
        "forced-side-wins-if-nobody-is-prevented",
        "no-partition-in-time-if-taken-unread",
        "planned-stop-keeps-quorum-if-votes-alone-are-asked",
    }


def test_every_rule_that_can_be_broken_is_a_tooth():
    broken = {question.deviation for question in TEETH}
    assert broken == {*membership.Deviation, *groups.Deviation}


def test_teeth_are_tried_on_clusters_that_a_person_can_check():
    assert max(len(question.claim.subject.nodes) for question in TEETH) <= 5


def title(question: Question) -> str:
    return f"{question.claim.subject.name}: {question.title}"


@pytest.mark.parametrize(
    "question",
    [q for q in TEETH if isinstance(q.claim.circumstances, membership.MembershipCircumstances)],
    ids=title,
)
def test_every_tooth_about_membership_bites(question):
    (finding,) = inquire([question], 600.0, certify=False)
    assert finding.as_expected is True, title(question)

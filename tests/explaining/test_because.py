"""Which facts of the configuration a run needs to be a counterexample, on clusters of which anybody
can tell."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Dependency,
    Group,
    Node,
    NodeAndDiskMajority,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.explaining.because import account_of, because
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Finding, Question
from quorate.inquiry.inquire import inquire
from quorate.inquiry.seam import Because
from quorate.windows.catalogue import claims_about_groups
from quorate.windows.groups.reasons.facts import Kind
from quorate.windows.membership.catalogue import claims_about_membership
from quorate.windows.membership.reasons.configured import Stated

LEDGER = Group(
    "Ledger",
    (
        Resource("Disk", ResourceKind.DISK),
        Resource("Address", ResourceKind.ADDRESS),
        Resource("Name", ResourceKind.NETWORK_NAME, Dependency((("Address",),))),
        Resource("Service", ResourceKind.SERVICE, writes_to=("Disk",)),
    ),
)
"""The service keeps data on a disk that it does not depend on."""

PAIR = Cluster(
    "pair",
    (Node("A"), Node("B"), Node("C")),
    NodeMajority(),
    groups=(LEDGER,),
    version=WindowsVersion.WINDOWS_2008,
)


def claim(cluster: Cluster, name: str) -> Claim:
    return next(c for c in claims_about_groups(cluster) if c.name == name)


def refuted(cluster: Cluster, name: str) -> Finding:
    (finding,) = (
        f
        for f in inquire([Question(claim(cluster, name), Asked.CLAIM)], 60.0, certify=False)
        if f.counterexample is not None
    )
    return finding


def found(finding: Finding) -> Because:
    assert finding.counterexample is not None
    answer = because(finding.question, finding.counterexample)
    assert answer is not None
    return answer


def test_a_dependency_that_is_missing_is_needed() -> None:
    kinds = [fact.kind for fact in found(refuted(PAIR, "no-lost-write")).needed]
    assert Kind.NO_DEPENDENCY in kinds
    assert Kind.NOT_FENCED not in kinds


def test_where_nobody_is_fenced_that_is_needed_to_answer_twice() -> None:
    answer = found(refuted(PAIR, "one-answers"))
    assert Kind.NOT_FENCED in [fact.kind for fact in answer.needed]
    assert ("Service",) not in [fact.things for fact in answer.needed]


def test_what_is_idle_is_told_to_nobody() -> None:
    preferring = replace(PAIR, groups=(replace(LEDGER, preferred_owners=("A", "B")),))
    finding = refuted(preferring, "one-answers")
    assert Kind.PREFERS in [fact.kind for fact in found(finding).idle]
    account = account_of(finding)
    assert account is not None
    assert "prefers" not in account.text()
    assert "off before its groups are taken over" in account.text()


def test_with_the_dependency_nothing_is_lost() -> None:
    service = replace(LEDGER.resources[3], depends_on=Dependency((("Disk",),)))
    mended = replace(PAIR, groups=(replace(LEDGER, resources=(*LEDGER.resources[:3], service)),))
    with pytest.raises(ValueError, match="not enough values"):
        refuted(mended, "no-lost-write")


def test_a_path_that_the_survivor_does_not_have_is_needed() -> None:
    disk = Witness("Q:", WitnessKind.DISK, ("A",))
    two = Cluster(
        "two",
        (Node("A"), Node("B")),
        NodeAndDiskMajority(),
        disk,
        version=WindowsVersion.WINDOWS_2008,
    )
    asked = next(
        c
        for c in claims_about_membership(two, Requirements(crash=1))
        if c.name == "survives-crash(1)"
    )
    (finding,) = inquire([Question(asked, Asked.CLAIM)], 60.0, certify=False)
    assert [fact.stated for fact in found(finding).needed] == [Stated.NO_CABLE]
    account = account_of(finding)
    assert account is not None
    assert "B has no path to the witness" in account.text()
    assert account.data()["conclusion"]["because"] == [
        {"fact": "the nodes have no path to the witness", "nodes": ["B"], "site": None}
    ]

"""A cloud witness moves as a file share does, but that a node which is cut off may still reach it;
and it is named and drawn as a cloud (wsfc.md 2.4)."""

from dataclasses import replace

import pytest
from membership_accounts import Run

from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    Node,
    NodeAndCloudMajority,
    NodeAndFileShareMajority,
    QuorumRules,
    RefusedError,
    Requirements,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.inquiry.finding import Asked, ProofFound, Question
from quorate.inquiry.inquire import inquire
from quorate.system import Refuted
from quorate.system.writing import Scribe
from quorate.windows.catalogue import claims_about
from quorate.windows.membership import Assumptions, Faults, Membership, Verb
from quorate.windows.membership.situation import Event

NAMES = ("A", "B", "C")
SHARE = Cluster(
    "three",
    tuple(map(Node, NAMES)),
    NodeAndFileShareMajority(),
    Witness("W", WitnessKind.FILE_SHARE, NAMES),
    version=WindowsVersion.WINDOWS_2022,
)
CLOUD = replace(
    SHARE, rule=NodeAndCloudMajority(), witness=replace(SHARE.witness, kind=WitnessKind.CLOUD)
)


def in_text(cluster: Cluster) -> list[str]:
    """The system of membership and all that is claimed of it, where no single node is cut off."""
    nobody = replace(Faults(), isolation=0)
    model = Membership(cluster, Assumptions(nobody, force=True))
    scribe = Scribe()
    promised = Requirements(isolation=0, partition=1, any_two=False)
    claims = [c for c in claims_about(cluster, promised) if not c.about]
    said = [str(scribe.system(model.system))]
    for claim in claims:
        text = scribe.property(claim.make_property(claim.circumstances.model()))
        text.get("formulas", {}).pop("isolation", None)
        said += [claim.name, str(text)]
    return said


@pytest.mark.parametrize("version", [WindowsVersion.WINDOWS_2016, WindowsVersion.WINDOWS_2025])
@pytest.mark.parametrize("dynamic", [True, False])
def test_it_moves_as_a_file_share_does(version, dynamic):
    changed = {"version": version, "dynamic_quorum": dynamic}
    assert in_text(replace(CLOUD, **changed)) == in_text(replace(SHARE, **changed))


@pytest.mark.parametrize(
    ("count", "dynamic", "survived"),
    # Of two nodes the one that is cut off may win the witness, and the other one stops; of more it
    # has no quorum even with the witness, and leaves it to the others.
    [(2, True, False), (2, False, False), (3, False, True), (4, True, True), (4, False, True)],
)
def test_a_node_that_is_cut_off_may_keep_the_cloud_to_itself(count, dynamic, survived):
    names = "ABCD"[:count]
    of = replace(
        CLOUD,
        nodes=tuple(map(Node, names)),
        witness=replace(CLOUD.witness, reached_by=tuple(names)),
        dynamic_quorum=dynamic,
    )
    claims = claims_about(of, Requirements())
    claim = next(claim for claim in claims if claim.name == "survives-isolation(1)")
    (found,) = inquire([Question(claim, Asked.CLAIM)], 300.0, certify=False)
    assert isinstance(found.answer, ProofFound if survived else Refuted)
    if not survived:
        said = found.account().text()
        assert "1. A is cut off from all other nodes. A keeps the witness." in said


@pytest.mark.parametrize("version", WindowsVersion)
def test_it_came_with_2016(version):
    known = version.rules is QuorumRules.SITE_AWARE
    if known:
        assert replace(CLOUD, version=version).votes.witness == 1
        return
    with pytest.raises(RefusedError, match="which came with Windows Server 2016"):
        replace(CLOUD, version=version, dynamic_quorum=False)


def test_what_is_inferred_of_it_is_said_beside_every_claim_that_may_rest_on_it():
    inferred = "a cloud witness refuses an older configuration as a share does (inferred)"
    assert inferred in [*Assumptions().sentences(CLOUD)]
    assert inferred not in [*Assumptions().sentences(SHARE)]
    assert inferred not in [*Assumptions(commits=False).sentences(CLOUD)]
    partition = "a partition leaves the cloud witness within reach of at least one side"
    assert partition in [*Assumptions().sentences(CLOUD)]


def test_it_is_drawn_as_what_it_is():
    """A cylinder is a disk and a folder a share; a cloud is a box without corners, dashed when it
    has failed."""
    said = {kind: drawn(kind) for kind in WitnessKind}
    assert "shape=cylinder" in said[WitnessKind.DISK]
    assert "shape=folder" in said[WitnessKind.FILE_SHARE]
    assert 'style="filled,rounded"' in said[WitnessKind.CLOUD]
    assert 'style="filled,rounded,dashed"' in said[WitnessKind.CLOUD]
    assert "shape=" not in said[WitnessKind.CLOUD]


def drawn(kind: WitnessKind) -> str:
    """The box of the witness, before and after it fails."""
    rule = next(rule for rule in QUORUM_RULES if rule.witness_kind is kind)
    run = Run(replace(SHARE, rule=rule, witness=replace(SHARE.witness, kind=kind)))
    run.step(Event(Verb.WITNESS_FAILURE), witness_up=False, holder=None)
    picture = run.account("the witness fails", "a thing is so").picture()
    return "\n".join(line for line in picture.splitlines() if ' witness" [' in line)

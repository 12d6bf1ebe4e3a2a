"""An assumption about nodes, sites and the witness is listed where there are such."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    DiskOnly,
    Node,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    Site,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.windows.membership.assumptions import FAULTS, Assumptions, Faults, in_words
from quorate.windows.membership.lacking import lacking_verbs

TWO = Cluster("c", (Node("A"), Node("B")), NodeMajority(), version=WindowsVersion.WINDOWS_2008)
ONE = replace(TWO, nodes=(Node("A"),))
SITES = replace(TWO, nodes=(Node("A", site="X"), Node("B")), sites=(Site("X"),))
SHARE = replace(
    TWO,
    rule=NodeAndFileShareMajority(),
    witness=Witness("w", WitnessKind.FILE_SHARE, ("A", "B")),
)
DISK = replace(TWO, rule=NodeAndDiskMajority(), witness=Witness("w", WitnessKind.DISK, ("A", "B")))
ONE_DISK = replace(ONE, rule=DiskOnly(), witness=Witness("w", WitnessKind.DISK, ("A",)))


@pytest.mark.parametrize("of", [TWO, ONE, SITES, SHARE, DISK, ONE_DISK])
def test_the_faults_that_are_listed_are_those_that_can_happen(of):
    once = Assumptions(Faults(*[1] * 8), planned_stop=1)
    listed = {s.removeprefix("at most 1 ") for s in once.sentences(of) if "at most 1 " in s}
    lacking = lacking_verbs(of, once)
    assert listed == {in_words([verb]).removeprefix("a ") for verb in FAULTS if verb not in lacking}


def test_without_a_witness_or_sites_nobody_reads_of_them():
    said = " ".join(Assumptions(settled=True).sentences(TWO))
    assert "witness" not in said
    assert "site" not in said
    assert "share" not in said


@pytest.mark.parametrize(("of", "is_said"), [(TWO, False), (DISK, False), (SHARE, True)])
def test_a_partition_leaves_a_file_share_to_a_side_where_there_is_one(of, is_said):
    said = " ".join(Assumptions().sentences(of))
    assert ("leaves a file share within reach" in said) is is_said


@pytest.mark.parametrize(("of", "is_said"), [(TWO, False), (DISK, True), (SHARE, True)])
def test_who_leaves_the_witness_is_said_where_there_is_one(of, is_said):
    said = " ".join(Assumptions(settled=True).sentences(of))
    assert ("leaves it to the others" in said) is is_said

"""Every claim says on which Windows its answer stands, and whether somebody said so."""

from dataclasses import replace
from pathlib import Path

import pytest

from quorate.cluster import (
    CURRENT,
    Cluster,
    DiskOnly,
    Node,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    VersionSource,
    WindowsVersion,
    Witness,
)
from quorate.importers import read_cluster
from quorate.windows.catalogue import claims_about
from quorate.windows.version import votes_in_short

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"


@pytest.mark.parametrize("file", sorted(CLUSTERS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_claim_of_the_proofs_says_which_it_is(file: Path) -> None:
    read = read_cluster(file)
    claims = claims_about(read.cluster, read.requirements)
    assert claims
    said = votes_in_short(read.cluster)
    # A cloud witness came later.
    assert said.endswith("as in Windows Server 2008") is (file.stem != "two-nodes-cloud")
    for claim in claims:
        assert next(claim.circumstances.sentences()) == said, claim.title


def of(version: WindowsVersion, rule: QuorumRule | None = None, **more: object) -> Cluster:
    nodes, mode = (Node("A"), Node("B"), Node("C")), rule or NodeMajority()
    kind = mode.witness_kind
    witness = Witness("W", kind, ("A", "B", "C")) if kind is not None else None
    return Cluster("c", nodes, mode, witness, version=version, **more)


ASSUMED = {"version_source": VersionSource.ASSUMED}
SAID = [
    (of(WindowsVersion.WINDOWS_2008), "votes are static as in Windows Server 2008"),
    (of(WindowsVersion.WINDOWS_2008_R2), "votes are static as in Windows Server 2008 R2"),
    (of(WindowsVersion.WINDOWS_2012), "votes follow who runs, as in Windows Server 2012"),
    (
        of(WindowsVersion.WINDOWS_2022, dynamic_quorum=False),
        "votes are static, Windows Server 2022 with dynamic quorum off",
    ),
    (
        of(WindowsVersion.WINDOWS_2022, DiskOnly()),
        "the disk alone votes, as in Windows Server 2022",
    ),
    (
        of(CURRENT, **ASSUMED),
        "the file names no version: asked as Windows Server 2025; votes follow who runs",
    ),
    (
        of(CURRENT, dynamic_quorum=False, **ASSUMED),
        "the file names no version: asked as Windows Server 2025; votes are static, with dynamic "
        "quorum off",
    ),
]


@pytest.mark.parametrize(("cluster", "said"), SAID, ids=lambda case: str(case)[-40:])
def test_how_votes_are_counted_is_said_with_whose_rules_these_are(cluster, said):
    assert votes_in_short(cluster) == said


def test_only_the_current_version_is_assumed() -> None:
    assert list(WindowsVersion)[-1] is CURRENT
    with pytest.raises(ValueError, match="Windows Server 2019 is not what is assumed"):
        of(WindowsVersion.WINDOWS_2019, **ASSUMED)
    with pytest.raises(ValueError, match="is not what is assumed"):
        replace(of(CURRENT, **ASSUMED), version=WindowsVersion.WINDOWS_2008)


TOTALS = [
    # nodes, with a witness, 2008, 2012, 2012 R2 and later: how many votes count while all run
    (1, False, [1], [1], [1]),
    (2, False, [2], [1], [1]),
    (3, False, [3], [3], [3]),
    (4, False, [4], [3, 4], [3]),
    (2, True, [3], [3], [3]),
    (3, True, [4], [4], [3]),
    (4, True, [5], [5], [5]),
    (5, True, [6], [6], [5]),
]
PROFILES = (
    WindowsVersion.WINDOWS_2008,
    WindowsVersion.WINDOWS_2012,
    WindowsVersion.WINDOWS_2012_R2,
)


@pytest.mark.parametrize(("count", "witness", "static", "nodes", "both"), TOTALS)
def test_the_votes_while_all_run_are_those_of_the_version(count, witness, static, nodes, both):
    """Rules Q12 and Q14; what 2012 does with four is not documented (wsfc.md 2.2)."""
    members = tuple(Node(f"N{n}") for n in range(count))
    share = NodeAndFileShareMajority()
    there = Witness("W", share.witness_kind, tuple(node.name for node in members))
    for version, totals in zip(PROFILES, (static, nodes, both), strict=True):
        mode = (share, there) if witness else (NodeMajority(), None)
        assert list(Cluster("c", members, *mode, version=version).totals) == totals
    assert Cluster("c", members, *mode, version=CURRENT).totals == list(both)


def test_the_readme_says_so_beside_what_proved_means() -> None:
    page = (CLUSTERS.parents[1] / "README.md").read_text(encoding="utf-8")
    (meaning,) = (line for line in page.splitlines() if line.startswith("- **PROVED**"))
    assert "version" in meaning
    assert "dynamic quorum" in page
    assert CURRENT.title in page

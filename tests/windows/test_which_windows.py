"""Every claim says on which Windows its answer stands."""

from pathlib import Path

import pytest

from quorate.importers import read_cluster
from quorate.windows.catalogue import claims_about
from quorate.windows.version import ASSUMED, assumed_of_votes

CLUSTERS = Path(__file__).parents[2] / "proofs" / "clusters"


@pytest.mark.parametrize("file", sorted(CLUSTERS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_claim_assumes_static_votes_unless_its_cluster_names_a_version(file: Path) -> None:
    """As that with a cloud witness has to."""
    read = read_cluster(file)
    claims = claims_about(read.cluster, read.requirements)
    assert claims
    said = next(assumed_of_votes(read.cluster))
    assert (said == ASSUMED) is (file.stem != "two-nodes-cloud")
    for claim in claims:
        assert next(claim.circumstances.sentences()) == said, claim.title


def test_the_readme_says_so_beside_what_proved_means() -> None:
    page = (CLUSTERS.parents[1] / "README.md").read_text(encoding="utf-8")
    (meaning,) = (line for line in page.splitlines() if line.startswith("- **PROVED**"))
    assert "static as in Windows Server 2008" in meaning
    assert "dynamic quorum" in page

"""The clusters that the proofs speak of: they read, they say what they show, they promise what they
can keep."""

import pathlib

import pytest

from quorate.cluster import Cluster, Hold, Vote, WitnessKind
from quorate.importers import NoteKind, read_cluster

FOLDER = pathlib.Path(__file__).parents[2] / "proofs" / "clusters"

DOUBTS = {
    "badly-ordered": ["groups[0].resources[3].writes_to"],
    "disk-only": ["quorum.mode"],
    "failback-at-night": [],
    "file-server": [],
    "five-nodes": [],
    "five-nodes-standby-site": ["nodes[3].votes", "nodes[4].votes"],
    "four-two-sites-share": ["witness.site"],
    "four-two-sites-third-share": [],
    "hyper-v": [],
    "print-server": [],
    "sixteen-disk": [],
    "sixty-four": [],
    "sixty-four-disk-only": ["quorum.mode"],
    "sixty-four-node-and-disk-majority": [],
    "sixty-four-node-and-file-share-majority": [],
    "sixty-four-node-majority": ["quorum.mode"],
    "small/address-on-disk": [],
    "small/both-needed": ["quorum.mode", "groups[0].stateless"],
    "small/fenced-web": [],
    "small/kept-apart": [],
    "small/one-home": ["groups[0].preferred_owners"],
    "small/possible-owners": [],
    "small/quick-migration": [],
    "small/start-order": [],
    "small/stretched-storage": [],
    "small/three-nodes-2012-r2": ["quorum.mode"],
    "small/two-sites-2012-r2": ["quorum.mode"],
    "small/two-sites-2019": [],
    "sql-two-subnets": [],
    "three-nodes": [],
    "two-nodes": ["quorum.mode"],
    "two-nodes-cloud": [],
    "two-nodes-disk": [],
    "two-nodes-share": [],
    "web-pair": ["groups[0].stateless"],
}
every_file = pytest.mark.parametrize("stem", sorted(DOUBTS))


def path_of(stem: str) -> pathlib.Path:
    return FOLDER / f"{stem}.toml"


def votes_change(stem: str) -> bool:
    return read_cluster(path_of(stem)).cluster.votes_change


def test_every_cluster_file_is_spoken_of_here():
    files = (path.relative_to(FOLDER) for path in FOLDER.rglob("*.toml"))
    assert sorted(path.with_suffix("").as_posix() for path in files) == sorted(DOUBTS)


@every_file
def test_a_cluster_file_is_doubted_only_where_it_means_to_be(stem):
    notes = read_cluster(path_of(stem)).notes
    doubted = [note.place for note in notes if note.kind is NoteKind.DOUBTFUL]
    assert [place.key for place in doubted] == DOUBTS[stem]
    assert {place.source for place in doubted} <= {str(path_of(stem))}


@every_file
def test_a_cluster_file_begins_by_saying_what_it_shows(stem):
    comment = path_of(stem).read_text(encoding="utf-8").partition("\nname = ")[0]
    assert all(line.startswith("# ") for line in comment.splitlines())
    assert len(comment) > 80


@pytest.mark.parametrize("stem", [s for s in sorted(DOUBTS) if not votes_change(s)])
def test_what_a_cluster_promises_is_exactly_what_arithmetic_grants(stem):
    """Where votes are as configured. Rule Q1 for the worst choice of nodes; `crash`, `isolation`,
    the witness and sites."""
    imported = read_cluster(path_of(stem))
    cluster, promised = imported.cluster, imported.requirements
    assert promised.crash == worst_crashes(cluster)
    assert promised.isolation == worst_isolations(cluster)
    assert promised.partition == int(survives_a_split(cluster))
    if cluster.witness is not None:
        assert promised.witness == int(wins(cluster, cluster.node_names, Hold.NOT_HELD))
    if cluster.sites:
        assert promised.site == worst_sites(cluster)
    if promised.any_two:
        assert cluster.witness is None
        assert worst_crashes(cluster) >= 2


def wins(cluster: Cluster, members: tuple[str, ...] | list[str], hold: Hold) -> bool:
    return cluster.votes.has_quorum(members, hold) is Vote.WON


def heaviest_last(cluster: Cluster) -> list[str]:
    votes = {node.name: node.votes for node in cluster.nodes}
    return sorted(votes, key=lambda name: votes[name])


def worst_crashes(cluster: Cluster) -> int:
    """The heaviest nodes fail first; the rest takes the witness."""
    names = heaviest_last(cluster)
    return max(n for n in range(len(names)) if wins(cluster, names[: len(names) - n], Hold.HELD))


def worst_isolations(cluster: Cluster) -> int:
    """The heaviest nodes are cut off first. One that has quorum alone with the disk, whose cables
    still work, or with a cloud that it still reaches, goes on where nobody reaches it, and the
    others stop; any other leaves the witness to them."""
    names = heaviest_last(cluster)
    share = WitnessKind.FILE_SHARE
    on_cables = cluster.witness is not None and cluster.witness.kind is not share
    if on_cables and any(wins(cluster, [name], Hold.HELD) for name in names):
        return max(
            (n for n in range(len(names)) if wins(cluster, names[: len(names) - n], Hold.NOT_HELD)),
            default=0,
        )
    return worst_crashes(cluster)


def survives_a_split(cluster: Cluster) -> bool:
    """In each split by number of voting nodes, one side has quorum whoever holds the witness."""
    names = heaviest_last(cluster)
    return all(
        wins(cluster, names[:n], left) or wins(cluster, names[n:], right)
        for n in range(1, len(names))
        for left, right in ((Hold.HELD, Hold.NOT_HELD), (Hold.NOT_HELD, Hold.HELD))
    )


def worst_sites(cluster: Cluster) -> int:
    """The sites fail in the order that hurts most: the witness's with the most nodes first."""
    witness = cluster.witness

    def hurt(site: str) -> int:
        return len(cluster.nodes_in(site)) + int(witness is not None and witness.site == site)

    lost: set[str] = set()
    for site in sorted((site.name for site in cluster.sites), key=hurt, reverse=True):
        lost.add(site)
        rest = [node.name for node in cluster.nodes if node.site not in lost]
        held = witness is not None and witness.site not in lost
        if not wins(cluster, rest, Hold.HELD if held else Hold.NOT_HELD):
            return len(lost) - 1
    return len(lost)


def test_the_example_clusters_show_each_mode_at_sixty_four_nodes():
    modes = {
        stem: read_cluster(path_of(stem)).cluster
        for stem in DOUBTS
        if stem.startswith("sixty-four-")
    }
    assert {stem.removeprefix("sixty-four-") for stem in modes} == {
        cluster.rule.mode for cluster in modes.values()
    }
    assert {len(cluster.nodes) for cluster in modes.values()} == {64}


SAID_IN_FULL = [stem for stem in DOUBTS if "[[groups]]" in path_of(stem).read_text("utf-8")]


@pytest.mark.parametrize("stem", SAID_IN_FULL)
def test_a_cluster_file_with_groups_leaves_nothing_to_a_default(stem):
    notes = read_cluster(path_of(stem)).notes
    assert [note for note in notes if note.kind is NoteKind.DEFAULTED] == []

"""Which Windows an export comes from, and what it says of votes."""

from collections.abc import Mapping
from typing import Any

import pytest
from test_windows_shapes import CLOUD, changed, quorum, read

from quorate.cluster import (
    CURRENT,
    DynamicVotes,
    NodeAndCloudMajority,
    StaticVotes,
    VersionSource,
    WindowsVersion,
)
from quorate.importers import Imported, NoteKind, Touches, native_text, parse_native

BARE = {"Name": "files"}
NEW = {"QuorumType": "Majority", "QuorumResource": "Cluster Disk 1"}
COMPLETE = {**BARE, **{f"Property{n}": n for n in range(20)}, "SameSubnetDelay": 1000}
DYNAMIC = {"DynamicQuorum": 1}
WITNESS = {"WitnessDynamicWeight": 1, "LowerQuorumPriorityNodeId": 0}


def export(
    cluster: Mapping[str, Any],
    *numbers: tuple[int, int, int],
    kind: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The export with these properties of the cluster and numbers of the nodes, and no others."""

    def change(export: dict[str, Any]) -> None:
        export["Cluster"] = dict(cluster)
        export["Quorum"] = dict(kind or export["Quorum"])
        for node in export["Nodes"]:
            node.pop("MajorVersion")
        for node, (major, minor, build) in zip(export["Nodes"], numbers, strict=False):
            node |= {"MajorVersion": major, "MinorVersion": minor, "BuildNumber": build}

    return changed(change)


def level(number: int) -> dict[str, Any]:
    return {**BARE, "ClusterFunctionalLevel": number}


V2008R2, V2012R2, V2016 = (6, 1, 7601), (6, 3, 9600), (10, 0, 14393)
V2019, V2022, V2025 = (10, 0, 17763), (10, 0, 20348), (10, 0, 26100)

SHOWN = {
    "the functional level of 2012 R2": (export(level(8)), "2012 R2", ""),
    "the functional level of 2016, on newer nodes": (export(level(9), V2019), "2016", ""),
    "the functional level of 2019": (export(level(10)), "2019", ""),
    "a functional level of several meanings": (export(level(11), V2022, V2025), "2022", ""),
    "the same, on nodes that are too old for it": (export(level(11), V2016), "2019", ""),
    "the newest functional level": (export(level(12), V2025), "2025", ""),
    "a functional level and no nodes": (export(level(12)), "2019", "which of the newer versions"),
    "a functional level that is none": (export(level(0), V2012R2), "2012 R2", ""),
    "nodes of 2008": (export(BARE, (6, 0, 6002)), "2008", ""),
    "nodes of 2008 R2": (export(BARE, V2008R2), "2008 R2", ""),
    "nodes of 2012": (export(BARE, (6, 2, 9200)), "2012", ""),
    "nodes of 2012 R2": (export(BARE, V2012R2, V2012R2), "2012 R2", ""),
    "nodes of 2016": (export(BARE, V2016, kind=NEW), "2016", "it may be an older one"),
    "nodes of 2025": (export(BARE, V2025, kind=NEW), "2025", "it may be an older one"),
    "the oldest of the nodes": (export(BARE, V2016, V2012R2, V2016), "2012 R2", ""),
    "all properties, none of which is of 2012": (export(COMPLETE), "2008 R2", ""),
    "all properties, none of which is of 2012 R2": (export(COMPLETE | DYNAMIC), "2012", ""),
    "all properties, without a functional level": (
        export(COMPLETE | DYNAMIC | WITNESS),
        "2012 R2",
        "",
    ),
    "a property that came and a word that went": (export(BARE | DYNAMIC | WITNESS), "2012 R2", ""),
    "a property of 2016": (
        export(BARE | {"PreferredSite": "x"}, kind=NEW),
        "2016",
        "which of the versions since then",
    ),
    "a word of 2016": (export(BARE | DYNAMIC, kind=NEW), "2016", "versions since then"),
}


@pytest.mark.parametrize(("said", "version", "noted"), SHOWN.values(), ids=SHOWN)
def test_the_version_is_read_from_whatever_shows_it(said, version, noted):
    imported = read(said)
    cluster = imported.cluster
    assert (cluster.version.value, cluster.version_source) == (version, VersionSource.NAMED)
    notes = [note.text for note in imported.notes if "rules of Windows Server" in note.text]
    assert [noted in note for note in notes] == ([True] if noted else [])
    assert f'version = "{version}"\n' in native_text(imported)


SILENT = {
    "a word of 2012 R2 and before": (export(BARE), True),
    "the same, and dynamic quorum": (export(BARE | DYNAMIC), True),
    "a number for the quorum": (export(BARE | DYNAMIC, kind={**NEW, "QuorumType": 1}), False),
}


@pytest.mark.parametrize(("said", "is_old"), SILENT.values(), ids=SILENT)
def test_an_export_that_does_not_tell_is_a_file_without_a_version(said, is_old):
    imported = read(said)
    assert imported.cluster.version_source is VersionSource.ASSUMED
    assert imported.cluster.version is CURRENT
    assert len([n for n in imported.notes if n.place.key == "version"]) == 1
    assert any("is a word of Windows Server 2012 R2" in n.text for n in imported.notes) is is_old
    text = native_text(imported)
    assert '# version = "2025"' in text
    again = parse_native(text, "copy.toml")
    assert again.cluster == imported.cluster


def votes(dynamic: int | None, **more: int) -> dict[str, Any]:
    """Of 2012 R2: three nodes, of which two vote, and a disk."""
    said = {**level(8), "WitnessDynamicWeight": 1, **more}
    return export(said if dynamic is None else {**said, "DynamicQuorum": dynamic})


def test_dynamic_quorum_is_on_or_off_or_taken_to_be_on():
    on, off, silent = (read(votes(value)) for value in (1, 0, None))
    assert on.cluster.votes_change
    assert off.cluster.vote_changes == StaticVotes()
    assert silent.cluster == on.cluster
    assert len(texts(silent, NoteKind.DEFAULTED, "DynamicQuorum is not there")) == 1
    assert not texts(on, NoteKind.DEFAULTED, "DynamicQuorum")
    assert not texts(read(export(BARE, V2008R2)), NoteKind.DEFAULTED, "DynamicQuorum")
    for imported in (on, off, silent):
        again = parse_native(native_text(imported), "copy.toml").cluster
        assert again == imported.cluster


def texts(imported: Imported, kind: NoteKind, part: str) -> list[str]:
    return [note.text for note in imported.notes if note.kind is kind and part in note.text]


def test_who_loses_a_tie_is_read_by_its_id():
    named = read(votes(1, LowerQuorumPriorityNodeId=2)).cluster
    assert named.vote_changes == DynamicVotes(
        witness_follows=True, keeps_odd=True, lower_priority="N2"
    )
    assert read(votes(1, LowerQuorumPriorityNodeId=0)).cluster.lower_priority is None
    stale = read(votes(1, LowerQuorumPriorityNodeId=9))
    assert stale.cluster.lower_priority is None
    assert texts(stale, NoteKind.DOUBTFUL, "LowerQuorumPriorityNodeId = 9 is the id of no node")


def weighed(dynamic: int, of_witness: int, *weights: int, witness: bool = True) -> Imported:
    """Nodes that all have a vote, with these in force when it was exported, of 2012 R2."""

    def change(export: dict[str, Any]) -> None:
        export["Cluster"] |= {
            "ClusterFunctionalLevel": 8,
            "DynamicQuorum": dynamic,
            "WitnessDynamicWeight": of_witness,
        }
        for node, weight in zip(export["Nodes"], weights, strict=True):
            node |= {"NodeWeight": 1, "DynamicWeight": weight}
        if not witness:
            export["Quorum"] = {"QuorumType": "NodeMajority", "QuorumResource": None}

    return read(changed(change))


MOMENTS = {
    "three nodes and a witness without a vote": (weighed(1, 0, 1, 1, 1), False),
    "a node was down, and the witness had a vote": (weighed(1, 1, 1, 1, 0), True),
    "a witness that should not vote": (weighed(1, 1, 1, 1, 1), True),
    "three nodes alone": (weighed(1, 0, 1, 1, 1, witness=False), False),
    "two of three were down": (weighed(1, 0, 1, 0, 0, witness=False), True),
}


@pytest.mark.parametrize(("imported", "differs"), MOMENTS.values(), ids=MOMENTS)
def test_votes_of_a_moment_are_no_votes_of_the_cluster(imported, differs):
    assert imported.cluster.votes_change
    assert bool(texts(imported, NoteKind.UNSUPPORTED, "the votes in force when")) is differs
    assert not [one for one in imported.unmodelled if one.touches is Touches.VOTES]


def test_votes_that_differ_though_they_are_static_leave_claims_about_votes_unknown():
    assert of_votes(weighed(0, 1, 1, 1, 0)) == ["DynamicWeight = 0 of N3"]
    assert of_votes(weighed(0, 0, 1, 1, 1)) == ["WitnessDynamicWeight = 0"]
    assert of_votes(weighed(0, 1, 1, 1, 1)) == []


def of_votes(imported: Imported) -> list[str]:
    return [one.setting for one in imported.unmodelled if one.touches is Touches.VOTES]


def test_a_witness_in_the_cloud_leaves_no_vote_unknown():
    found = read(quorum(5, "cloud", CLOUD))
    assert not [one for one in found.unmodelled if one.touches is Touches.VOTES]
    assert found.cluster.rule == NodeAndCloudMajority()


def test_every_version_is_shown_by_some_export():
    assert {version for _, version, _ in SHOWN.values()} == {v.value for v in WindowsVersion}

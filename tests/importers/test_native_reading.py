"""What a good native file says."""

import pathlib

import pytest
from bad_files import DISK, MODE, THREE
from hypothesis import given
from hypothesis import strategies as st

from quorate.cluster import (
    Cluster,
    DiskOnly,
    DynamicVotes,
    Node,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    Requirements,
    Site,
    StaticVotes,
    VersionSource,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.errors import Place
from quorate.importers import Imported, NoteKind, parse_native, read_document, read_native

FULL = """
name = "Berlin Hyper-V"
version = "2008"
[quorum]
mode = "node-and-disk-majority"
[witness]
name = "Q:"
kind = "disk"
reached_by = ["HV2", "HV1"]
site = "Berlin"
[[sites]]
name = "Berlin"
[[nodes]]
name = "HV1"
votes = 2
site = "Berlin"
[[nodes]]
name = "HV2"
votes = 0
[survives]
crash = 2
isolation = 3
partition = 4
witness = 5
site = 6
"""


def read(text: str) -> Imported:
    return parse_native(text, "folder/file.toml")


def test_every_key_arrives_in_the_cluster():
    imported = read(FULL)
    assert imported.cluster == Cluster(
        name="Berlin Hyper-V",
        nodes=(Node("HV1", 2, "Berlin"), Node("HV2", 0, None)),
        rule=NodeAndDiskMajority(),
        witness=Witness("Q:", WitnessKind.DISK, ("HV2", "HV1"), "Berlin"),
        sites=(Site("Berlin"),),
        version=WindowsVersion.WINDOWS_2008,
    )
    assert imported.requirements == Requirements(2, 3, 4, 5, 6)


def test_what_the_file_leaves_out_has_its_default():
    imported = read(THREE + MODE)
    cluster = Cluster(
        "file",
        (Node("A"), Node("B"), Node("C")),
        NodeMajority(),
        version=WindowsVersion.WINDOWS_2025,
        version_source=VersionSource.ASSUMED,
    )
    assert (imported.cluster, imported.requirements) == (cluster, Requirements())


def test_one_key_of_survives_leaves_the_others_at_their_defaults():
    assert read(THREE + MODE + "[survives]\nsite = 0").requirements == Requirements(site=0)


@pytest.mark.parametrize(
    ("mode", "rule", "witness"),
    [
        ("node-majority", NodeMajority(), None),
        ("node-and-disk-majority", NodeAndDiskMajority(), ("disk witness", WitnessKind.DISK)),
        (
            "node-and-file-share-majority",
            NodeAndFileShareMajority(),
            ("file share witness", WitnessKind.FILE_SHARE),
        ),
        ("node-and-cloud-majority", NodeAndCloudMajority(), ("cloud witness", WitnessKind.CLOUD)),
        ("disk-only", DiskOnly(), ("disk witness", WitnessKind.DISK)),
    ],
)
def test_a_mode_brings_its_rule_and_the_default_witness(mode, rule, witness):
    table = "[witness]\n" if witness else ""
    cluster = read(f'version = "2016"\n{THREE}[quorum]\nmode = "{mode}"\n{table}').cluster
    assert cluster.rule == rule
    found = cluster.witness and (cluster.witness.name, cluster.witness.kind)
    assert found == witness


def test_names_may_stand_in_place_of_tables_and_beside_them():
    rows = '"A", { name = "C", site = "X" }, { name = "B", site = "Y" }'
    short = read(f'sites = ["X", "Y"]\nnodes = [{rows}]\n' + MODE)
    long = read(
        '[[sites]]\nname = "X"\n[[sites]]\nname = "Y"\n'
        '[[nodes]]\nname = "A"\n[[nodes]]\nname = "C"\nsite = "X"\n'
        '[[nodes]]\nname = "B"\nsite = "Y"\n' + MODE
    )
    assert (short.cluster, short.requirements) == (long.cluster, long.requirements)


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    assert read_native(path).cluster == read(FULL).cluster


ODD_NAMES = [
    "HV 1",
    'O\'Neill "the" node',
    "line\nbreak",
    "<b>&amp;</b>",
    "back\\slash",
    "\x01\x1b[31m\x7f",
    "Köln 東京 \U0001f5a5 \u202eabc",
    "e\u0301",
    "x" * 200,
    "\U0010ffff\ufffe",
]


def quoted(name: str) -> str:
    """`name` as a TOML text, every character but plain letters escaped."""
    escaped = (c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in name)
    return '"' + "".join(escaped) + '"'


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_any_text_is_a_name_for_everything_that_has_one(name):
    text = quoted(name)
    cluster = read(
        f"name = {text}\nsites = [{text}]\n"
        f"nodes = [{text}, {{ name = 'B', site = {text} }}]\n{DISK}"
        f"[witness]\nname = {text}\nreached_by = [{text}]\nsite = {text}"
    ).cluster
    assert cluster.witness == Witness(name, WitnessKind.DISK, (name,), name)
    assert (cluster.name, cluster.sites) == (name, (Site(name),))
    assert cluster.nodes == (Node(name), Node("B", 1, name))


@given(
    st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5, unique_by=str.casefold)
)
def test_whatever_the_names_are_they_come_back_as_they_were_written(names):
    nodes = ", ".join(quoted(name) for name in names)
    assert read(f"nodes = [{nodes}]\n{MODE}").cluster.node_names == tuple(names)


def test_names_that_differ_in_composition_are_different_names():
    cluster = read('nodes = ["a", "\u00e9", "e\u0301", "b"]\n' + MODE).cluster
    assert len(set(cluster.node_names)) == 4


def test_a_reference_in_another_case_is_read_as_what_it_refers_to():
    text = """
        sites = ["Berlin", "Bonn"]
        nodes = [{ name = "HV1", site = "BERLIN" }, { name = "HV2", site = "bonn" }]
        volumes = ["Volume 1"]
        [quorum]
        mode = "node-and-disk-majority"
        [witness]
        reached_by = ["hv1", "Hv2"]
        site = "bonn"
        [[groups]]
        name = "G"
        preferred_owners = ["hv2"]
        [[groups.resources]]
        name = "Disk S"
        kind = "disk"
        depends_on = ""
        [[groups.resources]]
        name = "App"
        depends_on = "[DISK S]"
        possible_owners = ["hv1", "hv2"]
        writes_to = ["disk s", "VOLUME 1"]
    """
    cluster = read(text).cluster
    assert [node.site for node in cluster.nodes] == ["Berlin", "Bonn"]
    assert cluster.witness is not None
    assert (cluster.witness.reached_by, cluster.witness.site) == (("HV1", "HV2"), "Bonn")
    (group,) = cluster.groups
    assert group.preferred_owners == ("HV2",)
    disk, app = group.resources
    assert disk.depends_on.clauses == ()
    assert app.depends_on.providers == ("Disk S",)
    assert app.possible_owners == ("HV1", "HV2")
    assert app.writes_to == ("Disk S", "Volume 1")


def test_the_version_is_read_and_who_loses_a_tie():
    text = (
        'version = "2012 R2"\nnodes = ["HV1", "HV2"]\n'
        '[quorum]\nmode = "node-majority"\nlower_priority = "hv2"\n'
    )
    cluster = read(text).cluster
    assert cluster.version is WindowsVersion.WINDOWS_2012_R2
    assert cluster.version_source is VersionSource.NAMED
    assert cluster.vote_changes == DynamicVotes(
        witness_follows=True, keeps_odd=True, lower_priority="HV2"
    )
    assert read(f"{text}dynamic = false\n").cluster.vote_changes == StaticVotes()
    assert read(text.replace("2012 R2", "2008 R2")).cluster.vote_changes == StaticVotes()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("clusters/three-nodes.toml", "three-nodes"),
        ("Berlin.prod.toml", "Berlin.prod"),
        ("-", "-"),
        ("", "cluster"),
    ],
)
def test_a_cluster_without_a_name_is_called_like_its_file(source, name):
    assert parse_native(THREE + MODE, source).cluster.name == name


def test_notes_are_told_with_the_file_the_line_and_the_key():
    notes = read('version = "2008"\n' + THREE + DISK + "[witness]\n[survives]").notes
    assert [(note.kind, note.where) for note in notes] == [
        (NoteKind.DEFAULTED, "folder/file.toml:5: witness.reached_by"),
        (NoteKind.DOUBTFUL, "folder/file.toml:4: quorum.mode"),
    ]
    assert notes[1].place == Place("folder/file.toml", 4, "quorum.mode")


def test_notes_on_what_was_never_a_text_have_no_lines():
    document = {
        "version": "2008",
        "nodes": ["A", "B", "C"],
        "quorum": {"mode": "node-majority"},
    }
    [note] = read_document(document, "a trace").notes
    assert note.place == Place("a trace", None, "survives")


def test_reading_a_file_is_parsing_its_text_under_its_path(tmp_path):
    path = pathlib.Path(tmp_path / "named.toml")
    path.write_text(FULL, encoding="utf-8")
    assert read_native(path) == parse_native(FULL, str(path))

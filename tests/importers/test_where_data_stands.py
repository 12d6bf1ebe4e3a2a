"""Where data stands, as it is read, written and noted."""

import json

import pytest

from quorate.cluster import Cluster, Requirements, Storage
from quorate.importers import Note, NoteKind, document, parse_native, read_document

TOP = """name = "c"
sites = ["Berlin", "Bonn"]
nodes = [
    { name = "A", site = "Berlin" }, { name = "B", site = "Bonn" }, { name = "C", site = "Bonn" }
]
volumes = ["V"]
"""
MODE = '[quorum]\nmode = "node-majority"\n'
DISK = '{ name = "d", kind = "disk", restart_threshold = 1 }'


def group(*rows: str, name: str = "g") -> str:
    return f'[[groups]]\nname = "{name}"\nresources = [{", ".join(rows)}]\n'


def storage(*rows: str) -> str:
    return f"storage = [{', '.join(rows)}]\n"


def read(text: str) -> Cluster:
    return parse_native(text, "f").cluster


def test_storage_is_read_in_any_case_and_defaults_to_all_nodes_and_no_site():
    rows = ('{ name = "D", sites = ["bonn", "Berlin"] }', '{ name = "v", reached_by = ["c", "a"] }')
    cluster = read(TOP + storage(*rows) + MODE + group(DISK))
    assert cluster.storage == (
        Storage("d", ("A", "B", "C"), ("Bonn", "Berlin")),
        Storage("V", ("C", "A")),
    )


def test_a_disk_is_owned_by_nodes_with_a_path_to_it_if_nobody_says_otherwise():
    paths = storage('{ name = "d", reached_by = ["A", "B"] }')
    (said,) = read(TOP + paths + MODE + group(DISK)).groups
    assert said.possible_owners(("A", "B", "C")) == ("A", "B")
    fewer = '{ name = "d", kind = "disk", possible_owners = ["B"] }'
    (said,) = read(TOP + paths + MODE + group(fewer)).groups
    assert said.possible_owners(("A", "B", "C")) == ("B",)


def test_a_volume_restricts_nobody():
    writer = '{ name = "w", writes_to = ["V"] }'
    paths = storage('{ name = "V", reached_by = ["A"] }')
    (said,) = read(TOP + paths + MODE + group(writer)).groups
    assert said.possible_owners(("A", "B", "C")) == ("A", "B", "C")


@pytest.mark.parametrize(
    "rows",
    [
        ('{ name = "d", sites = ["Berlin"] }',),
        ('{ name = "d", reached_by = ["A", "B"] }', '"V"'),
        ('{ name = "V", sites = ["Berlin", "Bonn"], reached_by = ["C"] }',),
    ],
)
def test_it_is_read_back_from_its_document(rows):
    cluster = read(TOP + storage(*rows) + MODE + group(DISK))
    written = json.loads(json.dumps(document(cluster, Requirements())))
    assert read_document(written, "a trace").cluster == cluster


def notes(text: str, words: str) -> list[Note]:
    return [note for note in parse_native(text, "f").notes if words in note.text]


OPEN = "taken to be had whichever site is lost"


@pytest.mark.parametrize(
    ("text", "is_noted"),
    [
        (TOP + MODE + group(DISK), True),
        (TOP + MODE + group('{ name = "w", writes_to = ["V"] }'), True),
        (TOP + MODE + group('"w"'), False),
        (TOP + MODE + "[survives]\nsite = 0\n" + group(DISK), False),
        (TOP + storage('"d"') + MODE + group(DISK), False),
        (TOP + storage('"V"') + MODE + group(DISK), True),
        ('nodes = ["A"]\n' + MODE + group(DISK), False),
    ],
)
def test_where_nothing_says_where_data_stands_that_is_noted(text, is_noted):
    found = notes(text, OPEN)
    assert len(found) == is_noted
    assert all(note.kind is NoteKind.DEFAULTED for note in found)
    assert all(note.place.key == "groups[0]" for note in found)

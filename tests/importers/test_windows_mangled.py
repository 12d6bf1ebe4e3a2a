"""Good exports, mangled: the reader answers with a cluster or with one sentence, never otherwise,
and in a time that hangs on their size."""

import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.errors import InputError
from quorate.importers import Imported, native_text, parse_native, read_cluster
from quorate.importers.files import MOST_EXPORTED_BYTES, exported_text
from quorate.importers.windows_exports import gathering, read_export

FOLDER = pathlib.Path(__file__).parents[1] / "testdata" / "windows"
FILES = [
    (path.name, exported_text(path.read_bytes(), path.name))
    for path in sorted(FOLDER.iterdir())
    if path.suffix in {".json", ".txt", ".log"} and path.stat().st_size < 30_000
]
JSON = [json.loads(text) for name, text in FILES if name.endswith(".json")]
TOKENS = ["{", "}", "[", "]", ":", ",", '"', "\n\n", "...", "…", " : ", "-----", "null", "true"]
TOKENS += [
    "1e999",
    "-1",
    "4294967295",
    "Name",
    "[Cluster Disk 1]",
    " or ",
    " and ",
    "(",
    "{}",
    "\t",
]
TOKENS += [
    "\0",
    "\ud800",
    "é",
    "(0x1)",
    "Listing dependencies for 'SQL Server':",
    "Get-ClusterNode",
]

anything = st.recursive(
    st.sampled_from([None, True, 0, -1, 4294967295, 2.5, "", "Up", "N1", "[x]", "{a, b}", "..."]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Name", "Value", "value", "Count", "x"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


def answer(name: str, text: str) -> Imported | InputError:
    """What is read, or the sentence that refuses it."""
    try:
        read = read_export([(name, text)], name)
    except InputError as error:
        said = str(error)
        assert said.startswith(name)
        assert "\n" not in said
        assert len(said) < 900
        return error
    again = parse_native(native_text(read), "copy.toml")
    assert again.cluster == read.cluster
    assert again.unmodelled == read.unmodelled
    return read


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A file with some of its text gone, doubled, moved, or replaced by what it consists of."""
    name, text = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 4))):
        at, to = (draw(st.integers(0, max(0, len(text) - 1))) for _ in range(2))
        width = draw(st.sampled_from([0, 1, 2, 40, 400]))
        match draw(st.sampled_from(["drop", "double", "token", "cut"])):
            case "drop":
                text = text[:at] + text[at + width :]
            case "double":
                text = text[:to] + text[at : at + width] + text[to:]
            case "token":
                text = text[:at] + draw(st.sampled_from(TOKENS)) + text[at + width :]
            case _:
                text = text[:at]
    return name, text


@st.composite
def documents(draw: st.DrawFn) -> str:
    """An export that is JSON, with some of its values replaced by any others."""
    document = json.loads(json.dumps(draw(st.sampled_from(JSON))))
    for _ in range(draw(st.integers(1, 3))):
        inside = document
        while True:
            keys = list(inside) if isinstance(inside, dict) else range(len(inside))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(inside[key], dict | list) and inside[key] and draw(st.integers(0, 9)):
                inside = inside[key]
                continue
            match draw(st.sampled_from(["replace", "drop", "wrap"])):
                case "replace":
                    inside[key] = draw(anything)
                case "drop":
                    del inside[key]
                case _:
                    inside[key] = [inside[key]]
            break
    return json.dumps(document)


@settings(deadline=None, max_examples=150)
@given(texts())
def test_mangled_text_is_read_or_refused_in_one_sentence(file):
    answer(*file)


@settings(deadline=None, max_examples=150)
@given(documents())
def test_strange_values_are_read_or_refused_in_one_sentence(text):
    answer("strange.json", text)


MANY = 50_000
HOSTILE = {
    "deep lists": "[" * MANY,
    "deep objects": '{"a":' * MANY,
    "a deep group": '{"Name":"g","GroupType":1,"Resources":[' + "[" * 500 + "]" * 500 + "]}",
    "many empty objects": "[" + ",".join(["{}"] * MANY) + "]",
    "many nodes": json.dumps([{"Name": f"n{n}", "NodeWeight": 1} for n in range(20_000)]),
    "a node many times": json.dumps([{"Name": "n", "NodeWeight": 1}] * 20_000),
    "a long name": json.dumps([{"Name": "n" * MANY, "NodeWeight": "x"}]),
    "a long line": "Name : " + "x " * MANY,
    "many lines": "Name : x\n" * MANY,
    "many wrapped lines": "Name : x\n" + "       y\n" * 20_000,
    "a row that goes on": "Name State\n---- -----\na    b\n" + "c\n" * MANY,
    "half a pair": '{"Name": "\\ud800", "NodeWeight": 1}',
    "many values": "[" + "0," * 3_000_000 + "0]",
    "more lines than there are": "\n" * 3_000_001,
    "properties of its own": json.dumps(
        [{"Name": "n", "NodeWeight": 1, f"p{n}": 1} for n in range(20_000)]
    ),
    "domains in domains": json.dumps(
        [{"Name": f"d{n}", "Type": "Rack", "ParentName": f"d{n + 1}"} for n in range(20_000)]
    ),
    "many dashes": "a\n" + "- " * MANY,
    "many colons": ": " * MANY,
    "many blanks": "Name" + " " * MANY,
    "a table of blanks": "Name State\n---- -----\n" + (" " * 200 + "\n") * 10_000,
    "many tables": "Name State\n---- -----\n" * 50_000,
    "brackets": json.dumps(
        {
            "Nodes": [{"Name": "n", "NodeWeight": 1}],
            "Quorum": {"QuorumType": "NodeMajority", "QuorumResource": None},
            "Groups": [{"Name": "g", "GroupType": 107}],
            "Resources": [
                {
                    "Name": "r",
                    "OwnerGroup": "g",
                    "ResourceType": "x",
                    "DependencyExpression": "(" * MANY,
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_in_one_sentence(text):
    assert isinstance(answer("hostile", text), InputError)


def test_more_objects_than_any_cluster_has_are_refused(monkeypatch):
    monkeypatch.setattr(gathering, "MOST_RECORDS", 10)
    error = answer("many.json", json.dumps([{"Name": "n", "NodeWeight": 1}] * 11))
    assert "11 objects are more than any cluster has" in str(error)


def test_what_is_longer_than_an_export_is_not_read(tmp_path):
    path = tmp_path / "long.json"
    with path.open("wb") as file:
        file.truncate(MOST_EXPORTED_BYTES + 1)
    with pytest.raises(InputError, match="longer than 64 MiB"):
        read_cluster(path)


def test_the_files_of_a_folder_are_no_longer_together(tmp_path):
    for name in ("one.json", "two.json"):
        with (tmp_path / name).open("wb") as file:
            file.write(b"[]")
            file.write(b" " * (MOST_EXPORTED_BYTES // 2))
    with pytest.raises(InputError, match="longer than 31 MiB"):
        read_cluster(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe{\x00", "this is not JSON"),
        (b"\xff\xfe{", "this UTF-16 text is damaged"),
        (b"{\x80", "byte 0x80 is not UTF-8"),
        (b"", "this is not JSON"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path, content, said):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_cluster(path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="no file of an export is in this folder"):
        read_cluster(tmp_path)

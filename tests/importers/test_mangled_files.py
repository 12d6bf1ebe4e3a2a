"""Good files, mangled: the reader answers with a cluster or with `InputError`, never otherwise."""

import pathlib
import tomllib

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.errors import InputError
from quorate.importers import Imported, json_schema, parse_native, read_cluster

FOLDER = pathlib.Path(__file__).parents[2] / "proofs" / "clusters"
SMALL = [path.read_bytes() for path in sorted(FOLDER.glob("*.toml")) if path.stat().st_size < 2200]
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
TOKENS = ["[[", "]]", "[", "]", "{", "}", '"', "'", "=", ".", ",", "\\", "#", "\n", "\0", "true"]
TOKENS += ["1", "-1", "0.5", "nan", "1979-05-27", '""', "[]", "{}", "nodes", "name", "votes", "é"]
TOKENS += [
    "groups",
    "[[groups.resources]]\n",
    "[[groups]]\n",
    "(",
    ")",
    " and ",
    " or ",
    "[Disk F:]",
]
TOKENS += ["'disk'", "'window'", "{ start = 22, end = 5 }", "false", "['FILE1']", "['Disk F:']"]

FITTING = (
    "is given twice",
    "is not declared",
    "is no node",
    "nobody has a vote",
    "at character",
    "is used twice in this cluster",
    "holds a bracket",
    "is no resource of group",
    "depends on",
    "go round in a circle",
    "is neither a resource of kind 'disk'",
    "has no path to it",
    "nothing stands in the site",
    "no node is in the subnet",
    "no node is a possible owner of every resource",
    "the window has no hours",
    "needs all of its data on shared volumes",
)
"""What a schema cannot see: how names, votes and dependencies fit together."""

files = st.sampled_from(SMALL)


@st.composite
def bytes_changed(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(files))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(content)


@st.composite
def lines_moved(draw: st.DrawFn) -> bytes:
    lines = draw(files).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at, to = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.sampled_from(["drop", "double", "swap", "replace"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(to, lines[at])
            case "swap":
                lines[at], lines[to] = lines[to], lines[at]
            case _:
                lines[at] = draw(st.sampled_from(draw(files).splitlines(keepends=True)))
    return b"".join(lines)


@st.composite
def values_replaced(draw: st.DrawFn) -> bytes:
    lines = draw(files).decode().splitlines(keepends=True)
    places = [i for i, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from(places))
        key = lines[at].partition(" = ")[0]
        lines[at] = f"{key} = {draw(st.sampled_from(TOKENS))}\n"
    return "".join(lines).encode()


@st.composite
def tokens_inserted(draw: st.DrawFn) -> bytes:
    text = draw(files).decode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(TOKENS)) + text[at:]
    return text.encode()


parsable = st.one_of(lines_moved(), values_replaced(), tokens_inserted())
mangled = st.one_of(bytes_changed(), parsable)


def read_or_refused(text: str) -> Imported | InputError:
    try:
        return parse_native(text, "mangled.toml")
    except InputError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(content=mangled)
def test_a_mangled_file_is_read_or_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "mangled.toml"
    path.write_bytes(content)
    try:
        refusal = None
        assert read_cluster(path).cluster.nodes
    except InputError as error:
        refusal = error
    assert refusal is None or is_one_line_about(str(path), refusal)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_refused_in_one_line_unless_it_is_a_cluster(text):
    outcome = read_or_refused(text)
    assert isinstance(outcome, Imported) or is_one_line_about("mangled.toml", outcome)


def test_files_with_groups_are_among_those_that_are_mangled():
    assert sum(b"[[groups]]" in content for content in SMALL) >= 4


def is_one_line_about(source: str, error: InputError) -> bool:
    return error.where.startswith(source) and error.reason != "" and "\n" not in str(error)


@settings(max_examples=500, deadline=None)
@given(content=parsable)
def test_reader_and_schema_agree_but_for_how_things_fit_together(content):
    outcome = read_or_refused(content.decode())
    accepted = isinstance(outcome, Imported)
    by_schema = schema_accepts(content.decode())
    assert accepted == by_schema or (by_schema and is_about_fitting_together(outcome))


def schema_accepts(text: str) -> bool:
    try:
        return VALIDATOR.is_valid(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return False


def is_about_fitting_together(error: InputError) -> bool:
    return any(words in error.reason for words in FITTING)

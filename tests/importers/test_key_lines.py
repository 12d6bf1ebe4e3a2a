"""Keys are found where they stand: the same keys as `tomllib` reads, each on its line."""

import time
import tomllib
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quorate.importers.key_lines import KeyPath, lines_of, read_keys

WRITTEN = """\
# the first line
name = "x" # [not.a.header]

nodes = [          # line 4
  "A", # B = 1
  { name = "B", votes = 2, "site" = 'x' },

  [],
]
text = \"\"\"
[nor.this]
a = 1 \\"\"\" \\
\"\"\"\"\"
plain = '''
b = '2' '''
'quo.ted'."d \\u0061" . bare = 17

[[groups]]
name = "g"
[[groups.resources]]
name = "r"
   [[ groups . "resources" ]]
name = "s"
more.deep = { a.b = 1, a.c = [[2, 3], [
4]] }
[groups.window]
start = 22
[[groups]]
[[groups.resources]]
name = "t"
"""

LINES: list[tuple[KeyPath, int]] = [
    (("name",), 2),
    (("nodes",), 4),
    (("nodes", 0), 5),
    (("nodes", 1), 6),
    (("nodes", 1, "votes"), 6),
    (("nodes", 1, "site"), 6),
    (("nodes", 2), 8),
    (("text",), 10),
    (("plain",), 14),
    (("quo.ted",), 16),
    (("quo.ted", "d a", "bare"), 16),
    (("groups",), 18),
    (("groups", 0), 18),
    (("groups", 0, "name"), 19),
    (("groups", 0, "resources"), 20),
    (("groups", 0, "resources", 0, "name"), 21),
    (("groups", 0, "resources", 1), 22),
    (("groups", 0, "resources", 1, "more", "deep", "a", "b"), 24),
    (("groups", 0, "resources", 1, "more", "deep", "a", "c", 1), 24),
    (("groups", 0, "resources", 1, "more", "deep", "a", "c", 1, 0), 25),
    (("groups", 0, "window", "start"), 27),
    (("groups", 1), 28),
    (("groups", 1, "resources", 0, "name"), 30),
]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("path", "line"), LINES, ids=str)
def test_a_key_is_on_the_line_where_it_is_first_written(path, line, ending):
    assert lines_of(WRITTEN.replace("\n", ending), [path]) == {path: line}


AROUND: list[tuple[KeyPath, int]] = [
    (("nodes", 1, "subnets"), 6),
    (("nodes", 0, "name"), 5),
    (("groups", 1, "window", "end"), 28),
    (("groups", 0, "resources", 1, "kind"), 22),
]


@pytest.mark.parametrize(("path", "line"), AROUND, ids=str)
def test_a_key_that_is_not_written_is_where_what_is_around_it_is(path, line):
    assert lines_of(WRITTEN, [path]) == {path: line}


def test_what_nothing_is_written_around_has_no_line():
    assert lines_of(WRITTEN, [("survives",), ("witness", "site"), ()]) == {}
    assert lines_of("", [("nodes",)]) == {}


NAMES = {
    "alpha": ["alpha", '"alpha"', "'alpha'", r'"al\u0070ha"'],
    "b-1_": ["b-1_", "'b-1_'"],
    "3": ["3", '"3"', r'"\U00000033"'],
    "dot.ted": ['"dot.ted"', "'dot.ted'"],
    'say "é"': [r'"say \"é\""', "'say \"é\"'"],
    "": ['""', "''"],
    "# [[x]]\t": ['"# [[x]]\t"', "'# [[x]]\t'"],
}
"""Names of keys, and how each may be written."""

OTHERS = [
    '"text"',
    '""',
    "''",
    '"a \\" # ] } \\\\"',
    "'a \\'",
    '"""\n[x]\ny = "" 1\\"""\n""" ',
    '"""\\\n   """""',
    "''''[[a]]\n''z'''''",
    '""""""',
    "1979-05-27 07:32:00",
    "07:32:00.5",
    "1979-05-27T00:32:00-07:00",
    "1e+5",
    "-inf",
    "0xf_f",
    "true",
]
"""Values that hold no key, each with a sign that might be taken for one."""

GAPS = ["", " ", "\t", "\n", " # ], }\n", "\r\n\n"]


@st.composite
def values(draw: st.DrawFn, numbers: "count[int]", depth: int = 3) -> str:
    """The text of a value; whole numbers of four digits in it are different from all others."""

    def gap() -> str:
        return draw(st.sampled_from(GAPS))

    kind = draw(st.sampled_from("nnnsatd" if depth else "nns"))
    if kind == "s":
        return draw(st.sampled_from(OTHERS))
    inner = draw(st.integers(0, 3)) if kind in "atd" else 0
    if kind == "a":
        rows = [gap() + draw(values(numbers, depth - 1)) + gap() for _ in range(inner)]
        return "[" + ",".join(rows) + (f",{gap()}" if rows and draw(st.booleans()) else "") + "]"
    if kind in "td":
        rows = [f"{draw(keys())}={draw(values(numbers, depth - 1))}" for _ in range(inner)]
        text = "{ " + " , ".join(rows) + " }"
        return text if parsed(f"x={text}") is not None else "{}"
    return str(next(numbers))


@st.composite
def keys(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=3))
    return draw(st.sampled_from([".", " . "])).join(
        draw(st.sampled_from(NAMES[part])) for part in parts
    )


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Valid TOML: of some lines, each that does not contradict those before it."""
    text, numbers = "", count(1001)
    for _ in range(draw(st.integers(0, 12))):
        key, kind = (
            draw(keys()),
            draw(st.sampled_from(["[%s]", "[[%s]]", "[[ %s ]]", "=", "=", "="])),
        )
        statement = kind % key if "%" in kind else f"{key} = {draw(values(numbers))}"
        more = text + draw(st.sampled_from(["", "  ", "\n", "# x = 1\n"])) + statement
        if parsed(more) is not None:
            text = more + draw(st.sampled_from(["\n", " # [y]\n", "\r\n"]))
    return text


def parsed(text: str) -> dict | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def leaves(value: object, path: KeyPath = ()):
    """Every key path of a document with its value."""
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in rows:
        yield (*path, name), inner
        if isinstance(inner, dict | list):
            yield from leaves(inner, (*path, name))


@settings(max_examples=200, deadline=None)
@given(texts())
@example('[""]\n"" = """\n[x]\ny = "" 1\\"""\n""" \n')
def test_the_same_keys_are_found_as_are_read_and_each_number_is_on_its_line(text):
    document = dict(leaves(tomllib.loads(text)))
    seen = set()
    read_keys(text, lambda path, _: seen.add(path))
    assert seen == document.keys()
    lines = text.split("\n")
    placed = lines_of(text, document)
    assert placed.keys() == document.keys()
    for path, value in document.items():
        if isinstance(value, int) and value > 1000:
            assert str(value) in lines[placed[path] - 1]
        elif isinstance(path[-1], str):
            assert any(spelling in lines[placed[path] - 1] for spelling in NAMES[path[-1]])


HOSTILE = {
    "a long array": "x=[" + "1," * 100_000 + "]",
    "a deep array": "x=" + "[" * 200 + "1," * 50_000 + "]" * 200,
    "many tables": "[[a]]\n" * 50_000,
    "many tables in tables": "[[a]]\n[[a.b]]\n" * 20_000,
    "a long text": 'x="' + '\\"' * 100_000 + '"',
    "a text of many quotes": 'x="""' + '""a' * 100_000 + '"""',
    "many blank lines": "\n" * 200_000 + "x=1",
    "many comments": "#\n" * 100_000 + "x=1",
    "many escaped keys": "".join(f'"\\u0061{i}"=1\n' for i in range(5_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_takes_about_as_long_as_reading_the_file_does(text):
    begun = time.perf_counter()
    tomllib.loads(text)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    lines_of(text, [("x", 0, 0), ("a", 7, "b")])
    assert time.perf_counter() - begun < 1 + 3 * read

"""docs/file-format.md says what the table of keys says, and its examples are read."""

import pathlib
import re
import tomllib

import pytest

from quorate.cluster import QUORUM_RULES
from quorate.errors import InputError
from quorate.importers import parse_native
from quorate.importers.checked import checked
from quorate.importers.keys import KEYS
from quorate.importers.reference import key_table

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "file-format.md"
BEGIN = "<!-- derived from the table of keys; rewrite with: pytest tests/importers --rewrite -->\n"
END = "<!-- end of the table -->\n"
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_holds_the_table_of_keys(rewrite: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    expected = f"{before}{BEGIN}\n{key_table()}\n{END}{after}"
    if rewrite:
        PAGE.write_text(expected, encoding="utf-8")
        return
    assert page == expected


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)
def test_the_page_has_a_row_for_every_key_with_unit_and_default(key):
    page = PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith(f"| `{key.path}` |")]
    assert len(rows) == 1
    cells = [cell.strip() for cell in rows[0].strip("|").split(" | ")]
    assert len(cells) == 5
    assert cells[2] == (key.unit or "-")
    assert cells[3], "no default"
    assert cells[4] == key.meaning


@pytest.mark.parametrize("rule", QUORUM_RULES, ids=lambda rule: rule.mode)
def test_the_page_explains_every_mode(rule):
    assert f"| `{rule.mode}` | {rule.title} |" in PAGE.read_text(encoding="utf-8")


def test_the_page_has_three_examples_and_all_are_read():
    clusters = [parse_native(text, "example.toml").cluster for text in EXAMPLES]
    assert [(len(cluster.nodes), len(cluster.groups)) for cluster in clusters] == [
        (4, 0),
        (3, 0),
        (3, 2),
    ]


HEAD = 'nodes = ["A", "B"]\n[quorum]\n'
GROUP = 'mode = "node-majority"\n[[groups]]\nname = "g"\n[[groups.resources]]\nname = "r"\n'
REFUSED = [
    'quorum.mode = "node-majority"\n[[nodes]]\nname = "A"\n[[nodes]]\nname = "B"\nvotes = 1001',
    HEAD + GROUP + 'depend_on = "[s]"',
    HEAD + 'mode = "node-and-disk-majority"',
]


@pytest.mark.parametrize("text", REFUSED)
def test_the_page_shows_what_errors_say(text):
    """Each of its lines, whatever stands above it in the file."""
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^quorate: cluster\.toml:(\d+): (.*)$", page, re.MULTILINE)
    assert len(shown) == len(REFUSED)
    with pytest.raises(InputError) as caught:
        parse_native(text, "cluster.toml")
    said = f"{caught.value.place.key}: {caught.value.reason}"
    [line] = [line for line, rest in shown if rest == said]
    with pytest.raises(InputError) as caught:
        parse_native("\n" * (int(line) - text.count("\n") - 1) + text, "cluster.toml")
    assert f"quorate: {caught.value}\n" in page


def test_the_examples_use_every_key_each_in_its_place():
    votes, _, groups = (paths(tomllib.loads(text), "") for text in EXAMPLES)
    assert votes | groups == {key.path for key in KEYS}
    of_groups = ("groups", "group_sets", "volumes", "storage", "failover", "unmodelled")
    assert not any(path.startswith(of_groups) for path in votes)
    assert groups - votes == {
        key.path for key in KEYS if key.path.startswith(of_groups) or key.name == "subnets"
    }


def paths(value: object, path: str) -> set[str]:
    """The path of every key in a document."""
    if isinstance(value, dict):
        below = ((f"{path}.{name}" if path else name, inner) for name, inner in value.items())
        return {found for place, inner in below for found in {place} | paths(inner, place)}
    if isinstance(value, list):
        return {found for inner in value for found in paths(inner, f"{path}[]")}
    return set()


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)
def test_the_example_that_an_error_gives_is_itself_right(key):
    """Each `example` parses where its key stands, and has the right shape there."""
    document = tomllib.loads(EXAMPLES[2]) | tomllib.loads(EXAMPLES[0])
    if not key.example.startswith("["):
        place(document, key.table).update(tomllib.loads(key.example))
    assert key.example.strip("[]").split(" = ")[0] in (key.name, key.path.replace("[]", ""))
    assert checked(document)


def place(document: dict, table: str) -> dict:
    """The first table at the path `table` of a document."""
    for part in table.split(".") if table else ():
        inside = document[part.removesuffix("[]")]
        document = inside[0] if isinstance(inside, list) else inside
    return document

"""The script that gathers an export: it is PowerShell, it only reads, and all that it writes is
read."""

import re

import pytest

from quorate.importers import export_script
from quorate.importers.windows_exports.kinds import Kind, canonical, hinted

SCRIPT = export_script()
VERBS = {"Get", "Select", "Import", "ConvertTo", "Out", "ForEach"}


def test_it_calls_cmdlets_that_read_and_writes_one_file():
    code = "\n".join(line.partition("#")[0] for line in SCRIPT.splitlines())
    called = set(re.findall(r"\b([A-Z][A-Za-z]+)-([A-Z][A-Za-z]+)\b", code))
    assert {verb for verb, _ in called} == VERBS
    assert [noun for verb, noun in called if verb == "Out"] == ["File"]
    assert re.findall(r"Import-Module -Name (\w+)", code) == ["FailoverClusters"] * 2


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PARAMETER])
def test_it_gathers_what_each_kind_of_record_needs(kind):
    assert kind.value in SCRIPT


def test_the_parts_that_it_names_are_known_by_their_names():
    parts = re.findall(r"^    (\w+) = ", SCRIPT[SCRIPT.index("$export = ") :], re.MULTILINE)
    assert len(parts) == 10
    assert all(hinted(part) is not None for part in parts)


def test_every_property_that_is_asked_for_once_is_spelled_as_windows_does():
    properties = re.findall(r"'([A-Z]\w+)'", SCRIPT)
    assert len({canonical(name) for name in properties}) == len(set(properties))


def test_it_is_powershell():
    """Parsed by a grammar, where that is installed; there is no PowerShell here to run it."""
    grammar = pytest.importorskip("tree_sitter_powershell")
    tree_sitter = pytest.importorskip("tree_sitter")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    tree = parser.parse(SCRIPT.encode("utf-8"))
    assert not tree.root_node.has_error, tree.root_node

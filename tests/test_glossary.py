"""The glossary and the code speak the same language: docs/glossary.md."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "model" / "quorate"
PAGE = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

SAME_IN_EACH_FAMILY = {
    "Account",
    "Assumptions",
    "Caveat",
    "Deviation",
    "Entry",
    "Event",
    "Fact",
    "Fate",
    "Kind",
    "Look",
    "Moment",
    "Part",
    "Situation",
    "Verb",
    "Violation",
}
"""Words that mean the same wherever they are defined: in the seam or the language, in membership,
in groups."""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def identifiers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def classes() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for file, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(file)
    return found


def words_in(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", identifier)}


def rows(section: str) -> list[list[str]]:
    body = PAGE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    lines = [line for line in body.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines[2:]]


def test_every_name_in_the_glossary_is_in_the_package() -> None:
    named = set(re.findall(r"`([A-Z]\w+)`", PAGE))
    assert len(named) > 40
    assert named - set(classes()) == set()


def test_no_word_that_was_given_up_is_a_name() -> None:
    given_up = {
        word
        for not_used, _ in rows("Words that are not used")
        for word in re.findall(r"\w+", not_used)
    } - {"what", "a", "cluster", "runs", "as", "name"}
    assert {"scene", "lagging", "told", "services"} <= given_up
    kinds = {"service"}  # a kind of resource, which Windows calls so
    for file, tree in trees():
        for identifier in identifiers(tree):
            assert not words_in(identifier) & (given_up - kinds), f"{file}: {identifier}"


def test_a_name_means_one_thing() -> None:
    twice = {name for name, files in classes().items() if len(files) > 1}
    assert twice <= SAME_IN_EACH_FAMILY
    assert twice >= SAME_IN_EACH_FAMILY - {"Deviation", "Verb", "Account"}


def test_every_row_says_what_its_word_means() -> None:
    for section in ("The language of systems", "Asking", "Clusters", "Telling"):
        table = rows(section)
        assert table
        for word, meaning, *_ in table:
            assert word
            assert meaning, word

"""Exports of the shapes that people have: each is the cluster that its twin describes, and has the
verdicts that are argued beside it."""

import pathlib
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from quorate.cli.choosing import Choice
from quorate.cli.verdicts import verdict_word
from quorate.importers import Imported, native_text, parse_native, read_cluster
from quorate.inquiry.finding import Asked
from quorate.inquiry.run import Limits, run

FOLDER = pathlib.Path(__file__).parents[1] / "testdata" / "windows"
SIDECARS = (".cluster.toml", ".expected.toml", ".more.toml", ".md")
EXPORTS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(SIDECARS))


def beside(path: pathlib.Path, ending: str) -> pathlib.Path:
    return path.with_name(path.name.split(".")[0] + ending)


@pytest.fixture(params=EXPORTS, ids=lambda path: path.name)
def path(request):
    return request.param


def test_there_are_exports_of_a_dozen_shapes():
    assert len(EXPORTS) >= 12


def test_an_export_is_the_cluster_of_its_twin(path, rewrite):
    read = read_cluster(path)
    twin = beside(path, ".cluster.toml")
    text = native_text(replace(read, notes=(), asks=False))
    if rewrite:
        twin.write_text(text, encoding="utf-8")
        return
    assert text == twin.read_text(encoding="utf-8")
    again = read_cluster(twin)
    assert again.cluster == read.cluster
    assert again.requirements == read.requirements
    assert again.unmodelled == read.unmodelled


def test_every_note_has_its_place(path):
    read = read_cluster(path)
    assert read.notes
    for note in (*read.notes, *read.unmodelled):
        assert note.place.source.startswith(str(path))


def test_an_export_has_the_verdicts_that_are_argued(path):
    expected = expected_of(path)
    choice = choice_of(read_cluster(path))
    reasons = {one.question.title: one.answer.reason for one in choice.not_asked()}
    for setting, titles in expected["unknown"].items():
        for title in titles:
            assert f"no model reads {setting}: " in reasons[title]
    assert expected["verdicts"].keys().isdisjoint(reasons)
    assert verdicts(choice, expected["verdicts"]) == expected["verdicts"]


def test_what_is_said_beside_an_export_decides_more():
    path = FOLDER / "mounted-volume"
    wanted = expected_of(path)["verdicts_with_more"]
    alone = choice_of(read_cluster(path))
    assert wanted.keys() - {claim.title for claim in alone.claims()}
    assert verdicts(choice_of(read_cluster(path, beside(path, ".more.toml"))), wanted) == wanted


def expected_of(path: pathlib.Path) -> dict[str, Any]:
    return tomllib.loads(beside(path, ".expected.toml").read_text(encoding="utf-8"))


def choice_of(read: Imported) -> Choice:
    return Choice(read.cluster, read.requirements, unmodelled=read.unmodelled)


def verdicts(choice: Choice, titles: Iterable[str]) -> dict[str, str]:
    """What is found of the claims of these titles."""
    named = replace(choice, names=tuple(titles))
    if not named.names:
        return {}
    asked = [question for question in named.questions() if question.asked is Asked.CLAIM]
    found = run(asked, Limits(60.0), certify=False)
    return {one.question.title: verdict_word(one) for one in found}


def test_the_copy_of_a_copy_is_the_same(path):
    text = native_text(replace(read_cluster(path), notes=(), asks=False))
    again = parse_native(text, "copy.toml")
    assert native_text(replace(again, notes=())) == text

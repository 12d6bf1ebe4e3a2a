"""The laws of pictures, over every picture of the gallery, and over what is told by hand."""

import re
from pathlib import Path

import pytest
from runs import drawn, names, recorded

from laws import broken_by, description, not_accessible, too_small
from pictured import lines_of
from quorate.drawing.layout import svg

GALLERY = Path(__file__).parents[2] / "diagrams"


@pytest.mark.parametrize("name", names())
def test_letters_looks_and_legend_of_the_gallery(name: str) -> None:
    block = drawn(recorded()[name]).block
    assert broken_by(block) == []
    assert too_small(block) == []


@pytest.mark.parametrize("name", names()[::6])
def test_readers_that_speak_are_told_what_the_picture_shows(name: str) -> None:
    account = recorded()[name]
    picture = svg(account.picture(), embedded=True)
    assert not_accessible(picture) == []
    said = description(picture)
    for sentence in account.data()["conclusion"]["sentences"]:
        assert sentence in said


@pytest.mark.parametrize("name", names())
def test_who_and_what_stands_above_and_the_promise_below(name: str) -> None:
    account = recorded()[name]
    who, *_ = account.data()["conclusion"]["sentences"]
    shown = drawn(account)
    first = next(s for s in shown.block.shapes if getattr(s, "key", "") == "title")
    assert " ".join(first.lines).replace("\xa0", " ") == who
    assert not re.search(r"\bor\b", re.sub(r'"[^"]*"', "", who)), "who and what, without or"
    assert f"Promised: {account.claim}." in _told(shown.block, "promise")


def _told(block: object, key: str) -> str:
    shapes = block.shapes  # type: ignore[attr-defined]
    found = next(s for s in shapes if getattr(s, "key", "") == key)
    return " ".join(found.lines).replace("\xa0", " ")


def test_the_gallery_is_one_to_leaf_through() -> None:
    page = (GALLERY / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]*\]\(([a-z0-9-]+)\.svg\)", page)
    assert pictures == names()
    assert len(pictures) == len(set(pictures)) <= 60
    assert {path.stem for path in GALLERY.glob("*.svg")} == set(pictures)


@pytest.mark.parametrize("path", sorted(GALLERY.glob("*.svg")), ids=lambda path: path.stem)
def test_the_pictures_that_are_kept_are_accessible(path: Path) -> None:
    picture = path.read_text(encoding="utf-8")
    assert not_accessible(picture) == []
    assert lines_of(picture)

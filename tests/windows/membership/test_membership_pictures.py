"""Counterexample pictures: their DOT source, and what Graphviz makes of it."""

import pathlib
import re
import shutil
import unicodedata
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from membership_accounts import (
    ALL,
    long_walk,
    sixteen_nodes,
    sixty_four_nodes,
    two_nodes,
    ugly_names,
)

from laws import broken_by, not_accessible, too_small
from pictured import ANY_NAMES, MARKUP, SVG, lines_of
from quorate.drawing.dot import dot_source
from quorate.drawing.layout import svg
from quorate.drawing.metrics import wrapped
from quorate.drawing.shapes import Block, Box, Words
from quorate.windows.membership.picture.cells import cells
from quorate.windows.membership.picture.diagram import diagram
from quorate.windows.membership.picture.sheet import Sheet

DRAWN = pathlib.Path(__file__).parent / "testdata" / "stories"


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_drawn_as_written_down(name: str, rewrite: bool) -> None:
    path, drawn = DRAWN / f"{name}.dot", ALL[name]().picture()
    if rewrite:
        path.write_text(drawn, encoding="utf-8")
    assert drawn == path.read_text(encoding="utf-8")


def test_every_written_picture_is_drawn() -> None:
    assert {path.stem for path in DRAWN.glob("*.dot")} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_all_words_are_in_the_picture(name: str) -> None:
    account = ALL[name]()
    shown = lines_of(svg(account.picture(), embedded=True))
    for shape in diagram(account).block.shapes:
        if isinstance(shape, Words):
            assert {line.replace("\xa0", " ") for line in shape.lines} <= set(shown)


@pytest.mark.parametrize("name", ALL)
def test_letters_looks_and_legend(name: str) -> None:
    block = diagram(ALL[name]()).block
    assert broken_by(block) == []
    assert too_small(block) == []


@pytest.mark.parametrize("name", ALL)
def test_a_node_keeps_its_place(name: str) -> None:
    account = ALL[name]()
    panels: dict[str, Box] = {}
    places: dict[str, set[tuple[float, float]]] = {}
    for shape in diagram(account).block.shapes:
        if isinstance(shape, Box) and re.fullmatch(r"step \d+", shape.key):
            panels[shape.key] = shape
        elif isinstance(shape, Box) and re.fullmatch(r"step \d+ node \d+", shape.key):
            step, node = shape.key.split(" node ")
            beside = shape.x - panels[step].x, panels[step].bottom - shape.y
            places.setdefault(node, set()).add((round(beside[0], 2), 0.0))
    assert places
    assert all(len(found) == 1 for found in places.values())


@given(ANY_NAMES)
@settings(max_examples=40, deadline=None)
def test_no_name_breaks_the_picture(names: tuple[str, ...]) -> None:
    account = ugly_names(names)
    shown = lines_of(svg(account.picture(), embedded=True))
    assert not [c for line in shown for c in line if unicodedata.category(c)[0] == "C"]
    joined = "".join(shown)
    for label in Sheet(account).labels.values():
        assert re.sub(" ", "", label) in re.sub(" ", "", joined)


@given(MARKUP)
@settings(max_examples=150, deadline=None)
def test_text_is_drawn_as_it_is(text: str) -> None:
    words = Block(9, 9, (Words("w", 0, 0, 400, (text, f"next {text}"), 10),))
    assert lines_of(svg(dot_source(text, words), embedded=True)) == [text, f"next {text}"]


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot is installed")
@pytest.mark.parametrize("name", ["ugly_names", "counts_neighbours"])
def test_an_installed_dot_shows_the_same(name: str) -> None:
    source = ALL[name]().picture()
    assert lines_of(svg(source)) == lines_of(svg(source, embedded=True))
    assert not_accessible(svg(source)) == not_accessible(svg(source, embedded=True)) == []


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot is installed")
@pytest.mark.parametrize("name", ["long_walk", "outdated_form"])
def test_an_installed_dot_puts_words_at_the_same_place(name: str) -> None:
    source = ALL[name]().picture()
    pictures = svg(source), svg(source, embedded=True)
    one, other = (ElementTree.fromstring(p).iter(f"{SVG}text") for p in pictures)
    for here, there in zip(one, other, strict=True):
        assert here.get("text-anchor") == there.get("text-anchor")
        assert abs(float(here.attrib["x"]) - float(there.attrib["x"])) < 0.5
        assert abs(float(here.attrib["y"]) - float(there.attrib["y"])) < 4


def test_few_nodes_are_drawn_one_by_one() -> None:
    assert [cell.nodes for cell in cells(two_nodes())] == [("HV1",), ("HV2",)]


def test_many_nodes_are_drawn_together_if_they_are_alike() -> None:
    sixteen = [cell.nodes for cell in cells(sixteen_nodes())]
    assert [len(nodes) for nodes in sixteen] == [1, 1, 6, 8]
    assert [len(cell.nodes) for cell in cells(sixty_four_nodes())] == [1, 32, 31]


def test_every_step_has_a_panel_and_the_last_says_what_is_broken() -> None:
    shown = lines_of(svg(long_walk().picture(), embedded=True))
    assert [line for line in shown if line.startswith("Step ")] == [
        f"Step {n}" for n in range(1, 10)
    ]
    assert "Nothing runs any more." in shown


def test_a_loop_is_in_the_picture() -> None:
    looping = replace(two_nodes(), violation="it never recovers", loop_start=0)
    shown = lines_of(svg(looping.picture(), embedded=True))
    assert "for ever" in shown
    assert "From here all repeats" in " ".join(shown)


def test_long_words_break_at_their_seams() -> None:
    assert wrapped("BERLIN-HYPERV-01", 70, 10) == ("BERLIN-", "HYPERV-01")

"""Pictures of dependencies."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from group_accounts import EXCHANGE, UGLY, resource
from hypothesis import given, settings
from hypothesis import strategies as st

from pictured import MARKUP, SVG, lines_of
from quorate.cluster import (
    Cluster,
    CycleError,
    Dependency,
    Group,
    Node,
    NodeMajority,
    Resource,
    WindowsVersion,
)
from quorate.drawing.layout import svg
from quorate.drawing.metrics import text_width
from quorate.drawing.palette import WRONG
from quorate.windows.groups.picture.dependency_graph import dependency_graph

LOOP = Group(
    "loop",
    (
        resource("a", "service", "[b]"),
        resource("b", "service", "[c] or [x]"),
        resource("c", "service", "[a]"),
        resource("x", "disk"),
    ),
)


def edges(source: str) -> list[str]:
    return sorted(
        re.sub(r" \[.*", "", line).strip() for line in source.splitlines() if "->" in line
    )


def heavy(source: str) -> list[str]:
    lines = [line for line in source.splitlines() if WRONG in line]
    return edges("\n".join(lines))


def test_edges_go_to_what_is_needed_through_an_or() -> None:
    assert edges(dependency_graph(LOOP)) == [
        '"resource 0" -> "resource 1"',
        '"resource 1 or 0" -> "resource 2"',
        '"resource 1 or 0" -> "resource 3"',
        '"resource 1" -> "resource 1 or 0"',
        '"resource 2" -> "resource 0"',
    ]
    assert heavy(dependency_graph(LOOP)) == []


def test_the_circle_of_a_refused_cluster_is_heavy() -> None:
    with pytest.raises(CycleError) as refused:
        Cluster(
            "c", (Node("n"),), NodeMajority(), groups=(LOOP,), version=WindowsVersion.WINDOWS_2008
        )
    found = dependency_graph(refused.value.group, circle=refused.value.cycle)
    assert heavy(found) == [
        '"resource 0" -> "resource 1"',
        '"resource 1 or 0" -> "resource 2"',
        '"resource 1" -> "resource 1 or 0"',
        '"resource 2" -> "resource 0"',
    ]


def places(group: Group) -> dict[str, float]:
    """How far down each line of text stands."""
    root = ElementTree.fromstring(svg(dependency_graph(group), embedded=True))
    return {text.text or "": float(text.attrib["y"]) for text in root.iter(f"{SVG}text")}


def test_what_is_needed_stands_lower() -> None:
    down = places(EXCHANGE)
    assert down["Search"] < down["Information store"] < down["System attendant"] < down["MAIL01"]
    assert down["Database disk"] == down["Log disk"] == down["Bonn IP"] > down["MAIL01"]


def test_kinds_are_written_as_windows_does() -> None:
    shown = lines_of(svg(dependency_graph(EXCHANGE), embedded=True))
    assert {"MAIL01", "(network name)", "(IP address)", "(disk)", "or"} <= set(shown)


def test_the_marked_are_filled() -> None:
    plain, marked = (
        dependency_graph(EXCHANGE),
        dependency_graph(EXCHANGE, marked=frozenset({"Search"})),
    )
    assert plain != marked
    assert marked.count("penwidth=2.4") == 1


def in_boxes(group: Group) -> list[str]:
    """The lines of all boxes, each checked against the width of its box."""
    picture, shown = svg(dependency_graph(group), embedded=True), list[str]()
    for element in ElementTree.fromstring(picture).iter(f"{SVG}g"):
        polygon = element.find(f"{SVG}polygon")
        if element.get("class") == "node" and polygon is not None:
            corners = [float(point.split(",")[0]) for point in polygon.attrib["points"].split()]
            room = max(corners) - min(corners)
            lines = [(text.text or "").replace("\xa0", " ") for text in element.iter(f"{SVG}text")]
            assert all(text_width(line, 11) <= room for line in lines)
            shown += lines
    return shown


def test_a_picture_says_what_it_is_of() -> None:
    plain = lines_of(svg(dependency_graph(EXCHANGE), embedded=True))
    assert f"Dependencies of group {EXCHANGE.name}" in plain


def test_any_names_stay_in_their_boxes() -> None:
    things = tuple(map(Resource, UGLY))
    needy = replace(things[0], depends_on=Dependency((UGLY[1:3],)))
    shown = in_boxes(Group('<b>"\\', (needy, *things[1:])))
    assert {"two\\nlines\\tand\\x00nul", "a, b and c"} <= set(shown)


@given(st.lists(MARKUP.filter(str.strip), min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_names_are_drawn_as_they_are(names: list[str]) -> None:
    shown = in_boxes(Group(names[0], tuple(map(Resource, names))))
    assert shown.count("(application)") == len(names)
    drawn = "".join(line for line in shown if line != "(application)").replace(" ", "")
    assert sorted(drawn) == sorted("".join(names).replace(" ", ""))

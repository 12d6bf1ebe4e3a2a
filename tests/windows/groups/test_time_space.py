"""Time-space diagrams: their DOT source, and what Graphviz makes of it."""

import pathlib
import shutil
import unicodedata
from dataclasses import replace

import pytest
from group_accounts import (
    ALL,
    SQL,
    Life,
    cluster,
    dual_activity,
    long_evening,
    lost_write,
    ping_pong,
    two_machines,
    ugly_groups,
    without_brackets,
)
from hypothesis import given, settings

from laws import broken_by, not_accessible, too_small
from pictured import ANY_NAMES, lines_of
from quorate.cluster import Group, Resource
from quorate.drawing.bars import runs
from quorate.drawing.layout import svg
from quorate.drawing.metrics import text_width
from quorate.drawing.shapes import Line, Words
from quorate.windows.groups.picture.lanes import Lane, lanes
from quorate.windows.groups.picture.looks import Look
from quorate.windows.groups.picture.marks import Mark
from quorate.windows.groups.picture.standings import Standing
from quorate.windows.groups.picture.time_space import time_space
from quorate.windows.groups.picture.timetable import Timetable
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import Event
from quorate.windows.groups.verbs import Verb

DRAWN = pathlib.Path(__file__).parent / "testdata"


@pytest.mark.parametrize("name", ALL)
def test_pictures_are_drawn_as_written_down(name: str, rewrite: bool) -> None:
    path, drawn = DRAWN / f"{name}.dot", ALL[name]().picture()
    if rewrite:
        path.write_text(drawn, encoding="utf-8")
    assert sorted(drawn.splitlines()) == sorted(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", ALL)
def test_all_words_are_in_the_picture_and_in_their_place(name: str) -> None:
    account = ALL[name]()
    shown = lines_of(svg(account.picture(), embedded=True))
    for shape in Timetable(account).shapes():
        if isinstance(shape, Words):
            widest = max(text_width(line, shape.size, shape.bold) for line in shape.lines)
            assert widest <= shape.width + 0.01, shape
    for shape in time_space(account).block.shapes:
        if isinstance(shape, Words):
            assert {line.replace("\xa0", " ") for line in shape.lines} <= set(shown)


@pytest.mark.parametrize("name", ALL)
def test_every_step_has_a_number_and_no_key_is_used_twice(name: str) -> None:
    account = ALL[name]()
    shapes = list(Timetable(account).shapes())
    keys = [shape.key for shape in shapes if not isinstance(shape, Line)]
    assert len(keys) == len(set(keys))
    folds = Timetable(account).folds
    assert {f"number {row}" for row in range(len(folds))} <= set(keys)
    told = [entry.number for fold in folds for entry in fold.entries]
    assert told == list(range(account.steps + 1))


@pytest.mark.parametrize("name", [name for name in ALL if name != "ugly_groups"])
def test_letters_looks_and_legend(name: str) -> None:
    block = time_space(ALL[name]()).block
    assert broken_by(block) == []
    assert too_small(block) == []


def test_letters_stay_where_they_are_whatever_the_names() -> None:
    assert broken_by(time_space(ugly_groups()).block) == []


def many_resources() -> Account:
    """A group of twenty-five that fails over twice, in more than a hundred steps."""
    names = [f"Machine {number:02}" for number in range(1, 26)]
    life = Life(cluster("Two nodes", 2, Group("Machines", tuple(map(Resource, names)))))
    for here, there in (("HV1", "HV2"), ("HV2", "HV1")):
        states = {"Machines": {"states": life.off("Machines")}}
        life.step(Event(Verb.CRASH, node=here), states, members={there})
        over = {"Machines": {"owner": there}}
        life.step(Event(Verb.TAKE_OVER, "Machines", node=there), over)
        life.starts("Machines", *names)
        life.step(Event(Verb.RETURN, node=here), members={here, there})
    return life.account("served-again(Machines)", "nobody serves")


def test_a_hundred_steps_of_twenty_five_resources_are_one_page() -> None:
    account = many_resources()
    block = time_space(account).block
    assert account.steps > 100
    assert broken_by(block) == []
    assert too_small(block) == []
    assert block.height * 510 / block.width < 760


def lane_of(found: tuple[Lane, ...], node: str) -> Lane:
    return next(lane for lane in found if node in lane.nodes)


def test_only_what_is_ever_active_takes_a_column() -> None:
    found = lanes(dual_activity())
    assert [len(lane.columns) for lane in found] == [6, 5, 0]
    assert [column.name for column in lane_of(found, "HV2").columns] == [
        "SQL",
        *SQL.resource_names[:4],
    ]


def test_what_is_stale_looks_different_from_what_is_online() -> None:
    found = lanes(dual_activity())
    disk = lane_of(found, "HV1").columns[1]
    assert [disk.looks[at] for at, _ in runs(len(disk.looks), lambda s: disk.looks[s])] == [
        Look.ONLINE,
        Look.STALE,
    ]
    assert lane_of(found, "HV1").standings[2] is Standing.UNAWARE
    assert lane_of(found, "HV2").columns[1].looks[4:6] == (Look.STARTING, Look.ONLINE)


def test_what_is_held_and_lost_is_marked() -> None:
    server = lane_of(lanes(lost_write()), "HV1").columns[4]
    assert server.marks == (None, *[Mark.UNWRITTEN] * 3, Mark.LOST)
    saved = lane_of(lanes(two_machines()), "HV2").columns[-1]
    assert saved.marks[-1] is Mark.SAVED


def test_failed_resources_and_paused_nodes_show() -> None:
    found = lanes(long_evening())
    assert Look.FAILED in lane_of(found, "HV3").columns[2].looks
    assert lane_of(found, "HV2").standings[1] is Standing.PAUSED
    assert lane_of(found, "HV4").standings[-1] is Standing.DOWN


def test_idle_nodes_share_a_lane() -> None:
    life = Life(cluster("many", 20, SQL))
    life.step(Event(Verb.CRASH, node="HV7"), members=life.without("HV7"))
    found = lanes(life.account("t", "b"))
    assert [len(lane.nodes) for lane in found] == [1, 1, 18]
    assert "18 nodes" in lines_of(svg(life.account("t", "b").picture(), embedded=True))


def test_volumes_have_a_lane_if_one_fails() -> None:
    assert lanes(two_machines())[-1].nodes == ()
    assert all(lane.nodes for lane in lanes(dual_activity()))


def test_moves_and_loops_are_arrows() -> None:
    arrows = [line for line in ping_pong().picture().splitlines() if "dir=forward" in line]
    assert [line.split(" [")[0].strip() for line in arrows] == [
        '"lane 0 head" -- "lane 1 head"',
        '"lane 1 head" -- "lane 0 head"',
        "sheet -- sheet",
        "sheet -- sheet",
    ], "two moves, what repeats, and what the legend shows of a move"
    assert {"for", "ever"} <= set(lines_of(svg(ping_pong().picture(), embedded=True)))
    assert "ever" not in lines_of(svg(lost_write().picture(), embedded=True))


def test_a_large_picture_fits_a_page() -> None:
    table = Timetable.fitting(long_evening())
    assert table.right < 680
    assert table.rows.bottom < 842
    assert table.widths[0] > 11 * table.room.column


@given(ANY_NAMES.map(without_brackets))
@settings(max_examples=25, deadline=None)
def test_no_name_breaks_the_picture(names: tuple[str, ...]) -> None:
    account = ugly_groups(names)
    shown = lines_of(svg(account.picture(), embedded=True))
    assert not [c for line in shown for c in line if unicodedata.category(c)[0] == "C"]
    for label in Timetable.fitting(account).heads.labels.values():
        assert label.replace("\xa0", " ") in shown


def test_a_deviation_is_told_once() -> None:
    shown = lines_of(svg(lost_write().picture(), embedded=True))
    assert len([line for line in shown if line.startswith("Broken on purpose")]) == 1
    other = replace(lost_write(), title="no-lost-write")
    shown = lines_of(svg(other.picture(), embedded=True))
    assert [line for line in shown if line.startswith("Broken on purpose")]


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot is installed")
@pytest.mark.parametrize("name", ["ugly_groups", "long_evening"])
def test_an_installed_dot_shows_the_same(name: str) -> None:
    source = ALL[name]().picture()
    assert lines_of(svg(source)) == lines_of(svg(source, embedded=True))
    assert not_accessible(svg(source)) == not_accessible(svg(source, embedded=True)) == []

"""The box of a node, or of several that are alike."""

import enum
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from quorate.drawing.frames import fitted, words
from quorate.drawing.grammar import agreeing, number_of
from quorate.drawing.palette import DOWN_FILL, DOWN_TEXT, FRAME
from quorate.drawing.shapes import Block, Box, column
from quorate.windows.membership.picture import looks
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.picture.sheet import MARK, NAME, Sheet, View

PADDING = 3.0


class Condition(enum.Enum):
    """What a node does, which all boxes of nodes show by their fill and frame."""

    RUNS = "runs"
    LISTENS = "listens"
    DOWN = "down"


def condition(view: View, cell: Cell) -> Condition:
    if cell.first not in view.situation.up:
        return Condition.DOWN
    return Condition.RUNS if cell.first in view.situation.running else Condition.LISTENS


def cell_block(view: View, cell: Cell, width: float, height: float = 0.0) -> Block:
    """At least as high as `height`."""
    key, look = view.node_key(cell), view.look_of(cell.first)
    color = DOWN_TEXT if condition(view, cell) is Condition.DOWN else "black"
    room = width - 2 * PADDING
    name = fitted([_title(view.sheet, cell)], room, NAME, True)
    parts = [words(f"{key} name", name, room, NAME, bold=True, color=color)]
    marks = fitted([*_marks(view, cell), *_state_marks(view, cell)], room, MARK, False)
    if marks:
        parts.append(words(f"{key} marks", marks, room, MARK, color=color))
    inside = column(parts, 0)
    high = max(height, inside.height + 2 * PADDING)
    frame = _frame(condition(view, cell), look.fill if look is not None else "white")
    box = replace(frame, key=key, width=width, height=high)
    middle = inside.at(PADDING, (high - inside.height) / 2)
    return Block(width, high, (box, *middle, *_mark(view, cell, box)))


def _frame(condition: Condition, fill: str) -> Box:
    """A box without place and size; `fill` is that of the island of a node that runs."""
    plain = Box("", 0, 0, 0, 0, fill, pen=0.8)
    match condition:
        case Condition.RUNS:
            return replace(plain, meaning=looks.RUNS)
        case Condition.LISTENS:
            return replace(plain, fill="white", meaning=looks.LISTENS)
        case Condition.DOWN:
            down = replace(plain, fill=DOWN_FILL, stroke=FRAME, style="dashed")
            return replace(down, meaning=looks.DOWN)
        case _:
            assert_never(condition)


def _mark(view: View, cell: Cell, box: Box) -> Iterator[Box]:
    """The frame of what breaks the promise, or of who acts. Where whole islands clash, their own
    frames say so."""
    if cell.first in view.clashing - view.clashing_islands:
        yield looks.marked(box, looks.BREAKS)
    elif cell.first in view.acting:
        yield looks.marked(box, looks.ACTING)


def _title(sheet: Sheet, cell: Cell) -> str:
    first, last = sheet.labels[cell.first], sheet.labels[cell.nodes[-1]]
    if len(cell.nodes) == 1:
        return first
    if len(cell.nodes) == 2:
        return f"{first}, {last}"
    return f"{first} to {last}" if _consecutive(sheet, cell) else f"{len(cell.nodes)} nodes"


def _consecutive(sheet: Sheet, cell: Cell) -> bool:
    start = sheet.cluster.node_names.index(cell.first)
    return sheet.cluster.node_names[start : start + len(cell.nodes)] == cell.nodes


def _marks(view: View, cell: Cell) -> list[str]:
    """What is written below a name: first what the node is."""
    sheet, situation = view.sheet, view.situation
    marks = []
    if len(cell.nodes) > 2:
        several = f"{len(cell.nodes)} nodes"
        marks.append(several if _consecutive(sheet, cell) else sheet.names.listed(cell.nodes))
    each = situation.votes_of(cell.first)
    if each != 1 and any(situation.votes.nodes.values()):
        marks.append(number_of(each, "vote") + (" each" if len(cell.nodes) > 1 else ""))
    return marks


def _state_marks(view: View, cell: Cell) -> list[str]:
    """Then how it is."""
    situation, versions = view.situation, view.sheet.versions[view.step]
    marks = []
    match condition(view, cell):
        case Condition.DOWN:
            marks.append("down")
        case Condition.LISTENS:
            marks.append(agreeing(cell.nodes, "listens", "listen"))
        case Condition.RUNS:
            pass
        case other:
            assert_never(other)
    if situation.holder in cell.nodes:
        marks.append("holds witness")
    if versions.differ:
        marks.append(f"configuration {versions.nodes[cell.first]}")
    if situation.is_overruled(cell.first):
        marks.append("overruled")
    if cell.first in situation.prevented and cell.first in situation.up:
        marks.append("prevent quorum")
    if situation.witness_up and cell.first not in situation.witness_paths:
        marks.append("no path to witness")
    return marks

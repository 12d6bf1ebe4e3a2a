"""The box of a node, or of several that are alike."""

import enum
from typing import assert_never

from quorate.drawing.frames import fitted, words
from quorate.drawing.grammar import agreeing, number_of
from quorate.drawing.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FRAME
from quorate.drawing.shapes import Block, Box, column
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.picture.sheet import MARK, NAME, THICK, WIDE, Sheet, View


class Condition(enum.Enum):
    """What a node does, which all boxes of nodes show by their fill and frame."""

    RUNS = "runs the cluster"
    LISTENS = "listens: up, but runs no cluster"
    DOWN = "down"


def condition(view: View, cell: Cell) -> Condition:
    if cell.first not in view.situation.up:
        return Condition.DOWN
    return Condition.RUNS if cell.first in view.situation.running else Condition.LISTENS


def node_frame(condition: Condition, fill: str) -> Box:
    """A box without place and size; `fill` is that of the island of a node that runs."""
    match condition:
        case Condition.RUNS:
            return Box("", 0, 0, 0, 0, fill)
        case Condition.LISTENS:
            return Box("", 0, 0, 0, 0)
        case Condition.DOWN:
            return Box("", 0, 0, 0, 0, DOWN_FILL, FRAME, style="dashed")
        case _:
            assert_never(condition)


def cell_block(view: View, cell: Cell, width: float) -> Block:
    key, look = view.node_key(cell), view.look_of(cell.first)
    frame = node_frame(condition(view, cell), look.fill if look is not None else "white")
    color = DOWN_TEXT if condition(view, cell) is Condition.DOWN else "black"
    name = fitted([_title(view.sheet, cell)], width - 6, NAME, True)
    parts = [words(f"{key} name", name, width, NAME, bold=True, color=color)]
    said = [*_marks(view, cell), *_state_marks(view, cell)]
    if width >= WIDE:
        said = [", ".join(said)] if said else []
    marks = fitted(said, width - 6, MARK, False)
    if marks:
        parts.append(words(f"{key} marks", marks, width, MARK, color=color))
    inside = column(parts, 0)
    changed = view.before is not None and _state(view, cell) != _state(view.before, cell)
    box = Box(
        key,
        0,
        0,
        width,
        inside.height + 6,
        fill=frame.fill,
        stroke=CHANGED if changed else frame.stroke,
        pen=THICK if changed else 0.8,
        style=frame.style,
    )
    return Block(width, box.height, (box, *inside.at(0, 3)))


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
    site = next(node.site for node in sheet.cluster.nodes if node.name == cell.first)
    if site is not None:
        marks.append(sheet.names.site(site))
    return marks


def _state_marks(view: View, cell: Cell) -> list[str]:
    """Then how it is."""
    situation, witness = view.situation, view.sheet.cluster.witness
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
    if cell.first not in situation.current:
        overruled = situation.is_overruled(cell.first)
        marks.append("overruled" if overruled else "old configuration")
    if cell.first in situation.prevented and cell.first in situation.up:
        marks.append("prevent quorum")
    if witness is not None and situation.witness_up and cell.first in witness.reached_by:
        lost = cell.first not in situation.witness_paths
        if lost and not view.without_paths(view.network_of(cell.first)):
            marks.append("no path to witness")
    return marks


def _state(view: View, cell: Cell) -> tuple[object, ...]:
    """What a frame marks if it changes. That an island shrank is seen around its members."""
    situation = view.situation
    return (
        cell.first in situation.up,
        view.look_of(cell.first),
        situation.holder in cell.nodes,
        cell.first in situation.current,
        cell.first in situation.witness_paths,
        situation.votes_of(cell.first),
        situation.is_overruled(cell.first),
        cell.first in situation.prevented,
    )

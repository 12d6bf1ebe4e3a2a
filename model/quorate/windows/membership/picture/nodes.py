"""The box of a node, or of several that are alike."""

from quorate.drawing.frames import fitted, words
from quorate.drawing.grammar import number_of
from quorate.drawing.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FRAME
from quorate.drawing.shapes import Block, Box, column
from quorate.windows.membership.picture.alike import Cell
from quorate.windows.membership.picture.scene import MARK, NAME, Scene
from quorate.windows.membership.reasons.networks import networks

THICK = 2.6

WIDE = 130.0
"""An area of at least this width has two columns, a box what it says in one line."""


def node_key(step: int, cell: Cell) -> str:
    return f"step {step} node {cell.index}"


def all_paths_lost(scene: Scene, step: int, network: frozenset[str]) -> bool:
    """No node of the network has the path to a working witness that it was built with."""
    witness, situation = scene.cluster.witness, scene.situation(step)
    if witness is None or not situation.witness_up:
        return False
    built = network & frozenset(witness.reached_by)
    return len(built) > 1 and not built & situation.witness_paths


def cell_block(scene: Scene, step: int, cell: Cell, width: float) -> Block:
    situation = scene.situation(step)
    key = node_key(step, cell)
    island = situation.island_of(cell.first)
    down = cell.first not in situation.up
    color = DOWN_TEXT if down else "black"
    title = _title(scene, cell)
    name = fitted([title], width - 6, NAME, True)
    parts = [words(f"{key} name", name, width, NAME, bold=True, color=color)]
    said = _marks(scene, step, cell)
    if width >= WIDE:
        said = [", ".join(said)] if said else []
    marks = fitted(said, width - 6, MARK, False)
    if marks:
        parts.append(words(f"{key} marks", marks, width, MARK, color=color))
    inside = column(parts, 0)
    changed = step > 0 and _state(scene, step, cell) != _state(scene, step - 1, cell)
    fill = DOWN_FILL if down else "white"
    box = Box(
        key,
        0,
        0,
        width,
        inside.height + 6,
        fill=scene.teams[step][island].fill if island is not None else fill,
        stroke=CHANGED if changed else (FRAME if down else "black"),
        pen=THICK if changed else 0.8,
        style="dashed" if down else "solid",
    )
    return Block(width, box.height, (box, *inside.at(0, 3)))


def _title(scene: Scene, cell: Cell) -> str:
    first, last = scene.labels[cell.first], scene.labels[cell.nodes[-1]]
    if len(cell.nodes) == 1:
        return first
    if len(cell.nodes) == 2:
        return f"{first}, {last}"
    return f"{first} to {last}" if _consecutive(scene, cell) else f"{len(cell.nodes)} nodes"


def _consecutive(scene: Scene, cell: Cell) -> bool:
    start = scene.cluster.node_names.index(cell.first)
    return scene.cluster.node_names[start : start + len(cell.nodes)] == cell.nodes


def _marks(scene: Scene, step: int, cell: Cell) -> list[str]:
    """What is written below a name: what it is, then how it is."""
    situation, votes = scene.situation(step), scene.cluster.votes
    marks = []
    if len(cell.nodes) > 2:
        several = f"{len(cell.nodes)} nodes"
        marks.append(several if _consecutive(scene, cell) else scene.names.listed(cell.nodes))
    each = votes.nodes[cell.first]
    if each != 1 and any(votes.nodes.values()):
        marks.append(number_of(each, "vote") + (" each" if len(cell.nodes) > 1 else ""))
    site = next(node.site for node in scene.cluster.nodes if node.name == cell.first)
    if site is not None:
        marks.append(scene.names.site(site))
    if cell.first not in situation.up:
        marks.append("down")
    elif cell.first not in situation.running:
        marks.append("listens")
    return marks + _conditions(scene, step, cell)


def _conditions(scene: Scene, step: int, cell: Cell) -> list[str]:
    situation, witness = scene.situation(step), scene.cluster.witness
    conditions = []
    if situation.holder in cell.nodes:
        conditions.append("holds witness")
    if cell.first not in situation.current:
        conditions.append("old configuration")
    if witness is not None and situation.witness_up and cell.first in witness.reached_by:
        network = next(
            part for part in networks(scene.cluster.node_names, situation) if cell.first in part
        )
        lost = cell.first not in situation.witness_paths
        if lost and not all_paths_lost(scene, step, network):
            conditions.append("no path to witness")
    return conditions


def _state(scene: Scene, step: int, cell: Cell) -> tuple[object, ...]:
    """What a frame marks if it changes. That an island shrank is seen around its members."""
    situation = scene.situation(step)
    team = scene.teams[step].get(situation.island_of(cell.first) or frozenset())
    return (
        cell.first in situation.up,
        team,
        situation.holder in cell.nodes,
        cell.first in situation.current,
        cell.first in situation.witness_paths,
    )

"""The boxes of one moment: nodes in islands in networks, each box no larger than what is in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from quorate.views.alike import Cell
from quorate.views.drawing import Block, Box, Shape, Words, column, row
from quorate.views.metrics import LEADING, wrapped
from quorate.views.networks import cuts, networks
from quorate.views.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FAINT, FRAME, TEXT
from quorate.views.reasons import tally
from quorate.views.scene import MARK, NAME, Scene
from quorate.views.sentences import arithmetic, number_of

PADDING = 5.0
GAP = 5.0
THICK = 2.6
LANE = 26.0
"""Room for broken connections beside and between the boxes of a network."""

MOST_DRAWN_CUTS = 3
"""More broken connections than this in one network are listed, not drawn."""

WIDE = 130.0
"""An area of at least this width has two columns."""


def node_key(step: int, cell: Cell) -> str:
    return f"step {step} node {cell.index}"


def island_key(step: int, number: int) -> str:
    return f"step {step} island {number}"


def witness_key(step: int) -> str:
    return f"step {step} witness"


def networks_block(scene: Scene, step: int, width: float) -> Block:
    """All networks of a moment."""
    found = networks(scene.cluster.node_names, scene.situation(step))
    return _flow(
        [
            partial(_network, scene, step, number, network, several=len(found) > 1)
            for number, network in enumerate(found, 1)
        ],
        width,
    )


def _flow(makers: Sequence[Callable[[float], Block]], width: float, gap: float = GAP) -> Block:
    """Blocks in two columns, `gap` apart, where there is room for two."""
    if len(makers) == 1 or width < WIDE:
        return column([make(width) for make in makers], GAP)
    half = (width - gap) / 2
    pairs = [makers[start : start + 2] for start in range(0, len(makers), 2)]
    return column([row([make(half) for make in pair], gap) for pair in pairs], GAP)


def _network(
    scene: Scene, step: int, number: int, network: frozenset[str], width: float, *, several: bool
) -> Block:
    situation = scene.situation(step)
    key = f"step {step} network {number}"
    broken = drawn_cuts(scene, step, network)
    groups = _groups(scene, step, network)
    gap, lane = _room_for_cuts(broken, groups, width - 2 * PADDING)
    room = width - 2 * PADDING - lane
    makers = [
        partial(_island, scene, step, group, gap)
        if group in situation.islands
        else partial(_grid, scene, step, _cells(scene, group), gap)
        for group in groups
    ]

    head = [f"network {number}" if several else "network"]
    blocks = [_words(f"{key} head", head, room, MARK, color=DOWN_TEXT), _flow(makers, room, gap)]
    notes = _network_notes(scene, step, network, len(broken))
    if notes:
        lines = [line for note in notes for line in wrapped(note, room, MARK)]
        blocks.append(_words(f"{key} notes", lines, room, MARK))
    previous = networks(scene.cluster.node_names, scene.situation(step - 1)) if step else None
    changed = previous is not None and network not in previous
    return _framed(
        key,
        column(blocks, 3),
        width,
        fill=FAINT,
        stroke=CHANGED if changed else FRAME,
        pen=1.6 if changed else 1.0,
        style="rounded",
    )


def _groups(scene: Scene, step: int, network: frozenset[str]) -> list[frozenset[str]]:
    """The islands of a network and the nodes that run none, in configured order."""
    situation = scene.situation(step)
    groups = [island for island in situation.islands if island <= network]
    idle = network - situation.running
    return scene.names.by_order([*groups, idle] if idle else groups)


def _cells(scene: Scene, nodes: frozenset[str]) -> list[Cell]:
    return [cell for cell in scene.cells if cell.first in nodes]


def _room_for_cuts(
    broken: Sequence[tuple[Cell, Cell]], groups: Sequence[frozenset[str]], width: float
) -> tuple[float, float]:
    """The room between two columns, and beside them: none where all that is broken is between the
    two columns."""
    if not 0 < len(broken) <= MOST_DRAWN_CUTS:
        return GAP, 0.0
    two_columns = len(groups) == 2 and width >= WIDE
    between = two_columns and all(
        (one.first in groups[0]) != (other.first in groups[0]) for one, other in broken
    )
    return LANE, 0.0 if between else LANE


def drawn_cuts(scene: Scene, step: int, network: frozenset[str]) -> tuple[tuple[Cell, Cell], ...]:
    """The broken connections inside a network, between boxes."""
    pairs = cuts(scene.cluster.node_names, network, scene.situation(step))
    boxes = dict.fromkeys((scene.cell_of(one), scene.cell_of(other)) for one, other in pairs)
    return tuple(boxes)


def _network_notes(scene: Scene, step: int, network: frozenset[str], broken: int) -> list[str]:
    notes = []
    if broken > MOST_DRAWN_CUTS:
        pairs = cuts(scene.cluster.node_names, network, scene.situation(step))
        shown = [f"{scene.labels[one]} – {scene.labels[other]}" for one, other in pairs[:3]]
        more = f" and {len(pairs) - 3} others" if len(pairs) > 3 else ""
        notes.append(f"cut: {', '.join(shown)}{more}")
    if _all_lost(scene, step, network):
        notes.append("no path to the witness")
    return notes


def _all_lost(scene: Scene, step: int, network: frozenset[str]) -> bool:
    """No node of the network has the path to a working witness that it was built with."""
    witness, situation = scene.cluster.witness, scene.situation(step)
    if witness is None or not situation.witness_up:
        return False
    built = network & frozenset(witness.reached_by)
    return len(built) > 1 and not built & situation.witness_paths


def _island(scene: Scene, step: int, island: frozenset[str], gap: float, width: float) -> Block:
    situation = scene.situation(step)
    team = scene.teams[step][island]
    number = scene.island_number(step, island)
    key = island_key(step, number)
    room = width - 2 * PADDING
    count = tally(scene.cluster, island, situation.holds_witness(island))
    forced = situation.forced[situation.islands.index(island)]
    heads = [f"cluster {team.letter} runs" if len(situation.islands) > 1 else "cluster runs"]
    sums = ["started by force"] if forced else []
    sums += [arithmetic(count)] if count.enough else [f"{arithmetic(count)},", "no quorum"]
    head = _words(f"{key} head", _fit(heads, room, NAME, True), room, NAME, bold=True)
    sum_ = _words(f"{key} votes", _fit(sums, room, MARK, False), room, MARK)
    members = _cells(scene, island)
    inside = column([column([head, sum_], 0), _grid(scene, step, members, gap, room)], 3)
    return _framed(
        key,
        inside,
        width,
        fill=team.ground,
        stroke="black",
        pen=1.3,
        style=team.style,
        rings=team.rings,
    )


def _grid(scene: Scene, step: int, members: Sequence[Cell], gap: float, width: float) -> Block:
    """Boxes of nodes in configured order, down the columns, which are `gap` apart."""
    if width < WIDE or len(members) == 1:
        return column([_cell(scene, step, cell, width) for cell in members], GAP)
    half = (width - gap) / 2
    rows = (len(members) + 1) // 2
    columns = [members[:rows], members[rows:]]
    return row(
        [column([_cell(scene, step, cell, half) for cell in side], GAP) for side in columns], gap
    )


def _cell(scene: Scene, step: int, cell: Cell, width: float) -> Block:
    situation = scene.situation(step)
    key = node_key(step, cell)
    island = situation.island_of(cell.first)
    down = cell.first not in situation.up
    color = DOWN_TEXT if down else "black"
    title = _title(scene, cell)
    name = _fit([title], width - 6, NAME, True)
    parts = [_words(f"{key} name", name, width, NAME, bold=True, color=color)]
    marks = _fit(_marks(scene, step, cell), width - 6, MARK, False)
    if marks:
        parts.append(_words(f"{key} marks", marks, width, MARK, color=color))
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
    return f"{first} to {last}" if _consecutive(scene, cell) else f"{len(cell.nodes)} nodes"


def _consecutive(scene: Scene, cell: Cell) -> bool:
    start = scene.cluster.node_names.index(cell.first)
    return scene.cluster.node_names[start : start + len(cell.nodes)] == cell.nodes


def _marks(scene: Scene, step: int, cell: Cell) -> list[str]:
    """What is written below a name: what it is, then how it is."""
    situation, votes = scene.situation(step), scene.cluster.votes
    marks = []
    if len(cell.nodes) > 1:
        some = ", ".join(scene.labels[name] for name in cell.nodes[:2])
        more = ",…" if len(cell.nodes) > 2 else ""
        marks.append(f"{len(cell.nodes)} nodes" if _consecutive(scene, cell) else some + more)
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
        if lost and not _all_lost(scene, step, network):
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


def _fit(texts: Sequence[str], width: float, size: float, bold: bool) -> list[str]:
    return [line for text in texts for line in wrapped(text, width, size, bold)]


def _words(
    key: str,
    lines: Sequence[str],
    width: float,
    size: float,
    *,
    bold: bool = False,
    color: str = TEXT,
) -> Block:
    words = Words(key, 0, 0, width, tuple(lines), size, bold, color)
    return Block(width, len(lines) * size * LEADING, (words,))


def _framed(
    key: str,
    inside: Block,
    width: float,
    *,
    fill: str,
    stroke: str,
    pen: float,
    style: str,
    rings: int = 1,
) -> Block:
    height = inside.height + 2 * PADDING - 1
    frames: list[Shape] = [Box(key, 0, 0, width, height, fill, stroke, pen, style)]
    for ring in range(1, rings):
        inset = 2.6 * ring
        inner = Box(f"{key} ring {ring}", inset, inset, width - 2 * inset, height - 2 * inset)
        frames.append(replace(inner, fill=fill, stroke=stroke, pen=pen / 2))
    return Block(width, height, (*frames, *inside.at(PADDING, PADDING - 1)))

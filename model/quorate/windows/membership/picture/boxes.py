"""The boxes of one moment: nodes in islands in networks, each box no larger than what is in it."""

from collections.abc import Callable, Sequence
from functools import partial

from quorate.drawing.frames import PADDING, fitted, framed, words
from quorate.drawing.grammar import arithmetic
from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED, DOWN_TEXT, FAINT, FRAME
from quorate.drawing.shapes import Block, column, row
from quorate.windows.membership.picture.alike import Cell
from quorate.windows.membership.picture.cut_lines import LANE, cut_notes, drawn_cuts
from quorate.windows.membership.picture.nodes import WIDE, all_paths_lost, cell_block
from quorate.windows.membership.picture.scene import MARK, NAME, Scene
from quorate.windows.membership.reasons.networks import networks
from quorate.windows.membership.reasons.reasons import tally

GAP = 5.0
HEAD = 1.5
"""The height of what stands above the boxes of a network or an island, in boxes."""


def island_key(step: int, number: int) -> str:
    return f"step {step} island {number}"


def networks_block(scene: Scene, step: int, width: float) -> Block:
    """All networks of a moment."""
    found = networks(scene.cluster.node_names, scene.situation(step))
    makers = [
        partial(_network, scene, step, number, network, several=len(found) > 1)
        for number, network in enumerate(found, 1)
    ]
    return _lower(makers, [len(_cells(scene, network)) for network in found], width)


def _lower(
    makers: Sequence[Callable[[float], Block]], counts: Sequence[int], width: float
) -> Block:
    """In two columns, or one below the other with two columns inside each where that is lower:
    seven nodes beside one would leave half a panel empty. Only the number of boxes in each decides,
    so that equal moments look equal whatever is written in the boxes."""
    beside = sum(max(counts[start : start + 2]) for start in range(0, len(counts), 2))
    below = sum((count + 1) // 2 for count in counts) + HEAD * (len(counts) - 1)
    if below < beside:
        return column([make(width) for make in makers], GAP)
    return _flow(makers, width)


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

    counts = [len(_cells(scene, group)) for group in groups]
    inside = _flow(makers, room, gap) if broken else _lower(makers, counts, room)
    head = [f"network {number}" if several else "network"]
    blocks = [words(f"{key} head", head, room, MARK, color=DOWN_TEXT)]
    notes = _network_notes(scene, step, network)
    if notes:
        lines = [line for note in notes for line in wrapped(note, room, MARK)]
        blocks.append(words(f"{key} notes", lines, room, MARK))
    blocks.append(inside)
    previous = networks(scene.cluster.node_names, scene.situation(step - 1)) if step else None
    changed = previous is not None and network not in previous
    return framed(
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
    if not broken:
        return GAP, 0.0
    two_columns = len(groups) == 2 and width >= WIDE
    between = two_columns and all(
        (one.first in groups[0]) != (other.first in groups[0]) for one, other in broken
    )
    return LANE, 0.0 if between else LANE


def _network_notes(scene: Scene, step: int, network: frozenset[str]) -> list[str]:
    notes = cut_notes(scene, step, network)
    if all_paths_lost(scene, step, network):
        notes.append("no path to the witness")
    return notes


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
    head = words(f"{key} head", fitted(heads, room, NAME, True), room, NAME, bold=True)
    sum_ = words(f"{key} votes", fitted(sums, room, MARK, False), room, MARK)
    members = _cells(scene, island)
    inside = column([column([head, sum_], 0), _grid(scene, step, members, gap, room)], 3)
    return framed(
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
        return column([cell_block(scene, step, cell, width) for cell in members], GAP)
    half = (width - gap) / 2
    rows = (len(members) + 1) // 2
    columns = [members[:rows], members[rows:]]
    return row(
        [column([cell_block(scene, step, cell, half) for cell in side], GAP) for side in columns],
        gap,
    )

"""The boxes of one moment: nodes in islands in networks, each box no larger than what is in it."""

from collections.abc import Callable, Sequence
from functools import partial

from quorate.drawing.frames import PADDING, fitted, framed, words
from quorate.drawing.metrics import wrapped
from quorate.drawing.palette import CHANGED, DOWN_TEXT, FAINT, FRAME
from quorate.drawing.shapes import Block, column, row
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.picture.cut_lines import LANE, cut_notes, drawn_cuts
from quorate.windows.membership.picture.nodes import cell_block
from quorate.windows.membership.picture.sheet import MARK, NAME, WIDE, View
from quorate.windows.membership.reasons.tally import tally
from quorate.windows.membership.words.arithmetic import arithmetic

GAP = 5.0
HEAD = 1.5
"""The height of what stands above the boxes of a network or an island, in boxes."""


def networks_block(view: View, width: float) -> Block:
    """All networks of a moment."""
    several = len(view.networks) > 1
    makers = [
        partial(_network, view, f"network {number}" if several else "network", number, network)
        for number, network in enumerate(view.networks, 1)
    ]
    return _lower(makers, [len(view.cells_in(network)) for network in view.networks], width)


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


def _network(view: View, head: str, number: int, network: frozenset[str], width: float) -> Block:
    key = f"{view.key} network {number}"
    cut, groups = drawn_cuts(view, network), _groups(view, network)
    gap, lane = _room_for_cuts(cut, groups, width - 2 * PADDING)
    room = width - 2 * PADDING - lane
    makers = [
        partial(_island, view, group, gap)
        if group in view.situation.islands
        else partial(_grid, view, view.cells_in(group), gap)
        for group in groups
    ]
    counts = [len(view.cells_in(group)) for group in groups]
    inside = _flow(makers, room, gap) if cut else _lower(makers, counts, room)
    blocks = [words(f"{key} head", [head], room, MARK, color=DOWN_TEXT)]
    notes = _network_notes(view, network)
    if notes:
        lines = [line for note in notes for line in wrapped(note, room, MARK)]
        blocks.append(words(f"{key} notes", lines, room, MARK))
    blocks.append(inside)
    changed = view.before is not None and network not in view.before.networks
    return framed(
        key,
        column(blocks, 3),
        width,
        fill=FAINT,
        stroke=CHANGED if changed else FRAME,
        pen=1.6 if changed else 1.0,
        style="rounded",
    )


def _groups(view: View, network: frozenset[str]) -> list[frozenset[str]]:
    """The islands of a network and the nodes that run none, in configured order."""
    groups = [island for island in view.situation.islands if island <= network]
    idle = network - view.situation.running
    return view.sheet.names.by_order([*groups, idle] if idle else groups)


def _room_for_cuts(
    cut: Sequence[tuple[Cell, Cell]], groups: Sequence[frozenset[str]], width: float
) -> tuple[float, float]:
    """The room between two columns, and beside them: none where all that is cut is between the
    two columns."""
    if not cut:
        return GAP, 0.0
    two_columns = len(groups) == 2 and width >= WIDE
    between = two_columns and all(
        (one.first in groups[0]) != (other.first in groups[0]) for one, other in cut
    )
    return LANE, 0.0 if between else LANE


def _network_notes(view: View, network: frozenset[str]) -> list[str]:
    notes = cut_notes(view, network)
    return [*notes, "no path to the witness"] if view.without_paths(network) else notes


def _island(view: View, island: frozenset[str], gap: float, width: float) -> Block:
    situation, look, key = view.situation, view.look(island), view.island_key(island)
    room = width - 2 * PADDING
    count = tally(situation.votes_for(island), island, situation.holds_witness(island))
    forced = situation.forced[situation.islands.index(island)]
    heads = [f"cluster {look.letter} runs" if len(situation.islands) > 1 else "cluster runs"]
    sums = ["started by force"] if forced else []
    sums += [arithmetic(count)] if count.enough else [f"{arithmetic(count)},", "no quorum"]
    head = words(f"{key} head", fitted(heads, room, NAME, True), room, NAME, bold=True)
    sum_ = words(f"{key} votes", fitted(sums, room, MARK, False), room, MARK)
    members = _grid(view, view.cells_in(island), gap, room)
    return framed(
        key,
        column([column([head, sum_], 0), members], 3),
        width,
        fill=look.ground,
        stroke="black",
        pen=1.3,
        style=look.style,
        rings=look.rings,
    )


def _grid(view: View, members: Sequence[Cell], gap: float, width: float) -> Block:
    """Boxes of nodes in configured order, down the columns, which are `gap` apart."""
    if width < WIDE or len(members) == 1:
        return column([cell_block(view, cell, width) for cell in members], GAP)
    half = (width - gap) / 2
    rows = (len(members) + 1) // 2
    columns = [members[:rows], members[rows:]]
    return row(
        [column([cell_block(view, cell, half) for cell in side], GAP) for side in columns],
        gap,
    )

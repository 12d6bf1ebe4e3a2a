"""The boxes of one moment: nodes at their places, around those that run together their island, and
between those that are not connected a cut."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby, pairwise

from quorate.drawing.frames import fitted, words
from quorate.drawing.metrics import LEADING, text_width
from quorate.drawing.names import shortened
from quorate.drawing.palette import DOWN_TEXT, FAINT_FRAME, TEXT, WRONG
from quorate.drawing.shapes import SHEET, Block, Box, Line, Shape, Words, column
from quorate.values import dataclass
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.picture.looks import BREAKS, CUT, ISLAND, THICK, marked
from quorate.windows.membership.picture.nodes import cell_block
from quorate.windows.membership.picture.place import Slot, rows, site_of
from quorate.windows.membership.picture.sheet import MARK, NAME, Sheet, View
from quorate.windows.membership.reasons.tally import tally
from quorate.windows.membership.words.arithmetic import arithmetic

BRACKET, LANE = 8.0, 26.0
"""Left of the boxes: what shows a site, and room for cuts inside a network."""

AROUND = 4.0
"""The room between an island's frame and its boxes."""

SUM = 100.0
"""Right of the boxes, for what an island counts."""


@dataclass(frozen=True)
class Grid:
    """What is the same in all panels, which are `width` wide."""

    sheet: Sheet
    width: float

    @cached_property
    def left(self) -> float:
        """Where the boxes of nodes begin."""
        bracket = BRACKET if self.sheet.cluster.sites else 0.0
        lane = LANE if any(_drawn(view) for view in self.sheet.views) else 0.0
        return bracket + lane + AROUND

    @property
    def box_width(self) -> float:
        return self.width - self.left - SUM - AROUND

    @cached_property
    def rows(self) -> tuple[Slot, ...]:
        alone = self._heights_alone()

        def height(cell: Cell) -> float:
            boxes = (cell_block(v, cell, self.box_width).height for v in self.sheet.views)
            return max(*boxes, alone.get(cell, 0.0))

        below = replace_tops(rows(self.sheet.account, self.sheet.cells, height), AROUND)
        return tuple(below)

    @property
    def bottom(self) -> float:
        return self.rows[-1].bottom + AROUND

    def row_of(self, node: str) -> Slot:
        return next(row for row in self.rows if node in row.cell.nodes)

    def block(self, view: View) -> Block:
        """All but the witness, with what no line can show in words below."""
        shapes = [
            *self._islands(view),
            *self._sites(view),
            *self._nodes(view),
            *self._cuts(view),
            *self._inner_cuts(view),
            *self._joined(view),
        ]
        notes = [line for note in _notes(view) for line in fitted([note], self.width, MARK, False)]
        if not notes:
            return Block(self.width, self.bottom, tuple(shapes))
        said = words(f"{view.key} notes", notes, self.width, MARK)
        shapes += said.at(0, self.bottom + 2)
        return Block(self.width, self.bottom + 2 + said.height, tuple(shapes))

    def parts(self, island: frozenset[str]) -> list[list[Slot]]:
        """The rows of an island, those together that stand together."""
        inside = groupby(self.rows, key=lambda row: row.cell.first in island)
        return [list(found) for belongs, found in inside if belongs]

    def _sites(self, view: View) -> Iterator[Shape]:
        """A bracket along the boxes of each site, with its name above."""
        account = self.sheet.account
        for number, (site, found) in enumerate(
            groupby(self.rows, key=lambda row: site_of(account, row.cell))
        ):
            if site is None:
                continue
            within = list(found)
            top, bottom = within[0].top - AROUND, within[-1].bottom + AROUND
            points = ((7.0, top), (3.0, top), (3.0, bottom), (7.0, bottom))
            yield Line(SHEET, SHEET, points, FAINT_FRAME, 1.2)
            name = shortened(self.sheet.names.site(site), self._fits_above)
            y, key = top - MARK * LEADING - 1, f"{view.key} site {number}"
            room = self.box_width
            yield Words(key, self.left, y, room, (name,), MARK, color=DOWN_TEXT, left=True)

    def _fits_above(self, text: str) -> bool:
        return text_width(text, MARK) <= self.box_width

    def _islands(self, view: View) -> Iterator[Shape]:
        for island in self.sheet.names.by_order(view.situation.islands):
            for number, within in enumerate(self.parts(island)):
                yield from self._island(view, island, within, number)

    def _island(
        self, view: View, island: frozenset[str], within: list[Slot], number: int
    ) -> Iterator[Shape]:
        look, key = view.look(island), view.island_key(island, number)
        x, top = self.left - AROUND, within[0].top - AROUND
        box = Box(
            key,
            x,
            top,
            self.width - x,
            within[-1].bottom + AROUND - top,
            look.ground,
            pen=1.3,
            style=look.style,
            meaning=ISLAND,
        )
        yield box
        for ring in range(1, look.rings):
            inset = 2.6 * ring
            inner = replace(box, key=f"{key} ring {ring}", x=box.x + inset, y=box.y + inset)
            inner = replace(inner, width=box.width - 2 * inset, height=box.height - 2 * inset)
            yield replace(inner, pen=0.7)
        if island <= view.clashing_islands:
            yield marked(box, BREAKS)
        if number == 0:
            yield from self._sum(view, island, box)
        else:
            said = fitted(["the same cluster"], SUM - 6, MARK, False)
            same = words(f"{key} same", said, SUM - 6, MARK)
            yield from same.at(self.width - SUM + 3, box.y + 3)

    def _heights_alone(self) -> dict[Cell, float]:
        """What a box needs that is an island alone, for what is said beside it."""
        found: dict[Cell, float] = {}
        for view in self.sheet.views:
            for island in view.situation.islands:
                inside = [cell for cell in self.sheet.cells if cell.first in island]
                for cell in inside:
                    if self._stands_alone(inside, cell):
                        high = self._said(view, island).height - 2 * AROUND + 4
                        found[cell] = max(found.get(cell, 0.0), high)
        return found

    def _stands_alone(self, inside: list[Cell], cell: Cell) -> bool:
        """It is the first of its island, and the next box is none of that."""
        cells = self.sheet.cells
        place = cells.index(cell)
        return cell == inside[0] and (place + 1 == len(cells) or cells[place + 1] not in inside)

    def _sum(self, view: View, island: frozenset[str], box: Box) -> Iterator[Shape]:
        """What it counts, right of its first boxes."""
        said = self._said(view, island)
        yield from said.at(self.width - SUM + 3, box.y + max((box.height - said.height) / 2, 1))

    def _said(self, view: View, island: frozenset[str]) -> Block:
        situation, key = view.situation, view.island_key(island)
        count = tally(situation.votes_for(island), island, situation.holds_witness(island))
        forced = situation.forced[situation.islands.index(island)]
        several = len(situation.islands) > 1
        heads = [f"cluster {view.look(island).letter}" if several else "cluster"]
        sums = ["started by force"] if forced else []
        sums += [arithmetic(count)] + ([] if count.enough else ["no quorum"])
        room = SUM - 6
        head = words(f"{key} head", fitted(heads, room, NAME, True), room, NAME, bold=True)
        sum_ = words(f"{key} votes", fitted(sums, room, MARK, False), room, MARK)
        return column([head, sum_], 0)

    def _nodes(self, view: View) -> Iterator[Shape]:
        for row in self.rows:
            block = cell_block(view, row.cell, self.box_width, row.height)
            yield from block.at(self.left, row.top)

    def _cuts(self, view: View) -> Iterator[Shape]:
        """Between boxes that follow each other and are in different networks."""
        for one, other in pairwise(self.rows):
            if view.network_of(one.cell.first) != view.network_of(other.cell.first):
                head = (site_of(self.sheet.account, other.cell) is not None) and other.site
                y = (one.bottom + other.top - (10 if head else 0)) / 2
                points = ((0.0, y), (self.width, y))
                yield Line(SHEET, SHEET, points, DOWN_TEXT, 2.0, "dashed", meaning=CUT)

    def _inner_cuts(self, view: View) -> Iterator[Shape]:
        """Between boxes that still reach each other through others: left of them."""
        for lane, (one, other) in enumerate(_drawn(view)):
            tops = sorted((self.row_of(one.first), self.row_of(other.first)), key=lambda r: r.top)
            up, down = tops
            x, edge = self.left - AROUND - 13 + 4 * lane, self.left
            tail, head = view.node_key(up.cell), view.node_key(down.cell)
            y, key = (up.middle + down.middle) / 2, f"{tail} cut {down.cell.index}"
            before = ((edge, up.middle), (x, up.middle), (x, y - 6.5))
            after = ((x, y + 6.5), (x, down.middle), (edge, down.middle))
            yield Line(tail, key, before, DOWN_TEXT, 2.0, "dashed", meaning=CUT)
            yield Line(key, head, after, DOWN_TEXT, 2.0, "dashed", meaning=CUT)
            yield Box(key, x - 11, y - 6.5, 22, 13, stroke=DOWN_TEXT, pen=0.8)
            yield Words(f"{key} word", x - 11, y - 5.7, 22, ("cut",), MARK, color=TEXT)

    def _joined(self, view: View) -> Iterator[Shape]:
        """The frames of islands that clash, joined at the right."""
        clashing = [i for i in view.situation.islands if i & view.clashing]
        parts = [self.parts(island)[0] for island in self.sheet.names.by_order(clashing)]
        for one, other in pairwise(sorted(parts, key=lambda part: part[0].top)):
            x = self.width - 16
            points = ((x, one[-1].bottom + AROUND), (x, other[0].top - AROUND))
            yield Line(SHEET, SHEET, points, WRONG, THICK, meaning=BREAKS)


def replace_tops(found: tuple[Slot, ...], down: float) -> Iterator[Slot]:
    for row in found:
        yield replace(row, top=row.top + down)


MOST_DRAWN = 3
"""More broken connections than this inside a network are listed, not drawn."""


def _drawn(view: View) -> tuple[tuple[Cell, Cell], ...]:
    """The cuts inside networks that are drawn: few, and no two at one box, where they would
    cross."""
    cell_of = view.sheet.cell_of
    pairs = [pair for network in view.networks for pair in view.cuts(network)]
    boxes = dict.fromkeys((cell_of(one), cell_of(other)) for one, other in pairs)
    ends = [cell for pair in boxes for cell in pair]
    fits = len(boxes) <= MOST_DRAWN and len(set(ends)) == len(ends)
    return tuple(boxes) if fits else ()


def _notes(view: View) -> Iterator[str]:
    """Cuts that are not drawn, and networks whose boxes do not stand together."""
    labels, names = view.sheet.labels, view.sheet.names
    pairs = [pair for network in view.networks for pair in view.cuts(network)]
    if pairs and not _drawn(view):
        common = set(pairs[0]).intersection(*pairs)
        if len(common) == 1:
            (centre,) = common
            others = [name for pair in pairs for name in pair if name != centre]
            yield f"cut: {labels[centre]} from {names.listed(others)}"
        else:
            shown = [f"{labels[one]} \N{EN DASH} {labels[other]}" for one, other in pairs[:3]]
            more = f" and {len(pairs) - 3} others" if len(pairs) > 3 else ""
            yield f"cut: {', '.join(shown)}{more}"
    order = [view.network_of(cell.first) for cell in view.sheet.cells]
    runs = [network for network, _ in groupby(order)]
    for network in dict.fromkeys(runs):
        if runs.count(network) > 1:
            yield f"{names.listed(network)} reach each other"

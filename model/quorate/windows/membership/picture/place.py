"""Where the boxes of nodes stand: each keeps its place from panel to panel. What is ever connected,
or runs together, stands together, and so does what stands in one site."""

from collections.abc import Callable, Iterator
from itertools import chain, pairwise, permutations

from quorate.values import dataclass
from quorate.windows.membership.picture.cells import Cell
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.networks import networks
from quorate.windows.membership.situation import Situation

GAP, APART_GAP, CUT_GAP, HEADER = 7.0, 13.0, 18.0, 14.0
"""Between two boxes; between two that ever are in different islands; between two that a cut ever
parts; above the boxes of a site."""


@dataclass(frozen=True)
class Slot:
    """A box, from `top` on; `site` is named above it, if it is the first there."""

    cell: Cell
    top: float
    height: float
    site: str | None

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


MOST_TRIED = 6
"""Of so many boxes every order is tried."""


def ordered(account: Account, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """As configured, site by site, where all that is ever connected, or runs together, stands
    together then; else in the order next to it in which it does. Where there is none, or there are
    too many boxes to look: first by what the network falls into, then by sites, then by islands."""
    plain = tuple(sorted(cells, key=lambda cell: (_site_place(account, cell), cell.index)))
    together = _together(account, plain)
    orders = permutations(range(len(plain))) if len(plain) <= MOST_TRIED else iter([])
    for order in chain([tuple(range(len(plain)))], orders):
        if all(_are_one_run(order, members) for members in together):
            return tuple(plain[place] for place in order)
    situations = [moment.situation for moment in account.moments]
    names = account.cluster.node_names

    def parts(situation: Situation) -> tuple[frozenset[str], ...]:
        return networks(names, situation)

    def islands(situation: Situation) -> tuple[frozenset[str], ...]:
        return tuple(account.names.by_order(situation.islands))

    def key(cell: Cell) -> tuple[object, ...]:
        places = (_places(cell, situations, parts), _places(cell, situations, islands))
        return places[0], _site_place(account, cell), places[1], cell.index

    return tuple(sorted(cells, key=key))


def _together(account: Account, cells: tuple[Cell, ...]) -> frozenset[frozenset[int]]:
    """The places of what should stand together: each site, each network and each island."""
    names, found = account.cluster.node_names, set[frozenset[str]]()
    for site in account.cluster.sites:
        found.add(frozenset(account.cluster.nodes_in(site.name)))
    for moment in account.moments:
        found.update(networks(names, moment.situation), moment.situation.islands)
    places = (
        frozenset(place for place, cell in enumerate(cells) if cell.first in members)
        for members in found
    )
    return frozenset(places)


def _are_one_run(order: tuple[int, ...], members: frozenset[int]) -> bool:
    inside = [place for place, cell in enumerate(order) if cell in members]
    return not inside or inside[-1] - inside[0] + 1 == len(inside)


def _places(
    cell: Cell,
    situations: list[Situation],
    sets: Callable[[Situation], tuple[frozenset[str], ...]],
) -> tuple[int, ...]:
    """In which of the sets it is at each moment; last, if in none."""
    found = []
    for situation in situations:
        several = sets(situation)
        inside = (n for n, members in enumerate(several) if cell.first in members)
        found.append(next(inside, len(several)))
    return tuple(found)


def _site_place(account: Account, cell: Cell) -> int:
    sites = [site.name for site in account.cluster.sites]
    site = site_of(account, cell)
    return sites.index(site) if site in sites else len(sites)


def site_of(account: Account, cell: Cell) -> str | None:
    return next(node.site for node in account.cluster.nodes if node.name == cell.first)


def rows(
    account: Account, cells: tuple[Cell, ...], height: Callable[[Cell], float]
) -> tuple[Slot, ...]:
    """From the top down; `height` is that of a box at every moment."""
    return tuple(_rows(account, cells, height))


def _rows(
    account: Account, cells: tuple[Cell, ...], height: Callable[[Cell], float]
) -> Iterator[Slot]:
    parted, islands = _parted(account, cells), _in_two_islands(account, cells)
    y, before = 0.0, None
    for place, cell in enumerate(cells):
        site = site_of(account, cell)
        named = site is not None and (not place or site != before)
        if place:
            y += CUT_GAP if place in parted else APART_GAP if place in islands else GAP
        y += HEADER if named else 0.0
        row = Slot(cell, y, height(cell), site if named else None)
        yield row
        y, before = row.bottom, site


def _in_two_islands(account: Account, cells: tuple[Cell, ...]) -> set[int]:
    """The places before which one island ends and another begins at some moment."""
    found = set()
    for moment in account.moments:
        for place, (one, other) in enumerate(pairwise(cells), 1):
            here, there = (moment.situation.island_of(c.first) for c in (one, other))
            if here is not None and there is not None and here != there:
                found.add(place)
    return found


def _parted(account: Account, cells: tuple[Cell, ...]) -> set[int]:
    """The places before which the network is cut at some moment."""
    found = set()
    for moment in account.moments:
        parts = networks(account.cluster.node_names, moment.situation)
        for place, (one, other) in enumerate(pairwise(cells), 1):
            if not any(one.first in part and other.first in part for part in parts):
                found.add(place)
    return found

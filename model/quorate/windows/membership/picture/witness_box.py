"""The witness, and the line from it to the island that counts it."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import Witness, WitnessKind
from quorate.drawing.metrics import LEADING, text_width
from quorate.drawing.names import shortened
from quorate.drawing.palette import DOWN_FILL, DOWN_TEXT, FRAME, TEXT
from quorate.drawing.shapes import Block, Box, Line, Words
from quorate.windows.membership.picture.grid import AROUND, Grid
from quorate.windows.membership.picture.looks import ACTING, BREAKS, HOLDS, marked
from quorate.windows.membership.picture.sheet import MARK, View
from quorate.windows.membership.reasons.facts import Kind
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.witness_words import witness_words

WIDTH = 140.0

_STRIKES = frozenset({Verb.WITNESS_FAILURE, Verb.WITNESS_RETURN})
_BREAKS = frozenset({Kind.WITNESS_LEFT, Kind.WITNESS_DIFFERS})


def witness_block(view: View, witness: Witness) -> Block:
    lines = (*_title(view, witness), *_site(view, witness), *_state_in_words(view, witness))
    key, up = f"{view.key} witness", view.situation.witness_up
    box = Box(
        key,
        0,
        0,
        WIDTH,
        len(lines) * MARK * LEADING + 14,
        fill="white" if up else DOWN_FILL,
        stroke="black" if up else FRAME,
        style=_outline(witness.kind, up=up),
        shape=_shape(witness.kind),
    )
    words = Words(f"{key} words", 0, 9, WIDTH, lines, MARK, color=TEXT if up else DOWN_TEXT)
    return Block(WIDTH, box.height, (box, words, *_mark(view, box)))


def _mark(view: View, box: Box) -> Iterator[Box]:
    account = view.sheet.account
    event, wrong = account.moments[view.step].event, view.sheet.wrong
    if view.step == account.steps and wrong is not None and wrong.kind in _BREAKS:
        yield marked(box, BREAKS)
    elif event is not None and event.verb in _STRIKES:
        yield marked(box, ACTING)


def _shape(kind: WitnessKind) -> str:
    match kind:
        case WitnessKind.DISK:
            return "cylinder"
        case WitnessKind.FILE_SHARE:
            return "folder"
        case WitnessKind.CLOUD:
            return "box"
        case _:
            assert_never(kind)


def _outline(kind: WitnessKind, *, up: bool) -> str:
    """A cloud is a box without corners."""
    match kind:
        case WitnessKind.DISK | WitnessKind.FILE_SHARE:
            return "solid" if up else "dashed"
        case WitnessKind.CLOUD:
            return "rounded" if up else "rounded,dashed"
        case _:
            assert_never(kind)


def _title(view: View, witness: Witness) -> tuple[str, ...]:
    kind, name = witness_words(witness.kind).kind, view.sheet.names.witness
    if witness.name == kind:
        return (kind,)
    if _fits(f"{kind} {name}"):
        return (f"{kind} {name}",)
    return kind, shortened(name, _fits)


def _site(view: View, witness: Witness) -> tuple[str, ...]:
    """Where it stands."""
    if witness.site is None:
        return ()
    return (shortened(f"in {view.sheet.names.site(witness.site)}", _fits),)


def _state_in_words(view: View, witness: Witness) -> tuple[str, ...]:
    situation, versions = view.situation, view.sheet.versions[view.step]
    if not situation.witness_up:
        return ("failed",)
    old: tuple[str, ...] = ()
    if versions.differ or not situation.witness_current:
        memory = witness_words(witness.kind).memory
        old = (f"{memory} of configuration {versions.witness}",)
    if situation.holder is None:
        return ("held by nobody", *old)
    holder = view.sheet.labels[situation.holder]
    return (f"held by {shortened(holder, lambda text: _fits(f'held by {text}'))}", *old)


def _fits(text: str) -> bool:
    return text_width(text, MARK) <= WIDTH - 10


def holder_line(view: View, grid: Grid, box: Box) -> Iterator[Line]:
    """From the witness up at the right of all, to the island of the node that holds it."""
    situation = view.situation
    island = situation.island_of(situation.holder) if situation.holder is not None else None
    if island is None or situation.holder is None:
        return
    row = grid.row_of(situation.holder)
    parts = grid.parts(island)
    number = next(n for n, part in enumerate(parts) if row in part)
    x, y = grid.width + AROUND, box.y + box.height / 2
    height = parts[number][-1].bottom - 2
    points = ((box.right, y), (x, y), (x, height), (grid.width, height))
    yield Line(box.key, view.island_key(island, number), points, pen=2.2, meaning=HOLDS)

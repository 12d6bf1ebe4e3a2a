"""A cluster as a file of the native format, as `quorate convert` leaves it."""

from collections.abc import Iterator
from typing import Any

from quorate.importers.checked import Table
from quorate.importers.export import document
from quorate.importers.imported import Imported
from quorate.importers.key_lines import KeyPath
from quorate.importers.notes import NoteKind
from quorate.importers.writing.asking import asked_at_the_end, asked_for
from quorate.importers.writing.toml_text import toml_text


def native_text(imported: Imported) -> str:
    """The text: reading it gives the same cluster, the same promises and the same settings that are
    not modelled. What was noted about the reading stands in comments at the beginning, and what
    could not be read at all in comments where it would stand."""
    said = document(imported.cluster, imported.requirements, imported.unmodelled)
    comments: dict[KeyPath, list[str]] = {(): list(_remarks(imported))}
    closing: list[str] = []
    if imported.asks:
        for path, line in asked_for(imported.cluster):
            comments.setdefault(path, []).append(line)
        closing += asked_at_the_end(imported.cluster, imported.requirements)
    for path in comments:
        _make_room(said, path)
    return toml_text(said, comments, closing)


def _make_room(said: Table, path: KeyPath) -> None:
    """A name that stands for a row becomes a table, so that comments can stand below it."""
    inside: Any = said
    for part in path[:-1]:
        inside = inside[part]
    if path and isinstance(path[-1], int) and isinstance(inside[path[-1]], str):
        inside[path[-1]] = {"name": inside[path[-1]]}


def _remarks(imported: Imported) -> Iterator[str]:
    order = list(NoteKind)
    for note in sorted(imported.notes, key=lambda note: order.index(note.kind)):
        yield f"{note.kind.value}: {note.where}: {note.text}"

"""The files of an export to a cluster, with what there is to say about the reading."""

import pathlib
from collections.abc import Sequence
from dataclasses import replace

from quorate.errors import InputError, Place
from quorate.importers.checked import Table
from quorate.importers.imported import Imported
from quorate.importers.native import read_said
from quorate.importers.notes import Note, NoteKind
from quorate.importers.origin import Origin
from quorate.importers.supplement import Supplement
from quorate.importers.windows_exports.conversion import converted
from quorate.importers.windows_exports.gathering import gathered
from quorate.importers.windows_exports.json_text import json_records, named_parts, parse_json
from quorate.importers.windows_exports.kinds import Kind
from quorate.importers.windows_exports.records import Record
from quorate.importers.windows_exports.text import read_text_records


def read_export(
    files: Sequence[tuple[str, str]], source: str, more: Supplement | None = None
) -> Imported:
    """The cluster that `files`, each its path and its text, describe together, with `more` that is
    said beside them; `source` is what the whole is called. Raises `InputError` and nothing else."""
    records = list[Record]()
    notes = list[Note]()
    parts = set[Kind]()
    for path, text in files:
        if _is_json(path, text):
            parsed = parse_json(text, path)
            records += json_records(parsed, path)
            parts |= named_parts(parsed)
            continue
        read = read_text_records(text, path)
        records += read.records
        if read.strange:
            notes.append(_strange(read.strange, path))
    said = converted(gathered(records, source, frozenset(parts)), more)
    lacking = said.unmodelled
    rows = [one.row() for one in lacking]
    places = {**said.places}
    places |= {("unmodelled", index): one.place for index, one in enumerate(lacking)}
    document: Table = {**said.document, **({"unmodelled": rows} if rows else {})}
    if more is not None:
        document, added = more.added(document, places)
        places |= added
    if "mode" not in document.get("quorum", {}):
        raise InputError(
            "this export does not say who votes; add Get-ClusterQuorum to it, or [quorum] to a "
            "supplement",
            source,
        )
    whole = read_said(document, Origin(source, elsewhere=places))
    return replace(whole, notes=(*notes, *said.notes, *whole.notes), asks=True)


def _is_json(path: str, text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["} or pathlib.PurePath(path).suffix.lower() == ".json"


def _strange(lines: Sequence[int], path: str) -> Note:
    others = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return Note(
        NoteKind.UNSUPPORTED,
        Place(path, lines[0]),
        f"nothing is read of what begins on this line{others}, which is no output of a cmdlet that "
        "is read",
    )

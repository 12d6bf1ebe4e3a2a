"""How a cluster comes in: files of several formats to one `Cluster`, with notes."""

import pathlib

from quorate.errors import InputError
from quorate.importers.detect import foreign_format
from quorate.importers.export import document
from quorate.importers.files import read_text, shown
from quorate.importers.imported import Imported
from quorate.importers.native import parse_native, read_document, read_native
from quorate.importers.notes import Note, NoteKind
from quorate.importers.schema import json_schema

__all__ = [
    "Imported",
    "Note",
    "NoteKind",
    "document",
    "json_schema",
    "parse_native",
    "read_cluster",
    "read_clusters",
    "read_document",
    "read_native",
]


def read_cluster(path: pathlib.Path) -> Imported:
    """The cluster in a file of any format that is read; raises `InputError` and nothing else."""
    text = read_text(path)
    foreign = foreign_format(path, text)
    if foreign is not None:
        raise InputError(
            f"{foreign} is not read yet; describe the cluster in quorate's own TOML format",
            shown(path),
        )
    return parse_native(text, shown(path))


def read_clusters(folder: pathlib.Path) -> tuple[Imported, ...]:
    """The clusters in the files of a folder, by file name; raises `InputError` and nothing else."""
    return tuple(read_cluster(path) for path in sorted(folder.glob("*.toml")))

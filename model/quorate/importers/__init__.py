"""How a cluster comes in: files of several formats to one `Cluster`, with notes.

Most files are of the native format: what reads or writes others is imported when it is asked for.
"""

import pathlib
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, assert_never

from quorate.errors import InputError
from quorate.importers.detect import Format, format_of
from quorate.importers.files import (
    MOST_EXPORTED_BYTES,
    exported_text,
    native_text_of,
    read_bytes,
    read_folder,
    shown,
)
from quorate.importers.imported import Imported
from quorate.importers.key_paths import key_path
from quorate.importers.native import parse_native, read_document, read_native
from quorate.importers.notes import Note, NoteKind
from quorate.importers.touches import Touches
from quorate.importers.unmodelled import Unmodelled

if TYPE_CHECKING:
    from quorate.importers.export import document
    from quorate.importers.schema import json_schema
    from quorate.importers.supplement import Supplement
    from quorate.importers.windows_exports import export_script
    from quorate.importers.writing import native_text

__all__ = [
    "Imported",
    "Note",
    "NoteKind",
    "Touches",
    "Unmodelled",
    "document",
    "export_script",
    "json_schema",
    "key_path",
    "native_text",
    "parse_native",
    "read_cluster",
    "read_clusters",
    "read_document",
    "read_native",
]

_WHERE = {
    "document": "export",
    "export_script": "windows_exports",
    "json_schema": "schema",
    "native_text": "writing",
}
"""In which module is what is not imported at once."""


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def read_cluster(path: pathlib.Path, beside: pathlib.Path | None = None) -> Imported:
    """The cluster in a file of any format that is read, or in the files of an export in a folder,
    with what a supplement says `beside` an export; raises `InputError` and nothing else."""
    source = shown(path)
    more = _supplement(beside) if beside is not None else None
    if path.is_dir():
        return _exported(read_folder(path), source, more)
    content = read_bytes(path, MOST_EXPORTED_BYTES)
    found = format_of(path, content)
    match found:
        case Format.NATIVE:
            if more is not None:
                raise InputError(
                    "a supplement says what an export cannot say; write it into this cluster file",
                    source,
                )
            return parse_native(native_text_of(content, source), source)
        case Format.WINDOWS_EXPORT:
            text = exported_text(content, source)
            return _exported([(source, text)], source, more)
        case Format.PACEMAKER | Format.COROSYNC:
            raise InputError(
                f"{found.value} is not read yet; describe the cluster in quorate's own TOML format",
                source,
            )
        case _:
            assert_never(found)


def _supplement(path: pathlib.Path) -> "Supplement":
    from quorate.importers.supplement import read_supplement  # noqa: PLC0415

    return read_supplement(path)


def _exported(files: Sequence[tuple[str, str]], source: str, more: "Supplement | None") -> Imported:
    from quorate.importers.windows_exports import read_export  # noqa: PLC0415

    return read_export(files, source, more)


def read_clusters(folder: pathlib.Path) -> tuple[Imported, ...]:
    """The clusters in the files of a folder, by file name; raises `InputError` and nothing else."""
    return tuple(read_cluster(path) for path in sorted(folder.glob("*.toml")))

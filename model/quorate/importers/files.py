"""The bytes of a cluster file, as text."""

import codecs
import pathlib

from quorate.errors import InputError, Place

MOST_BYTES = 4 * 1024 * 1024
"""A thousand nodes take less than a tenth of this; what is longer is another file."""

MOST_EXPORTED_BYTES = 64 * 1024 * 1024
"""An export of 64 nodes and 8,000 resources takes a third of this."""

EXPORTS = {".json", ".txt", ".log", ".out", ""}
"""Suffixes of the files in a folder that are read as parts of an export."""


def shown(path: pathlib.Path) -> str:
    """The path as messages print it; bytes that are no text are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def read_text(path: pathlib.Path) -> str:
    """The whole file; raises `InputError` for what is not a readable UTF-8 file of at most
    `MOST_BYTES`, without reading more than that."""
    return _decoded(read_bytes(path), shown(path))


def native_text_of(content: bytes, source: str) -> str:
    """The text of a cluster file that was read in full; raises the same."""
    _refuse_long(content, MOST_BYTES, source)
    return _decoded(content, source)


def exported_text(content: bytes, source: str) -> str:
    """The text of a file that PowerShell wrote: UTF-8, or UTF-16 with a byte order mark as Windows
    PowerShell redirects. Raises `InputError` for any other."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError("this UTF-16 text is damaged; export it again", source) from error
    return _decoded(content, source).removeprefix("\ufeff")


def read_folder(folder: pathlib.Path) -> list[tuple[str, str]]:
    """The files of an export, each its path and its text, by name. Raises `InputError` where there
    is none, and for one that cannot be read."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise InputError("this folder cannot be read", shown(folder)) from error
    found = [
        path
        for path in paths
        if path.suffix.lower() in EXPORTS and not path.name.startswith((".", "README"))
    ]
    if not found:
        raise InputError(
            "no file of an export is in this folder; name a cluster file, or a folder with the "
            "output of cmdlets as .json or .txt",
            shown(folder),
        )
    rest = MOST_EXPORTED_BYTES
    texts = []
    for path in found:
        content = read_bytes(path, rest)
        rest -= len(content)
        texts.append((shown(path), exported_text(content, shown(path))))
    return texts


def read_bytes(path: pathlib.Path, most: int = MOST_BYTES) -> bytes:
    """The same of any file, whatever it holds."""
    source = shown(path)
    try:
        if path.is_dir():
            raise InputError("this is a directory; name a cluster file in it", source)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError as error:
        raise InputError("there is no such file; check the path", source) from error
    except PermissionError as error:
        raise InputError("this file may not be read; check its permissions", source) from error
    except (OSError, ValueError) as error:
        raise InputError("this path cannot be read; name a regular file", source) from error
    _refuse_long(content, most, source)
    return content


def _refuse_long(content: bytes, most: int, source: str) -> None:
    if len(content) > most:
        raise InputError(
            f"this file is longer than {max(1, most >> 20)} MiB; name a cluster file", source
        )


def _decoded(content: bytes, source: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError("this file is UTF-16; save it as UTF-8", source)
    if b"\0" in content:
        raise InputError("this is a binary file; name a cluster file, which is text", source)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8",
            Place(source, line),
        ) from error

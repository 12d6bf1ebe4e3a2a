"""The bytes of a cluster file, as text."""

import codecs
import pathlib

from quorate.errors import InputError, Place

MOST_BYTES = 4 * 1024 * 1024
"""A thousand nodes take less than a tenth of this; what is longer is another file."""


def shown(path: pathlib.Path) -> str:
    """The path as messages print it; bytes that are no text are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def read_text(path: pathlib.Path) -> str:
    """The whole file; raises `InputError` for what is not a readable UTF-8 file of at most
    `MOST_BYTES`, without reading more than that."""
    return _decoded(read_bytes(path), shown(path))


def read_bytes(path: pathlib.Path) -> bytes:
    """The same of any file, whatever it holds."""
    source = shown(path)
    try:
        if path.is_dir():
            raise InputError("this is a directory; name a cluster file in it", source)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError("there is no such file; check the path", source) from error
    except PermissionError as error:
        raise InputError("this file may not be read; check its permissions", source) from error
    except (OSError, ValueError) as error:
        raise InputError("this path cannot be read; name a regular file", source) from error
    if len(content) > MOST_BYTES:
        raise InputError(
            f"this file is longer than {MOST_BYTES >> 20} MiB; name a cluster file", source
        )
    return content


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

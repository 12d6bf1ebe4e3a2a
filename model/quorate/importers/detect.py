"""Which format a file is in, by its suffix and by its first words."""

import codecs
import enum
import pathlib
import re


class Format(enum.Enum):
    """Formats that are known; those that are not read have the name that a message calls them."""

    NATIVE = "a cluster file"
    WINDOWS_EXPORT = "an export of a Windows cluster"
    PACEMAKER = "Pacemaker's cib.xml"
    COROSYNC = "corosync.conf"


_BY_SUFFIX = {
    ".toml": Format.NATIVE,
    ".json": Format.WINDOWS_EXPORT,
    ".xml": Format.PACEMAKER,
    ".conf": Format.COROSYNC,
}
_PROPERTY = r"[A-Za-z][\w ]*[ \t]:(?:[ \t\r]|$)"
_DASHES = r"-{2,}(?:[ \t]+-+)*[ \t\r]*$"
_BY_CONTENT = (
    (re.compile(r"\s*<"), Format.PACEMAKER),
    (re.compile(r"\s*(?:\{|\[\s*\{|\[\s*\])"), Format.WINDOWS_EXPORT),
    (
        re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:totem|quorum|nodelist|logging)\s*\{"),
        Format.COROSYNC,
    ),
    (
        re.compile(rf"^(?![^\n]*=)[ \t]*(?:{_PROPERTY}|{_DASHES})", re.MULTILINE),
        Format.WINDOWS_EXPORT,
    ),
)
"""Text of cmdlets has lines with a colon after a blank, or of dashes below the heads of columns."""

_LOOKED_AT = 16 * 1024


def format_of(path: pathlib.Path, content: bytes) -> Format:
    """The format of a file; native is what no other is recognised in.

    A suffix decides before the content, and `.toml` is native whatever is in it.
    """
    known = _BY_SUFFIX.get(path.suffix.lower())
    if known is not None:
        return known
    text = _beginning(content)
    return next((name for pattern, name in _BY_CONTENT if _found(pattern, text)), Format.NATIVE)


def _found(pattern: re.Pattern[str], text: str) -> bool:
    if pattern.flags & re.MULTILINE:
        return pattern.search(text) is not None
    return pattern.match(text) is not None


def _beginning(content: bytes) -> str:
    """Enough of the text to recognise it, however it is encoded."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content[:_LOOKED_AT].decode("utf-16" if wide else "utf-8", "replace")
    return text.removeprefix("\ufeff")

"""Which format a file is in, by its suffix and by its first words."""

import pathlib
import re

_BY_SUFFIX = {".json": "JSON", ".xml": "Pacemaker's cib.xml", ".conf": "corosync.conf"}
_BY_CONTENT = (
    (re.compile(r"\s*<"), "Pacemaker's cib.xml"),
    (re.compile(r"\s*\{"), "JSON"),
    (re.compile(r"(?:\s*#[^\n]*\n)*\s*(?:totem|quorum|nodelist|logging)\s*\{"), "corosync.conf"),
)


def foreign_format(path: pathlib.Path, text: str) -> str | None:
    """The name of a known format that is not the native one; None for what is to be read as native.

    A suffix decides before the content, and `.toml` is native whatever is in it.
    """
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return None
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    text = text.removeprefix("\ufeff")
    return next((name for pattern, name in _BY_CONTENT if pattern.match(text)), None)

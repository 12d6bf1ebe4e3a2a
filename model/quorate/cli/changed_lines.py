"""Two clusters as lines of a cluster file, and which of them differ."""

import difflib
from dataclasses import replace

from quorate.importers import Imported, native_text


def changed_lines(before: Imported, after: Imported) -> str:
    """The lines that differ, as `quorate convert` writes them without notes, with a line around
    each and a sign before each, as in a patch; empty where none does."""
    old, new = (_lines(one) for one in (before, after))
    marked = difflib.unified_diff(old, new, lineterm="", n=1)
    return "\n".join(line for line in marked if not line.startswith(("---", "+++", "@@")))


def _lines(imported: Imported) -> list[str]:
    return native_text(replace(imported, notes=(), asks=False)).splitlines()

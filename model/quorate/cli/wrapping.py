"""Sentences on a terminal, broken between words."""

import re
import shutil
import sys
import textwrap

_NARROWEST = 40
_HANGING = re.compile(r"\s*(\d+\. |[A-Z][a-z]+: )?")


def flowing(text: str) -> str:
    """`text` as it is printed: in lines as wide as the terminal, as it stands for pipes."""
    if not sys.stdout.isatty():
        return text
    columns = max(_NARROWEST, shutil.get_terminal_size().columns)
    return "\n".join(wrapped(line, columns) for line in text.split("\n"))


def wrapped(line: str, columns: int) -> str:
    """One line in several, none wider than `columns` but for a longer word; what follows a number
    or stands further in stays there."""
    if len(line) <= columns:
        return line
    start = _HANGING.match(line)
    hanging = len(start[0]) if start is not None else 0
    return "\n".join(
        textwrap.wrap(
            line,
            columns,
            subsequent_indent=" " * hanging,
            drop_whitespace=True,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )

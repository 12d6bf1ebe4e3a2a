"""TOML text to a dictionary, with every failure told as the user's."""

import re
import tomllib
from typing import Any

from quorate.errors import InputError, Place

MOST_DOTS = 100
"""`tomllib` takes time quadratic in the parts of a dotted key (18 s for 32,000); no key of ours has
more than two."""

_POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")
_QUOTED = re.compile(r""""(?:\\.|[^"\\])*\\?(?:"|$)|'[^']*(?:'|$)""")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_SHOWN = 200


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """The document; raises `InputError` with `source` and, where it is known, the line."""
    half = None if text.isascii() else _HALF_A_PAIR.search(text)
    if half:
        line = text.count("\n", 0, half.start()) + 1
        raise InputError(
            "this text holds half a surrogate pair; save the file as UTF-8", Place(source, line)
        )
    _refuse_long_keys(text, source)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), text, source) from error
    except RecursionError:
        raise InputError(
            "arrays or tables are nested too deeply; a cluster file needs only a few levels",
            source,
        ) from None
    except ValueError as error:
        raise InputError("a number has far too many digits; write it in a few", source) from error
    if not document:
        raise InputError(
            "this file says nothing; write at least a [quorum] table and the nodes", source
        )
    return document


def _syntax_error(message: str, text: str, source: str) -> InputError:
    position = _POSITION.search(message)
    problem = _POSITION.sub("", message)[:_SHOWN]
    line = position["line"] if position else None
    advice = "correct this line"
    if "'\\" in problem:
        advice = "put text with backslashes in single quotes"
    elif line is None:
        advice = "correct the end of the file"
    number = text.rstrip().count("\n") + 1 if line is None else int(line)
    return InputError(f"this is not TOML: {problem}; {advice}", Place(source, number))


def _refuse_long_keys(text: str, source: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") <= MOST_DOTS:
            continue
        if _QUOTED.sub("", line).partition("#")[0].count(".") > MOST_DOTS:
            raise InputError(
                f"more than {MOST_DOTS} dots stand outside quoted text; "
                "no key has so many parts, correct this line",
                Place(source, number),
            )

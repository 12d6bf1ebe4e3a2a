"""Any JSON value as a line that can be sent in a mail, such as what is needed to replay a run."""

import base64
import binascii
import contextlib
import json
import re
import zlib
from typing import Any

from quorate.errors import EvidenceError

LINE_PREFIX = "quorate1:"

_MOST_BYTES = 64 * 1024 * 1024
"""No run takes as much; what does was made to."""


def to_line(data: Any) -> str:
    """Any JSON value as one line of printable ASCII without spaces."""
    packed = zlib.compress(json.dumps(data, separators=(",", ":"), sort_keys=True).encode(), 9)
    return LINE_PREFIX + base64.urlsafe_b64encode(packed).decode().rstrip("=")


_OTHER = re.compile(r"[^A-Za-z0-9_-]")


def line_in(text: str) -> str | None:
    """The first line of `to_line` that stands in a text, with all that a mail put into it, such as
    ends of lines and marks of quotation, taken out; None if there is none. The line itself says
    where it ends. One that is damaged is given as far as it may go."""
    _, prefix, rest = text.partition(LINE_PREFIX)
    if not prefix:
        return None
    body = _OTHER.sub("", rest)
    packed = base64.urlsafe_b64decode(body + "A" * (-len(body) % 4))
    unpacker = zlib.decompressobj()
    with contextlib.suppress(zlib.error):
        unpacker.decompress(packed, _MOST_BYTES)
    read = len(packed) - len(unpacker.unused_data) if unpacker.eof else len(packed)
    return prefix + body[: -(-read * 4 // 3)]


def from_line(line: str) -> Any:
    """The inverse of `to_line`. Raises `EvidenceError` for anything else."""
    text = line.strip()
    if not text.startswith(LINE_PREFIX):
        raise EvidenceError(f"a trace line starts with {LINE_PREFIX!r}")
    body = text.removeprefix(LINE_PREFIX)
    try:
        packed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(packed, _MOST_BYTES)
        if not unpacker.eof:
            raise EvidenceError("the trace line is cut short or far too large")
        return json.loads(raw)
    except (binascii.Error, zlib.error, ValueError, RecursionError) as error:
        raise EvidenceError("the trace line is damaged; copy it whole") from error

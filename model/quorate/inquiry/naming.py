"""Names of files made of names of things."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_LONGEST = 60

_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa",
        "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "", "–": "-", "—": "-",
    }
)  # fmt: skip
"""Letters that are written otherwise where there is only ASCII; of others the accents are left out.
"""

_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that Windows keeps for itself, whatever follows behind a dot."""


def slug(name: str) -> str:
    """A name that any file system keeps: lower case, digits and dashes. Names that would be lost in
    it, because they are long, or of a script that cannot be written so, or taken by Windows, end in
    a digest of the whole. Different names may have the same; see `slug_among`."""
    said = _in_ascii(name.lower()).lower()
    plain = re.sub(r"[^a-z0-9]+", "-", said).strip("-")
    is_lost = not plain or not said.isascii()
    if len(plain) <= _LONGEST and not is_lost and not _DEVICES.fullmatch(plain):
        return plain
    return "-".join(part for part in (plain[: _LONGEST - 9].strip("-"), digest(name)) if part)


def _in_ascii(name: str) -> str:
    composed = unicodedata.normalize("NFC", name).translate(_LETTERS)
    parts = unicodedata.normalize("NFKD", composed)
    return "".join(c for c in parts if not unicodedata.combining(c))


def slug_among(name: str, about: str, others: tuple[str, ...]) -> str:
    """The slug of `name`, which speaks of `about`; with a digest where the slug of `about` is that
    of several of the `others`, so that no file is written over another."""
    alike = _alike(others)[slug(about)]
    return f"{slug(name)}-{digest(name)}" if alike > 1 else slug(name)


@lru_cache(maxsize=8)
def _alike(names: tuple[str, ...]) -> Counter[str]:
    """How many of the names have each slug; there may be thousands, and as many ask."""
    return Counter(map(slug, names))


def digest(text: str) -> str:
    """Eight characters that no other text is likely to have."""
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, and few names need it

    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]

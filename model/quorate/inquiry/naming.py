"""Names of files made of names of things."""

import re
from collections.abc import Iterable

_LONGEST = 60


def slug(name: str) -> str:
    """A name that any file system keeps: lower case, digits and dashes. Names that would be lost in
    it, because they are long or of another script, end in a digest of the whole."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    kept = re.sub(r"[^a-z0-9]+", "", name.lower())
    foreign = sum(1 for c in name if not c.isascii())
    if len(plain) <= _LONGEST and kept and not foreign:
        return plain
    return "-".join(part for part in (plain[: _LONGEST - 9].strip("-"), digest(name)) if part)


def slug_among(name: str, about: str, others: Iterable[str]) -> str:
    """The slug of `name`, which speaks of `about`; with a digest where the slug of `about` is that
    of several of the `others`, so that no file is written over another."""
    alike = sum(slug(other) == slug(about) for other in others)
    return f"{slug(name)}-{digest(name)}" if alike > 1 else slug(name)


def digest(text: str) -> str:
    """Eight characters that no other text is likely to have."""
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, and few names need it

    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]

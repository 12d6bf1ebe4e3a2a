"""What to say about a dependency that cannot be read, on one line and not at endless length."""

from quorate.cluster import HERE, DependencyError

_SHOWN = 60


def unreadable(error: DependencyError) -> str:
    """The sentence that points into the text of the file: what does not print is escaped, and of a
    long text what stands around the place is kept."""
    before, after = _printable(error.text[: error.start]), _printable(error.text[error.start :])
    if len(before) > 3 * _SHOWN:
        before = f"{before[:_SHOWN]}...{before[-_SHOWN:]}"
    after = _cut(after, _SHOWN)
    why = _cut(_printable(error.why), 3 * _SHOWN)
    return f"at character {error.start + 1}, {why}: {before}{HERE}{after}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "..."


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)

"""Names that cannot be meant, and what to say about them."""

from collections.abc import Iterable
from difflib import get_close_matches

from quorate.errors import InputError


def refuse_bad_names(where: str, names: Iterable[str]) -> None:
    """Raises `InputError` for an empty name or one that is given twice."""
    seen: set[str] = set()
    for name in names:
        if not name.strip():
            raise InputError("a name is empty; everything that is named needs one", where)
        if name in seen:
            raise InputError(f"the name {name!r} is given twice; names must differ", where)
        seen.add(name)


def declared(wrong: str, what: str, names: Iterable[str]) -> str:
    """What to do about a name that is none of `names`."""
    listed = sorted(names)
    if not listed:
        return f"declare it in [[{what}]]"
    near = get_close_matches(wrong, listed, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    shown = ", ".join(repr(name) for name in listed[:8])
    return f"declared {what}: {shown}" + (", ..." if len(listed) > 8 else "")

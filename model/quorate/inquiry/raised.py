"""What a claim, or a claim file, raised: in one sentence, with the place."""

import sysconfig
import traceback
from pathlib import Path

from quorate.errors import QuorateError


def what_and_where(error: BaseException) -> str:
    """The error in words, and where it was raised: in the last line of somebody's own file on the
    way there, else in the innermost of all. What quorate refuses on purpose is said as it stands:
    by an error of its own, or by `ValueError` if no file of others is on the way."""
    said = " ".join(str(error).split())
    if isinstance(error, QuorateError):
        return said
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_own(frame.filename)]
    if isinstance(error, ValueError) and not own:
        return said
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    place = own[-1] if own else frames[-1] if frames else None
    if place is None or isinstance(error, SyntaxError):
        # A syntax error says its own place; nothing of the file has run yet.
        return what
    return f"{what} (in {place.name}, {place.filename}:{place.lineno})"


_LIBRARIES = (
    Path(__file__).resolve().parents[1],
    *(Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib")),
)


def _is_own(file: str) -> bool:
    """Neither of quorate nor of a library, nor generated."""
    if file.startswith("<"):
        return False
    path = Path(file).resolve()
    return not any(path.is_relative_to(library) for library in _LIBRARIES)

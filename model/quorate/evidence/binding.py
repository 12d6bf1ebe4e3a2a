"""The text of the system that certificates are about, a file that they share.

What reads and writes texts is imported when there is one: most proofs leave none.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import z3

from quorate.errors import EvidenceError
from quorate.evidence.owed import Owed
from quorate.evidence.wellformed import WellFormed
from quorate.system import System
from quorate.values import dataclass

if TYPE_CHECKING:
    from quorate.system.writing import Scribe

FORMAT = "quorate system 1"

UNREADABLE = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    RecursionError,
    z3.Z3Exception,
)
"""What data that somebody else wrote may raise where it is read."""


@dataclass(frozen=True)
class Bound:
    """A system with all that is written about it. Lemmas are no part of what it is: each
    certificate brings those that it needs."""

    system: System

    @cached_property
    def scribe(self) -> "Scribe":
        """Writes all that is said about the system, what terms share once."""
        from quorate.system.writing import Scribe  # noqa: PLC0415

        return Scribe()

    @cached_property
    def text(self) -> str:
        """The file of the system."""
        from quorate.evidence.texts import json_text  # noqa: PLC0415

        data = self.scribe.system(replace(self.system, lemmas=()))
        return json_text({"format": FORMAT, **data})

    @cached_property
    def owed(self) -> Owed:
        return Owed(self.system)

    @cached_property
    def well_formed(self) -> WellFormed:
        return WellFormed(self.system)


def bound(text: str) -> Bound:
    """The system that the file says. Raises `EvidenceError` for a text that no system is written
    as, and for a system that is not well-formed."""
    from quorate.evidence.texts import json_object  # noqa: PLC0415
    from quorate.system.reading import system_of  # noqa: PLC0415

    data = json_object(text)
    if data.pop("format", None) != FORMAT:
        raise EvidenceError("its system has another format; prove the claim again")
    try:
        found = Bound(system_of(data))
    except UNREADABLE as error:
        raise EvidenceError(f"this is no text of a system: {error}") from error
    if found.text != text:
        raise EvidenceError("its system is not written as systems are")
    found.well_formed.check_system()
    return found

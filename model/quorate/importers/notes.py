"""Notes: what an importer understood only in part, guessed, or doubts."""

import enum
from dataclasses import dataclass, replace


class NoteKind(enum.Enum):
    DEFAULTED = "defaulted"
    """The file is silent and a default that matters was taken."""
    DOUBTFUL = "doubtful"
    """Read as written, but it is seldom what a designer wants."""
    UNSUPPORTED = "unsupported"
    """A setting that no model reads."""


@dataclass(frozen=True)
class Note:
    """One sentence about one place. `where` is read as in `InputError`."""

    kind: NoteKind
    where: str
    text: str

    def within(self, place: str) -> "Note":
        """The same note, seen from further out: `place` is put before the key path."""
        return replace(self, where=f"{place}: {self.where}")

"""Notes: what an importer understood only in part, guessed, or doubts."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_NAMED = 4


class NoteKind(enum.Enum):
    """In the order in which a reader should hear of them."""

    UNSUPPORTED = "unsupported"
    """A setting that no model reads."""
    DOUBTFUL = "doubtful"
    """Read as written, but it is seldom what a designer wants."""
    DEFAULTED = "defaulted"
    """The file is silent and a default that matters was taken."""


@dataclass(frozen=True)
class Note:
    """One sentence about one place. `where` is read as in `InputError`."""

    kind: NoteKind
    where: str
    text: str

    def within(self, place: str) -> "Note":
        """The same note, seen from further out: `place` is put before the key path."""
        return replace(self, where=f"{place}: {self.where}")


def first_few(names: Sequence[str]) -> str:
    """The names in quotes, the first four of them and how many more there are."""
    listed = ", ".join(repr(name) for name in names[:_NAMED])
    return listed + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def gathered(kind: NoteKind, sentence: str, found: Sequence[tuple[str, str]]) -> Iterator[Note]:
    """One note on all that was `found`, each a key path and a name, or none: it stands at the first
    place and names the first few."""
    if found:
        yield Note(kind, found[0][0], f"{sentence}: {first_few([name for _, name in found])}")

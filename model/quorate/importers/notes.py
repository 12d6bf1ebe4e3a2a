"""Notes: what an importer understood only in part, guessed, or doubts."""

import enum
from collections.abc import Iterator, Sequence

from quorate.cluster import Element
from quorate.errors import Place
from quorate.values import dataclass

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
    """One sentence about one place in a file."""

    kind: NoteKind
    place: Place
    text: str

    @property
    def where(self) -> str:
        """The place as it is printed."""
        return str(self.place)


@dataclass(frozen=True)
class Remark:
    """One sentence about one element of a cluster, whatever file it is read from: a note of which
    the importer has still to say where it stands."""

    kind: NoteKind
    element: Element
    text: str

    def at(self, place: Place) -> Note:
        return Note(self.kind, place, self.text)


def first_few(names: Sequence[str]) -> str:
    """The names in quotes, the first four of them and how many more there are."""
    listed = ", ".join(repr(name) for name in names[:_NAMED])
    return listed + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def gathered(
    kind: NoteKind, sentence: str, found: Sequence[tuple[Element, str]]
) -> Iterator[Remark]:
    """One remark on all that was `found`, each an element and a name, or none: it stands at the
    first and names the first few."""
    if found:
        yield Remark(kind, found[0][0], f"{sentence}: {first_few([name for _, name in found])}")

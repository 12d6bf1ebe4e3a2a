"""What an export says, as a document of the native format with the place of each thing in it."""

from dataclasses import field
from typing import Any, TypeAlias

from quorate.errors import Place
from quorate.importers.checked import Table
from quorate.importers.key_lines import KeyPath
from quorate.importers.notes import Note, NoteKind
from quorate.importers.touches import Touches
from quorate.importers.unmodelled import Unmodelled
from quorate.importers.windows_exports.records import Record
from quorate.values import dataclass

_Lack: TypeAlias = tuple[str, Touches, str, tuple[str, ...], bool]
"""A setting, what it touches, why, the claims, and whether it is about some groups only."""


@dataclass
class DocumentOfExport:
    """Is filled from an export. `places` has the path of everything that the export says, also of
    what is left out of the document because it is what an absent key means."""

    source: str
    document: Table = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    lacking: dict[_Lack, tuple[Place, dict[str, None]]] = field(default_factory=dict)

    def note(self, kind: NoteKind, place: Place, text: str) -> None:
        self.notes.append(Note(kind, place, text))

    def lacks(  # noqa: PLR0917 - a row of a table
        self,
        setting: str,
        touches: Touches,
        why: str,
        place: Place,
        about: tuple[str, ...] = (),
        claims: tuple[str, ...] = (),
    ) -> None:
        """A setting that no model reads. Of what several groups have alike there is one, which
        stands where the first of them has it."""
        key = (setting, touches, why, claims, bool(about))
        self.lacking.setdefault(key, (place, {}))[1].update(dict.fromkeys(about))

    @property
    def unmodelled(self) -> tuple[Unmodelled, ...]:
        return tuple(
            Unmodelled(setting, touches, why, tuple(about), claims, place)
            for (setting, touches, why, claims, _), (place, about) in self.lacking.items()
        )


@dataclass
class RowOfExport:
    """One table of the document while it is filled: `path` leads to it."""

    said: DocumentOfExport
    path: KeyPath
    record: Record
    values: Table = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.said.places[self.path] = self.record.place()

    def write(self, key: str, value: Any, vendor: str) -> None:
        """`value` for a key, as the vendor's property says it; None where it says nothing."""
        if value is not None:
            self.values[key] = value
            self.said.places[*self.path, key] = self.record.place(vendor)

    def said_by(self, key: str, vendor: str) -> None:
        """The vendor's property says what an absent key means."""
        self.said.places[*self.path, key] = self.record.place(vendor)

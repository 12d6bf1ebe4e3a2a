"""What a document was read from, and where in it things are."""

from collections.abc import Sequence
from dataclasses import dataclass

from quorate.errors import Place
from quorate.importers.key_lines import KeyPath, lines_of
from quorate.importers.key_paths import written


@dataclass(frozen=True)
class Origin:
    """`source` is the path of the file; `text` the TOML in it, None for a document that never was a
    text, whose keys have no lines."""

    source: str
    text: str | None = None

    def place(self, path: KeyPath) -> Place:
        """Where a key is; see `places`."""
        [place] = self.places([path])
        return place

    def places(self, paths: Sequence[KeyPath]) -> tuple[Place, ...]:
        """Where each of the keys is. One that is not written has the line of what it would be
        written in, if that is there."""
        lines = {} if self.text is None else lines_of(self.text, paths)
        return tuple(Place(self.source, lines.get(path), written(path)) for path in paths)

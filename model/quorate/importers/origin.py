"""What a document was read from, and where in it things are."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from quorate.errors import Place
from quorate.importers.key_lines import KeyPath, lines_of
from quorate.importers.key_paths import written
from quorate.values import dataclass


@dataclass(frozen=True)
class Origin:
    """`source` is the path of the file; `text` the TOML in it, None for a document that never was a
    text, whose keys have no lines. What was put into a document from other formats and files has
    its places `elsewhere`, what is below them included."""

    source: str
    text: str | None = None
    elsewhere: Mapping[KeyPath, Place] = field(default_factory=dict)

    def place(self, path: KeyPath) -> Place:
        """Where a key is; see `places`."""
        [place] = self.places([path])
        return place

    def places(self, paths: Sequence[KeyPath]) -> tuple[Place, ...]:
        """Where each of the keys is. One that is not written has the line of what it would be
        written in, if that is there."""
        lines = {} if self.text is None else lines_of(self.text, paths)
        return tuple(
            self._elsewhere(path) or Place(self.source, lines.get(path), written(path))
            for path in paths
        )

    def _elsewhere(self, path: KeyPath) -> Place | None:
        around = (path[:length] for length in range(len(path), 0, -1))
        return next((self.elsewhere[part] for part in around if part in self.elsewhere), None)

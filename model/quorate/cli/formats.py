"""The files that `check` and `verify` leave for teams, and the annotations of a CI."""

import os
from collections.abc import Callable
from pathlib import Path

from quorate.cli.files import refuse_unwritable, write
from quorate.cli.streams import announce
from quorate.errors import InputError
from quorate.results import Report, annotations, junit, markdown, sarif
from quorate.values import dataclass


@dataclass(frozen=True)
class Formats:
    """Where each format goes; None where nobody wants it. `annotated` where whoever runs us reads
    annotations from our error stream."""

    junit: Path | None = None
    sarif: Path | None = None
    markdown: Path | None = None
    annotated: bool = False

    @classmethod
    def here(cls, junit: Path | None, sarif: Path | None, markdown: Path | None) -> "Formats":
        """What the options ask for, and annotations where GitHub says that it runs us."""
        return cls(junit, sarif, markdown, annotated=os.environ.get("GITHUB_ACTIONS") == "true")

    @property
    def wanted(self) -> bool:
        return self.annotated or any((self.junit, self.sarif, self.markdown))

    def ready(self) -> None:
        """Raises `InputError` where a file cannot be left, so that nobody works for nothing."""
        for path in filter(None, (self.junit, self.sarif, self.markdown)):
            if path.is_dir():
                raise InputError("this is a folder; name a file to write", str(path))
            refuse_unwritable(path.parent)

    def leave(self, report: Report) -> list[InputError]:
        """Writes what is wanted; the refusals of what could not be written."""
        makers: list[tuple[Path | None, Callable[[Report], str]]] = [
            (self.junit, junit),
            (self.sarif, sarif),
            (self.markdown, markdown),
        ]
        refusals = list[InputError]()
        for path, make in makers:
            if path is not None:
                try:
                    write(path, make(report))
                except InputError as refusal:
                    refusals.append(refusal)
        if self.annotated:
            for line in annotations(report):
                announce(line)
        return refusals

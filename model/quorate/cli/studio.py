"""What findings leave in a folder, as far as it can be left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from quorate.cli.attempts import Failed
from quorate.cli.files import refuse_unwritable
from quorate.cli.renderer import Render
from quorate.cluster import CycleError
from quorate.errors import InputError
from quorate.inquiry.finding import Finding
from quorate.inquiry.seam import Subject
from quorate.values import dataclass

CERTIFICATES = "certificates"
"""The folder of certificates, below that of the pictures."""


@dataclass
class Left:
    """The pictures that were drawn, how many proofs left a certificate, what could not be drawn,
    and the refusal of a file system that ended the leaving."""

    drawn: list[Path] = field(default_factory=list)
    proofs: int = 0
    failed: list[Failed] = field(default_factory=list)
    refusal: InputError | None = None

    def add(self, picture: Path | Failed) -> None:
        match picture:
            case Failed():
                self.failed.append(picture)
            case Path():
                self.drawn.append(picture)


@dataclass(frozen=True)
class Studio:
    """Where pictures and certificates are left, and who draws; no `folder`, nothing is left."""

    folder: Path | None
    render: Render

    def ready(self) -> None:
        """Raises `InputError` where nothing can be left."""
        if self.folder is not None:
            refuse_unwritable(self.folder)

    def left(
        self, found: Sequence[Finding], called: Mapping[Subject, str], *, everything: bool
    ) -> Left:
        """What was left of these findings; `everything`, where all claims about each subject were
        asked."""
        if self.folder is None:
            return Left()
        from quorate.cli.certificates import write_certificates  # noqa: PLC0415
        from quorate.cli.pictures import Pictures  # noqa: PLC0415

        pictures = Pictures(self.folder, called, self.render)
        certificates = self.folder / CERTIFICATES

        def leave(left: Left) -> None:
            for picture in pictures.write(found):
                left.add(picture)
            for picture in pictures.illustrate(found):
                left.add(picture)
            left.proofs = write_certificates(found, certificates, called, everything=everything)

        return as_far_as_possible(leave)

    def picture(self, finding: Finding, called: Mapping[Subject, str], left: Left) -> Path | None:
        """The picture of a finding, if it is among those that were left."""
        if self.folder is None:
            return None
        from quorate.cli.pictures import Pictures  # noqa: PLC0415

        path = Pictures(self.folder, called, self.render).path(finding)
        return path if path in left.drawn else None

    def circle(self, found: CycleError) -> Left:
        """What was left of dependencies that go round in a circle."""
        if self.folder is None:
            return Left()
        from quorate.cli.pictures import Pictures  # noqa: PLC0415

        pictures = Pictures(self.folder, {}, self.render)
        return as_far_as_possible(lambda left: left.add(pictures.circle(found)))


def as_far_as_possible(leave: Callable[[Left], None]) -> Left:
    """What was left until the file system refused."""
    left = Left()
    try:
        leave(left)
    except InputError as error:
        left.refusal = error
    return left

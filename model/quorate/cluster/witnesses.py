"""The witness: the one voter that is not a node (wsfc.md 1.1, 1.4)."""

import enum
from typing import assert_never

from quorate.values import dataclass


class WitnessKind(enum.Enum):
    """What stands behind the witness's vote, and so what it remembers.

    A disk holds a full copy of the configuration; a file share only a tag that says who has the
    newest one (rule Q5, wsfc.md 1.4).
    """

    DISK = "disk"
    FILE_SHARE = "file-share"

    @property
    def title(self) -> str:
        """What it is called in a sentence, and where it has no name of its own."""
        match self:
            case WitnessKind.DISK:
                return "disk witness"
            case WitnessKind.FILE_SHARE:
                return "file share witness"
            case _:
                assert_never(self)

    @property
    def reached_over_network(self) -> bool:
        """Whether nodes reach it over the network that a partition cuts; a disk has its own
        cables."""
        match self:
            case WitnessKind.DISK:
                return False
            case WitnessKind.FILE_SHARE:
                return True
            case _:
                assert_never(self)

    @property
    def keeps_configuration(self) -> bool:
        """Whether it holds a full copy of the configuration, which nodes can be given; what does
        not holds a tag, which forbids to form on anything older (rule Q5)."""
        match self:
            case WitnessKind.DISK:
                return True
            case WitnessKind.FILE_SHARE:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Witness:
    """`reached_by` names the nodes with a path to the witness; `site` is the site that takes the
    witness down with it, None for a witness that stands apart."""

    name: str
    kind: WitnessKind
    reached_by: tuple[str, ...]
    site: str | None = None

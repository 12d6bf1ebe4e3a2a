"""The witness: the one voter that is not a node (wsfc.md 1.1, 1.4)."""

import enum
from typing import assert_never

from quorate.values import dataclass


class WitnessKind(enum.Enum):
    """What stands behind the witness's vote, and so what it remembers.

    A disk holds a full copy of the configuration; a file share only a tag that says who has the
    newest one (rule Q5, wsfc.md 1.4). A cloud witness is a blob that holds no copy either; that it
    forbids to form on anything older, as a share does, is inferred (wsfc.md 2.4). A share may be a
    USB disk in a router (from 2019 on).
    """

    DISK = "disk"
    FILE_SHARE = "file-share"
    CLOUD = "cloud"

    @property
    def title(self) -> str:
        """What it is called in a sentence, and where it has no name of its own."""
        match self:
            case WitnessKind.DISK:
                return "disk witness"
            case WitnessKind.FILE_SHARE:
                return "file share witness"
            case WitnessKind.CLOUD:
                return "cloud witness"
            case _:
                assert_never(self)

    @property
    def reached_over_network(self) -> bool:
        """Whether nodes reach it over the network that a partition cuts, as a cloud over the
        internet, which a partition may leave to both sides; a disk has its own cables."""
        match self:
            case WitnessKind.DISK:
                return False
            case WitnessKind.FILE_SHARE | WitnessKind.CLOUD:
                return True
            case _:
                assert_never(self)

    @property
    def way_of_isolated(self) -> "WayOfIsolated":
        """What becomes of the way to it of a node that is cut off from all others. A disk has its
        own cables, a share goes with the network; whether the internet goes too is open."""
        match self:
            case WitnessKind.DISK:
                return WayOfIsolated.KEPT
            case WitnessKind.FILE_SHARE:
                return WayOfIsolated.LOST
            case WitnessKind.CLOUD:
                return WayOfIsolated.OPEN
            case _:
                assert_never(self)

    @property
    def keeps_configuration(self) -> bool:
        """Whether it holds a full copy of the configuration, which nodes can be given; what does
        not holds a tag, which forbids to form on anything older (rule Q5)."""
        match self:
            case WitnessKind.DISK:
                return True
            case WitnessKind.FILE_SHARE | WitnessKind.CLOUD:
                return False
            case _:
                assert_never(self)


class WayOfIsolated(enum.Enum):
    """Whether a node that is cut off from all others still reaches the witness."""

    KEPT = "kept"
    LOST = "lost"
    OPEN = "kept or lost"


@dataclass(frozen=True)
class Witness:
    """`reached_by` names the nodes with a path to the witness; `site` is the site that takes the
    witness down with it, None for a witness that stands apart."""

    name: str
    kind: WitnessKind
    reached_by: tuple[str, ...]
    site: str | None = None

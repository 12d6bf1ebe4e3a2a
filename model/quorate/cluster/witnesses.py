"""The witness: the one voter that is not a node (wsfc.md 1.1, 1.4)."""

import enum
from dataclasses import dataclass


class WitnessKind(enum.Enum):
    """What stands behind the witness's vote, and so what it remembers.

    A disk holds a full copy of the configuration; a file share only a tag that says who has the
    newest one (rule Q5, wsfc.md 1.4).
    """

    DISK = "disk"
    FILE_SHARE = "file-share"


@dataclass(frozen=True)
class Witness:
    """`reached_by` names the nodes with a path to the witness; `site` is the site that takes the
    witness down with it, None for a witness that stands apart."""

    name: str
    kind: WitnessKind
    reached_by: tuple[str, ...]
    site: str | None = None

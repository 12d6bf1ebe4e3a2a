"""What a design has to survive: the promise that a cluster is held to."""

from dataclasses import dataclass, fields

from quorate.cluster.elements import Attribute
from quorate.cluster.refusals import Reason, refused

MOST_FAULTS = 64
"""Windows stops at 64 nodes (wsfc.md 2.6), so more faults of one kind ask for nothing new."""


@dataclass(frozen=True)
class Requirements:
    """How many faults of each kind must leave the cluster running without interruption, each kind
    taken by itself.

    `crash` nodes that fail one after another; `isolation` nodes cut off from all others, one after
    another; `partition` arbitrary splits of the network; `witness` losses of the witness; `site`
    failures of a whole site. 0 asks for nothing. Construction raises `RefusedError` for a number
    outside 0 to `MOST_FAULTS`.
    """

    crash: int = 1
    isolation: int = 1
    partition: int = 0
    witness: int = 1
    site: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            number = getattr(self, field.name)
            if not 0 <= number <= MOST_FAULTS:
                raise refused(
                    Reason.FAULTS_OUT_OF_RANGE,
                    (Attribute.REQUIREMENTS, Attribute(field.name)),
                    f"{number} faults cannot be asked for",
                    f"use 0 to {MOST_FAULTS}",
                )

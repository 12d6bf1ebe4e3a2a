"""What a design has to survive: the promise that a cluster is held to."""

import enum

from quorate.cluster.elements import Attribute, Item
from quorate.cluster.refusals import Reason, refused
from quorate.values import dataclass

MOST_FAULTS = 64
"""Windows stops at 64 nodes (wsfc.md 2.6), so more faults of one kind ask for nothing new."""


class Fault(enum.Enum):
    """A kind of fault, as promises name it.

    To the others a reboot is what a crash is: no guard of an operating-system shutdown was found
    (wsfc.md 1.5). A planned stop is `Stop-ClusterNode`, which is refused where the others would
    lose their quorum (rule Q9).
    """

    CRASH = "crash"
    REBOOT = "reboot"
    PLANNED_STOP = "planned-stop"
    ISOLATION = "isolation"
    PARTITION = "partition"
    LINK = "link"
    WITNESS = "witness"
    PATH = "path"
    SITE = "site"


@dataclass(frozen=True)
class Requirements:
    """Which faults must leave the cluster running without interruption.

    How many of each kind, each kind taken by itself: `crash` nodes that fail one after another;
    `isolation` nodes cut off from all others, one after another; `partition` arbitrary splits of
    the network; `witness` losses of the witness; `site` failures of a whole site. 0 asks for
    nothing.

    Of different kinds: `in_order` the faults that come one after another, each after the cluster
    has settled; `any_two` of different kinds, in any order: promised, or nothing that is asked
    (False), or asked although nobody promised it (None).

    Construction raises `RefusedError` for a number outside 0 to `MOST_FAULTS` and for faults in
    order that are none.
    """

    crash: int = 1
    isolation: int = 1
    partition: int = 0
    witness: int = 1
    site: int = 1
    in_order: tuple[tuple[Fault, ...], ...] = ()
    any_two: bool | None = None

    def __post_init__(self) -> None:
        for fault in COUNTED:
            number = self.times(fault)
            if not 0 <= number <= MOST_FAULTS:
                raise refused(
                    Reason.FAULTS_OUT_OF_RANGE,
                    (Attribute.REQUIREMENTS, Attribute(fault.value)),
                    f"{number} faults cannot be asked for",
                    f"use 0 to {MOST_FAULTS}",
                )
        for index, faults in enumerate(self.in_order):
            if not faults:
                raise refused(
                    Reason.NO_FAULTS,
                    (Attribute.REQUIREMENTS, Item(Attribute.IN_ORDER, index, "")),
                    "nothing is asked to happen",
                    "name one fault or several, in order",
                )

    def times(self, fault: Fault) -> int:
        """How many faults of one of the kinds of `COUNTED` are promised."""
        number: int = getattr(self, fault.value)
        return number


COUNTED = (Fault.CRASH, Fault.ISOLATION, Fault.PARTITION, Fault.WITNESS, Fault.SITE)
"""The kinds of fault of which a number is promised."""

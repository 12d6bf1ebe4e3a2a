"""What a claim about groups assumes: which groups, how a lost node is noticed, and who may act.

The counterpart of membership's assumptions for what the cluster runs. How they are said of a
cluster is in `assumed.py`.
"""

import enum
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.groups.incidents import Incident


class Detection(enum.Enum):
    """When a node that was cut off stops what it runs (wsfc.md 6, the split-brain window)."""

    INSTANT = "instant"
    """In the same step in which the others go on without it."""
    EVENTUAL = "eventual"
    """In a step of its own, at any later time; until then it goes on as before."""

    @property
    def leaves_stale_nodes(self) -> bool:
        """Whether a node that was cut off goes on for a while."""
        match self:
            case Detection.INSTANT:
                return False
            case Detection.EVENTUAL:
                return True
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Assumptions:
    """Everything that a claim about `groups` assumes.

    The groups named are looked at together; all others share nothing with them. `detection` says
    when a node that was cut off stops; `operator` whether an operator pauses nodes, moves groups
    and takes resources offline; `reservation` whether a disk is reserved by the node that has it;
    `incident` what alone happens, beside what the cluster does by itself and moves that the
    operator orders: None where everything may happen.
    """

    groups: tuple[str, ...]
    detection: Detection = Detection.INSTANT
    operator: bool = True
    reservation: bool = True
    incident: Incident | None = None

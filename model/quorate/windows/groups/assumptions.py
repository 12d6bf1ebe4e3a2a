"""What a claim about groups assumes: which groups, how a lost node is noticed, and who may act.

The counterpart of membership's assumptions for what the cluster runs.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from quorate.windows.version import ASSUMED


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
    and takes resources offline; `reservation` whether a disk is reserved by the node that has it.
    """

    groups: tuple[str, ...]
    detection: Detection = Detection.INSTANT
    operator: bool = True
    reservation: bool = True

    def sentences(self) -> Iterator[str]:
        """The assumptions as a reader should hear them, one sentence each."""
        yield ASSUMED
        yield "at the start every node is a member, and each group is online where it belongs"
        yield "at most one island runs the cluster (that is no-split-brain)"
        yield "when a member is lost the others go on as long as their votes are a majority"
        yield "a witness works and counts for whoever of its nodes is left"
        yield "disks and shared volumes can be had on every node, whichever site or node is lost"
        yield "nodes fail and return, and the cluster stops and forms again, at any moment"
        yield "any resource fails at any moment, any number of times"
        yield "what depends on a failed resource is terminated in the same step"
        if self.operator:
            yield "the operator pauses, drains, moves and takes offline as he likes"
        else:
            yield "the operator does nothing"
        if len(self.groups) > 1:
            yield f"proved together, since they share something: {', '.join(self.groups)}"
        else:
            yield "proved alone, since the group shares nothing with another one"
        yield from self._about_detection()

    def _about_detection(self) -> Iterator[str]:
        match self.detection:
            case Detection.INSTANT:
                yield "a node that is lost stops in the same step (instant detection)"
            case Detection.EVENTUAL:
                yield (
                    "a node that is cut off goes on, and starts what it may, until it notices "
                    "(eventual detection)"
                )
                yield from self._about_reservation()
            case _:
                assert_never(self.detection)

    def _about_reservation(self) -> Iterator[str]:
        if self.reservation:
            yield "a disk is brought online only while no other node has reserved it"
            yield "a machine on a shared volume starts only while no other node has its files open"
        else:
            yield "disks are not reserved, and files are not locked"

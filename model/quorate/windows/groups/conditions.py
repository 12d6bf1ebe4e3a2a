"""What a claim about groups assumes: which groups, how a lost node is noticed, and what is broken.

The counterpart of `assumptions.py` for what the cluster runs.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace


class Detection(enum.Enum):
    """When a node that was cut off stops what it runs (wsfc.md 6, the split-brain window)."""

    INSTANT = "instant"
    """In the same step in which the others go on without it."""
    EVENTUAL = "eventual"
    """In a step of its own, at any later time; until then it goes on as before."""


class ServiceDeviation(enum.Enum):
    """One way to get the rules of groups wrong. The real rules have none."""

    STARTS_UNSUPPORTED = "a resource starts without a look at what it depends on"
    STOPS_AT_ONCE = "a resource goes offline while another one that needs it is still stopping"
    KEEPS_DEPENDENTS = "what depends on a failed resource stays online"
    DEPENDS_ON_ITSELF = "the lowest resource depends on the highest"
    TRANSFERS_EARLY = "a group is transferred before it is offline, and nothing is reserved"
    IGNORES_POSSIBLE_OWNERS = "a group is taken over by a node that may not own it"
    IGNORES_THRESHOLD = "a group fails over however often it has done so"
    FORGETS_FAILOVERS = "failovers are not counted"
    FAILS_OVER_AT_ONCE = "a group fails over at the first failure of any resource"
    RESTARTS_FOR_EVER = "a resource is tried again in place however often it failed"
    IGNORES_PAUSE = "a paused node is sent groups and starts resources"
    KEEPS_DRAINED = "a node that is drained keeps its groups"
    IGNORES_WINDOW = "a group fails back at any hour"
    GOES_BACK_TO_ANY = "a group goes back to any preferred owner, better or not"
    FORGETS_RETURNS = "a preferred owner that joins again is not noticed"
    TAKES_LAST = "a group goes to the last in its list, not to the next"
    GOES_ASTRAY = "a planned move goes to the next owner, whatever was planned"
    NEVER_RESTARTS = "a resource that failed is not tried again"
    NEVER_STARTS = "what was stopped is not started again"
    NO_FAILBACK = "a group does not go back"
    IGNORES_ANTI_AFFINITY = "a group goes next without a look at the groups that it avoids"
    LEAVES_RESOURCES_RUNNING = "resources go on when the cluster service stops"
    SHUTS_DOWN_MACHINES = "a machine that is moved is shut down instead of saved"
    DISK_STAYS_BEHIND = "a machine starts without a look at where its disk is"
    PENDS_FOR_EVER = "nothing that is pending comes to an end"
    KEEPS_ADDRESS = "a client never asks for the addresses again"
    NO_RESERVATION = "a disk is brought online without asking who has reserved it"
    DOES_NOT_FENCE = "a group is taken over before the lost node is confirmed to be off"


@dataclass(frozen=True)
class Conditions:
    """Everything that a claim about `groups` assumes.

    The groups named are looked at together; all others share nothing with them. `detection` says
    when a node that was cut off stops; `operator` whether an operator pauses nodes, moves groups
    and takes resources offline; `reservation` whether a disk is reserved by the node that has it;
    `deviation` one rule is broken, None for the real rules.
    """

    groups: tuple[str, ...]
    detection: Detection = Detection.INSTANT
    operator: bool = True
    reservation: bool = True
    deviation: ServiceDeviation | None = None

    def broken(self, deviation: ServiceDeviation) -> "Conditions":
        """The same conditions with one rule broken."""
        return replace(self, deviation=deviation)

    def sentences(self) -> Iterator[str]:
        """The assumptions as a reader should hear them, one sentence each."""
        yield "at the start every node is a member, and each group is online where it belongs"
        yield "at most one island runs the cluster (that is no-split-brain)"
        yield "when a member is lost the others go on as long as their votes are a majority"
        yield "a witness works and counts for whoever of its nodes is left"
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
        if self.detection is Detection.INSTANT:
            yield "a node that is lost stops in the same step (instant detection)"
        else:
            yield (
                "a node that is cut off goes on, and starts what it may, until it notices "
                "(eventual detection)"
            )
            if self.reservation:
                yield "a disk is brought online only while no other node has reserved it"
                yield (
                    "a machine on a shared volume starts only while no other node has its files "
                    "open"
                )
            else:
                yield "disks are not reserved, and files are not locked"
        if self.deviation is not None:
            yield f"broken on purpose: {self.deviation.value}"

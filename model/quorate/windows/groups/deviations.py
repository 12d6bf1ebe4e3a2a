"""The ways to get the rules of groups wrong, in words. What each does to the model is in
`broken.py`."""

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quorate.windows.groups.model import Groups


class Deviation(enum.Enum):
    """One rule that is broken on purpose. A claim's broken twin has one; the real rules have
    none."""

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
    LEAVES_LOST = "a group whose owner is lost is taken over by nobody"
    STARTS_OUT_OF_TURN = "a group starts without a look at the groups that it starts after"
    STARTS_BESIDE = "a group starts beside one that it has to be kept apart from"
    IGNORES_ANTI_AFFINITY = "a group goes next without a look at the groups that it avoids"
    LEAVES_RESOURCES_RUNNING = "resources go on when the cluster service stops"
    SHUTS_DOWN_MACHINES = "a machine that is moved is shut down instead of saved"
    DISK_STAYS_BEHIND = "a machine starts without a look at where its disk is"
    PENDS_FOR_EVER = "nothing that is pending comes to an end"
    KEEPS_ADDRESS = "a client never asks for the addresses again"
    NO_RESERVATION = "a disk is brought online without asking who has reserved it"
    DOES_NOT_FENCE = "a group is taken over before the lost node is confirmed to be off"

    COUNTS_FOR_ALL = "a failure counts for all resources of the group"
    START_CLEARS_COUNT = "the failures of a resource are forgotten when it starts"
    KEEPS_COUNTS = "a group keeps its counts of failures when it moves"
    ONE_FAILOVER_FEWER = "a group fails over once less than its threshold allows"
    ANY_RETURN_CALLS = "any node that joins calls the group home"
    REBOOT_RESUMES = "a node that joins is not paused any more"
    FORGETS_COMMANDS = "only the resource that was brought online last is wanted"
    BRINGS_ALONE = "a resource is brought online alone, whatever it needs"
    FORGETS_PENDING = "what is coming online on a node that is cut off is forgotten"
    LOSES_SAVED = "what was saved is thrown away when the group is transferred"

    @property
    def sentence(self) -> str:
        """What is done instead of the rule."""
        return str(self.value)

    def twin(self, model: "Groups") -> "Groups":
        """`model` with the rule broken for each of its groups. Raises `ValueError` where the rule
        has no part in any of them, so that nothing would be another."""
        from quorate.windows.groups.broken import twin  # noqa: PLC0415 - only twins need it

        return twin(model, self)

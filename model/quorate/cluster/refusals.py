"""What is said of a value that cannot be meant."""

import enum

from quorate.cluster.elements import Element, attribute_path
from quorate.errors import InputError, Place
from quorate.values import dataclass


class Reason(enum.Enum):
    """Everything that a cluster, or the requirements on it, can be refused for."""

    EMPTY_NAME = enum.auto()
    NAME_GIVEN_TWICE = enum.auto()
    NO_NODES = enum.auto()
    TOO_MANY_NODES = enum.auto()
    VOTES_OUT_OF_RANGE = enum.auto()
    NO_VOTES = enum.auto()
    SEVERAL_VOTES = enum.auto()
    UNKNOWN_SITE = enum.auto()
    NO_SITE_DECLARED = enum.auto()
    WITNESS_MISSING = enum.auto()
    WITNESS_NOT_COUNTED = enum.auto()
    OTHER_WITNESS_COUNTED = enum.auto()
    WITNESS_OUT_OF_REACH = enum.auto()
    NO_CLOUD_WITNESS_YET = enum.auto()
    UNKNOWN_NODE = enum.auto()
    FAULTS_OUT_OF_RANGE = enum.auto()
    NO_FAULTS = enum.auto()
    EMPTY_SITE = enum.auto()
    NO_RESOURCES = enum.auto()
    TOO_MANY_RESOURCES = enum.auto()
    NAME_TAKEN = enum.auto()
    BRACKET_IN_NAME = enum.auto()
    RESTARTS_OUT_OF_RANGE = enum.auto()
    DEPENDS_ON_ITSELF = enum.auto()
    DEPENDS_ON_ANOTHER_GROUP = enum.auto()
    UNKNOWN_RESOURCE = enum.auto()
    DEPENDS_IN_A_CIRCLE = enum.auto()
    UNKNOWN_STORAGE = enum.auto()
    NO_STORAGE_DECLARED = enum.auto()
    STORAGE_OUT_OF_REACH = enum.auto()
    OWNER_WITHOUT_PATH = enum.auto()
    SUBNET_OF_NO_ADDRESS = enum.auto()
    SUBNET_OF_NO_NODE = enum.auto()
    NO_POSSIBLE_OWNER = enum.auto()
    FAILOVERS_OUT_OF_RANGE = enum.auto()
    WINDOW_WITHOUT_POLICY = enum.auto()
    POLICY_WITHOUT_WINDOW = enum.auto()
    HOUR_OUT_OF_RANGE = enum.auto()
    WINDOW_WITHOUT_HOURS = enum.auto()
    DATA_NOT_ON_SHARED_VOLUMES = enum.auto()
    NO_GROUP_SETS_YET = enum.auto()
    EMPTY_GROUP_SET = enum.auto()
    UNKNOWN_GROUP = enum.auto()
    STARTED_OUT_OF_RANGE = enum.auto()
    STARTS_IN_A_CIRCLE = enum.auto()


@dataclass(frozen=True)
class Refusal:
    """`element` is what is refused; `why` half a sentence that names it; `remedy` the other half,
    what to do, in words of clusters and of no file format."""

    reason: Reason
    element: Element
    why: str
    remedy: str


class RefusedError(InputError):
    """A value that cannot be meant. It stands at an attribute of the values; an importer raises the
    same error `at` the place in its file."""

    def __init__(self, refusal: Refusal, where: Place | str = "", remedy: str = "") -> None:
        super().__init__(
            f"{refusal.why}; {remedy or refusal.remedy}", where or attribute_path(refusal.element)
        )
        self.refusal = refusal

    def at(self, place: Place, remedy: str = "") -> "RefusedError":
        """The error as a reader of a file is told it, with a `remedy` in words of its format where
        there is one."""
        return RefusedError(self.refusal, place, remedy)


def refused(reason: Reason, element: Element, why: str, remedy: str) -> RefusedError:
    """The error for an element, to be raised."""
    return RefusedError(Refusal(reason, element, why, remedy))

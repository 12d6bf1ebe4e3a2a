"""Facts about the end of a run, as data: what breaks the promise, and what of the configuration and
the steps it rests on. Each can be looked up in the run by whoever doubts it."""

import enum

from quorate.values import dataclass
from quorate.windows.groups.situation import ResourceState


class Kind(enum.Enum):
    """What a fact says of its names; JSON has it as it stands here."""

    CIRCLE = "the things need each other in a circle, the last one the first"
    UNSUPPORTED = "the thing is up on the node, and none of what it needs here is online"
    TAKEN_AWAY = "the thing is still going offline, and none of what it needs here is online"
    LOST_WRITE = "the disk is offline, and the things had not written to it"
    PENDING_FOR_EVER = "the things are pending on the node, for ever"
    NOT_POSSIBLE = "the group is active on the node, and only the others may own it"
    NOT_MEMBER = "the group is active on the node, which is no member"
    WRONG_SUBNET = "the things are active on the node, which is not in their subnet"
    TOO_MANY_FAILOVERS = "so many failovers are begun, and only so many may be"
    PING_PONG = "the group moves among the nodes, for ever"
    NEVER_ONLINE = "the things are not online on the node, for ever"
    NEVER_TAKEN_OVER = "the node is no member, and nobody takes the group over, for ever"
    STAYS_DRAINED = "the node is paused, and the group stays there, for ever"
    NOT_GONE_BACK = "the group is on the node, for ever, and the other is preferred and there"
    FAILED_TOO_SELDOM = "the group fails over after so many failures of the thing"
    NOT_LOST = "the group is taken from a node that is a member, by the other"
    TRIED_TOO_OFTEN = "the thing is tried again after so many failures"
    PAUSED_STARTS = "the thing starts on the node, which is paused"
    PAUSED_SENT = "the group is sent to the node, which is paused"
    DRAINED_KEEPS = "the node is drained and keeps the group, and the others could take it"
    WRONG_HOUR = "the group goes back from the node to the other at this hour"
    WRONG_WAY_BACK = "the group goes back from the node to the other, which is not better"
    RETURN_FORGOTTEN = "the node is preferred and available again, and that is not remembered"
    WRONG_NEXT = "the group goes from the node to the first of the others, not to the second"
    ASTRAY = "the group goes from the node to the first of the others, sent to the second"
    BESIDE = "the group and the other groups are on the node together"
    NO_FILES = "the thing is up on the node, and what it keeps its files on is not there"
    MEMORY_LOST = "the things have lost their memory"
    UNKNOWN_ADDRESS = "clients know of the things, and only the others are online, for ever"
    LEFT_FAILED = "the things stay failed on the node, for ever, and the others are free"
    COUNTED_FOR_OTHERS = "the failure of the one is counted for the things"
    COUNT_FORGOTTEN = "the failures of the things are counted no more"
    COUNT_KEPT = "the failures of the things are still counted, after the group moved"
    BROUGHT_ALONE = "the thing is brought online, and what it needs is not brought with it"
    UNWANTED = "the things are wanted no more, and nobody said so"
    PAUSE_FORGOTTEN = "the nodes are paused no more, and nobody resumed them"
    CALLED_WRONGLY = "the node calls the group home, and is not preferred"
    NOT_CALLED = "the group goes back from the node to the other, and nobody called it"
    SAVED_LOST = "what was saved of the things is gone"
    STALE_FORGOTTEN = "the things were on their way on the node, and that is forgotten"
    TWICE = "the things are active on the nodes at once"
    ANSWERS_ELSEWHERE = "the things are active on the node, and the other owns the group"
    NO_PATH = "the things are active on the node, and only the others have a path to them"
    DATA_LOST = "with the site the things are out of reach"

    # What these rest on.
    LIST = "the nodes in the order in which they are tried for the group"
    WINDOW = "the group goes back from the one hour to the other"
    PREFERS = "the preferred owners of the group in their order"
    NO_DEPENDENCY = "the thing does not depend on the other, directly or through others"
    NOT_FENCED = "nobody makes sure that a lost node is off"
    NO_DISK = "the things depend on no disk of the group that is online there"
    OWNERS = "only the others may own the group"
    SUBNET = "the thing has another subnet than the node"
    PATHS = "only the others have a path to the thing"
    COPIES = "the only copies of the thing stand in the site"
    AVOIDS = "the group avoids the other groups"
    ALLOWED = "at most so many failovers of the group may begin in one period"
    TOLERATED = "the thing is restarted in place so many times in one period"
    UNAWARE = "the nodes are no members and have not noticed"
    OWNS = "the node owns the group since this step"
    PLANNED = "the group was sent to the other in this step"
    IS_PAUSED = "the nodes are paused since this step"
    FREE = "the nodes could take the group"


@dataclass(frozen=True)
class Fact:
    """`group` is the one it is about and `groups` others; `things` resources or volumes that it
    speaks of and `needs` those that they are measured by; `nodes` where it is so and `others` the
    nodes that these are measured by; `count` a number and `most` what it is measured by; `state`
    that of the things, where they share one; `step` since when; `sites` what is lost. `spots` are
    the places in the last situation in which it can be seen: a node, and a thing or one of the
    other groups or, if that is empty, the group."""

    kind: Kind
    group: str
    things: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    count: int = 0
    most: int = 0
    step: int = 0
    state: ResourceState | None = None
    spots: tuple[tuple[str, str], ...] = ()

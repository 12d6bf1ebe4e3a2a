"""The reasons of a story as data: what became of whom in a step, and the arithmetic behind it."""

import enum
from dataclasses import dataclass

from quorate.cluster import Cluster
from quorate.windows.membership.situation import Event

FAULTS = frozenset(
    {
        "crash",
        "power failure",
        "site failure",
        "partition",
        "isolation",
        "link failure",
        "witness failure",
        "path failure",
    }
)
REPAIRS = frozenset({"restart", "heal", "witness return", "path return"})
CLUSTER_STEPS = frozenset({"form", "join", "take witness", "commit"})
OPERATOR_STEPS = frozenset({"planned stop", "force"})
ACTIONS = FAULTS | REPAIRS | CLUSTER_STEPS | OPERATOR_STEPS


class Fate(enum.Enum):
    """What became of a set of nodes in a step."""

    RUNS = "runs"
    GOES_ON = "goes on"
    STOPS = "stops"
    FORMS = "forms"
    IS_JOINED = "is joined"
    IS_FORCED = "is forced"
    COMMITS = "commits"


@dataclass(frozen=True)
class Tally:
    """The arithmetic of rule Q1 for `members`: the votes of the nodes, the witness's vote if they
    hold it, and what they are measured against."""

    members: frozenset[str]
    votes: int
    holds_witness: bool
    witness_votes: int
    total: int
    needed: int

    @property
    def enough(self) -> bool:
        return bool(self.members) and self.votes + self.witness_votes >= self.needed


@dataclass(frozen=True)
class Part:
    """A set of nodes that shared a fate, and its arithmetic. `forced` islands run regardless."""

    fate: Fate
    tally: Tally
    forced: bool = False


class Hand(enum.Enum):
    """How the witness came to be where it is after a step."""

    START = "held at the start"
    KEPT = "kept"
    WAS_FREE = "taken because nobody held it"
    HOLDER_DOWN = "taken because its holder is down"
    NO_PATH = "taken because its holder has no path to it"
    LET_GO = "taken because its holder's service stopped"
    USELESS = "taken because its holder has no majority even with it"
    FREE = "held by nobody"


@dataclass(frozen=True)
class Holding:
    """Who holds the witness after a step and why; `before` held it until then."""

    hand: Hand
    holder: str | None
    before: str | None


@dataclass(frozen=True)
class Replicas:
    """Nodes whose replica became outdated, or the latest; and the same of the witness's copy or
    tag: True if it became the latest, False if outdated, None if neither."""

    outdated: frozenset[str]
    renewed: frozenset[str]
    witness: bool | None


class Breach(enum.Enum):
    """A rule about configurations that a step did not follow."""

    OUTDATED_FORM = "formed on an outdated replica against the share's tag"
    DISK_NOT_READ = "formed on an outdated replica beside the disk's newer copy"
    NOT_GIVEN = "joined without being given the configuration"


@dataclass(frozen=True)
class Entry:
    """One step: what happened, and what followed from what. `lost_paths` are the nodes that lost
    their path to the witness in it; `all_stopped` says that the last island ended with it."""

    number: int
    event: Event | None
    parts: tuple[Part, ...]
    holding: Holding | None
    replicas: Replicas
    lost_paths: frozenset[str]
    breach: Breach | None
    all_stopped: bool


@dataclass(frozen=True)
class Missed:
    """Nodes that run without the configuration that became the latest in `step`, by the action
    of that name; None where they never had the latest."""

    nodes: frozenset[str]
    step: int | None
    action: str


@dataclass(frozen=True)
class Idle:
    """Nodes that reach each other, are up and run nothing: with what they would form a cluster.
    `forbidden` says that the share's tag stands for a newer configuration than they have."""

    tally: Tally
    forbidden: bool


@dataclass(frozen=True)
class Conclusion:
    """What the final situation shows: every island that runs; who runs on what outdated
    configuration; the islands whose members reach nobody else.

    Where nothing runs: `stopped`, the parts that stopped in the last step, if the last island
    ended with it; `idle`, who could run otherwise.
    """

    islands: tuple[Part, ...]
    missed: tuple[Missed, ...] = ()
    cut_off: frozenset[str] = frozenset()
    stopped: tuple[Part, ...] = ()
    all_stopped: bool = False
    idle: tuple[Idle, ...] = ()

    @property
    def outdated(self) -> frozenset[str]:
        return frozenset[str]().union(*(missed.nodes for missed in self.missed))


def tally(cluster: Cluster, members: frozenset[str], holds_witness: bool) -> Tally:
    votes = cluster.votes
    return Tally(
        members=members,
        votes=votes.tally(members, False),
        holds_witness=holds_witness,
        witness_votes=votes.witness if holds_witness else 0,
        total=votes.total,
        needed=votes.needed,
    )

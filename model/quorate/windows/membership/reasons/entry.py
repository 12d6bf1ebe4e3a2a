"""An explained step as data: what became of whom, and the arithmetic behind it."""

import enum
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.membership.reasons.tally import Tally
from quorate.windows.membership.situation import Event, Situation


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
class Part:
    """A set of nodes that shared a fate, and its arithmetic. `forced` islands run regardless; who
    stops `outdated` held a share whose tag stands for a configuration that none of them has."""

    fate: Fate
    tally: Tally
    forced: bool = False
    outdated: bool = False

    @property
    def members(self) -> frozenset[str]:
        return self.tally.members

    @property
    def stops(self) -> bool:
        return self.fate is Fate.STOPS

    @property
    def breaks_rule(self) -> bool:
        """They run without the votes for it, or stop with them."""
        if self.stops:
            return self.tally.enough and not self.outdated
        return not (self.tally.enough or self.forced or self.fate is Fate.IS_FORCED)

    @property
    def regrouped(self) -> bool:
        """Whether it is what an island fell into."""
        match self.fate:
            case Fate.GOES_ON | Fate.STOPS:
                return True
            case Fate.RUNS | Fate.FORMS | Fate.IS_JOINED | Fate.IS_FORCED | Fate.COMMITS:
                return False
            case _:
                assert_never(self.fate)


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

    @property
    def changed_hands(self) -> bool:
        """Somebody took it from somebody else."""
        return None not in {self.holder, self.before} and self.holder != self.before


@dataclass(frozen=True)
class Replicas:
    """Nodes whose replica became outdated, or the latest; and the same of the witness's copy or
    tag: True if it became the latest, False if outdated, None if neither."""

    outdated: frozenset[str]
    renewed: frozenset[str]
    witness: bool | None


class Breach(enum.Enum):
    """A rule about configurations that a step did not follow."""

    TAG_IGNORED = "formed on an outdated replica against the share's tag"
    COPY_NOT_READ = "formed on an outdated replica beside the disk's newer copy"
    NOT_GIVEN = "joined without being given the configuration"


@dataclass(frozen=True)
class Entry:
    """One step between two situations: what happened, and what followed from what. The start has
    no event and twice the same situation.

    `lost_paths` are the nodes that lost their path to the witness in it; `all_stopped` says that
    the last island ended with it. `against_rules` is a step that the rules do not allow, whether or
    not `breach` and `parts` show it.
    """

    number: int
    before: Situation
    event: Event | None
    after: Situation
    parts: tuple[Part, ...]
    holding: Holding | None
    replicas: Replicas
    breach: Breach | None = None
    against_rules: bool = False

    @property
    def shows_breach(self) -> bool:
        """It is to be seen in the situations which rule it did not follow."""
        return self.breach is not None or any(part.breaks_rule for part in self.parts)

    @property
    def lost_paths(self) -> frozenset[str]:
        return self.before.witness_paths - self.after.witness_paths

    @property
    def all_stopped(self) -> bool:
        return bool(self.before.islands) and not self.after.islands

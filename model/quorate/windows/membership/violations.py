"""The kinds of facts that refute a claim about a cluster: what an account looks for in the run, so
that it can say who and what."""

import enum


class Violation(enum.Enum):
    """What breaks the promise of a claim of the catalogue."""

    SPLIT = "two islands run at once"
    MINORITY = "an island runs without a majority"
    STRANGERS = "two members do not reach each other"
    WITHOUT_DISK = "somebody belongs without the disk"
    FORCED_ON = "an island has a majority and counts as forced"
    STOPPED_BY_PLAN = "a planned stop stops others"
    WITNESS_LEFT = "a witness is left alone, for ever"
    NEVER_RUNS = "the cluster never runs again"
    LEFT_OUT = "a node never joins"
    OUTDATED = "an island runs on an outdated configuration"
    CHANGED_OUTDATED = "an outdated configuration is changed"
    NOT_GIVEN = "somebody has the newest configuration from nobody"
    JOINED_OUTDATED = "a node joins and keeps an outdated configuration"
    NO_EFFECT = "an event does not do what it says"
    WITNESS_DIFFERS = "the witness remembers another configuration than its holder has"
    FORCE_OVERRULED = "what was forced is not the newest"
    STOPPED = "nothing runs"
    RUNS_ON = "the cluster runs on"

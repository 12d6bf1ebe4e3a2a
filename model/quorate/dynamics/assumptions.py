"""What a claim assumes: which faults may happen and how often, who may act, and what is broken.

Every dial that a model has is here, so that a claim can name it and a report can print it.
"""

import enum
from dataclasses import dataclass, replace

UNLIMITED = None
"""The budget of a fault that may happen any number of times."""


class Deviation(enum.Enum):
    """One way to get the rules wrong. A claim's broken twin has one; the real rules have none."""

    HALF_IS_ENOUGH = "half of the votes is enough"
    VOTES_OF_THE_REACHABLE = "only the votes of nodes within reach are counted in the total"
    WITNESS_COUNTS_TWICE = "the witness votes for every island that sees it"
    RUNS_WITHOUT_QUORUM = "an island that loses quorum keeps running"
    COUNTS_NEIGHBOURS = "a node counts whoever it reaches, members of its island or not"
    SHARE_TAG_IGNORED = "the file share's tag is ignored when a cluster forms"
    DISK_COPY_IGNORED = "the disk's copy of the configuration is ignored when a cluster forms"
    JOINER_KEEPS_REPLICA = "a joining node keeps its own replica"
    DOES_NOT_LISTEN = "nodes that lost quorum do not form a cluster again by themselves"


@dataclass(frozen=True)
class Faults:
    """How often each kind of fault may happen in one run: a number, or `UNLIMITED` (None).

    `crash` a node fails; `partition` a set of nodes is cut off from all others; `isolation` one
    node is cut off from all others; `link` one connection between two nodes fails; `witness` the
    witness fails; `path` one node loses its path to the witness; `site` a whole site fails with
    all nodes and the witness in it. `total` bounds all of them together. `repairs` says whether
    anything that failed can come back.
    """

    crash: int | None = UNLIMITED
    partition: int | None = UNLIMITED
    isolation: int | None = 0
    link: int | None = UNLIMITED
    witness: int | None = UNLIMITED
    path: int | None = UNLIMITED
    site: int | None = UNLIMITED
    total: int | None = UNLIMITED
    repairs: bool = True

    @classmethod
    def none(cls) -> "Faults":
        """Nothing fails; `dataclasses.replace` adds what a claim is about."""
        return cls(0, 0, 0, 0, 0, 0, 0, UNLIMITED, repairs=False)


@dataclass(frozen=True)
class Assumptions:
    """Faults, the operator's steps that are allowed by name, the number of configuration changes
    (None: any), and a deviation from the real rules (None: the real rules).

    `reconfigures` and `restarts_itself` switch off parts of the model that a claim does not need:
    changes of the configuration, and forming or joining after a stop.
    """

    faults: Faults = Faults()
    force: bool = False
    planned_stop: bool = True
    commits: int | None = UNLIMITED
    forms_and_joins: bool = True
    deviation: Deviation | None = None

    def broken(self, deviation: Deviation) -> "Assumptions":
        """The same assumptions with one rule broken."""
        return replace(self, deviation=deviation)

    def sentences(self) -> tuple[str, ...]:
        """The assumptions as a reader should hear them, one sentence each."""
        faults = self.faults
        lines = []
        budgets = {
            "node crashes": faults.crash,
            "network partitions": faults.partition,
            "isolated nodes": faults.isolation,
            "single connection failures": faults.link,
            "witness failures": faults.witness,
            "lost paths to the witness": faults.path,
            "site failures": faults.site,
        }
        unlimited = [name for name, budget in budgets.items() if budget is UNLIMITED]
        limited = [f"at most {budget} {name}" for name, budget in budgets.items() if budget]
        if faults.total is not None:
            lines.append(f"at most {faults.total} faults in all")
            limited = []
            unlimited = [name for name, budget in budgets.items() if budget != 0]
            lines.append("of these kinds: " + ", ".join(unlimited))
        elif unlimited:
            lines.append("any number of " + ", ".join(unlimited))
        lines.extend(limited)
        lines.append("what failed can come back" if faults.repairs else "nothing is repaired")
        lines.append(
            "the operator may force quorum" if self.force else "the operator does not force quorum"
        )
        lines.append("membership follows the network in the same step")
        if self.deviation is not None:
            lines.append(f"broken on purpose: {self.deviation.value}")
        return tuple(lines)

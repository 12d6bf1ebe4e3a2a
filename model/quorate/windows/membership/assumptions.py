"""What a claim assumes: which faults may happen and how often, who may act, and what is broken.

Every dial that the model of membership has is here, so that a claim can name it and a report can
print it.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

UNLIMITED = None
"""The budget of a fault that may happen any number of times."""


class Deviation(enum.Enum):
    """One way to get the rules wrong. A claim's broken twin has one; the real rules have none."""

    HALF_IS_ENOUGH = "half of the votes is enough"
    VOTES_OF_THE_LIVING = "only the votes of nodes that are there are counted in the total"
    WITNESS_COUNTS_TWICE = "the witness votes for every island that sees it"
    RUNS_WITHOUT_QUORUM = "an island that loses quorum keeps running"
    COUNTS_NEIGHBOURS = "a node counts whoever it reaches, members of its island or not"
    SHARE_TAG_IGNORED = "the file share's tag is ignored when a cluster forms"
    DISK_COPY_IGNORED = "the disk's copy of the configuration is ignored when a cluster forms"
    JOINER_KEEPS_REPLICA = "a joining node keeps its own replica"
    STOPS_ON_ANY_LOSS = "an island stops whenever it loses a member or the witness"
    JOINS_STRANGERS = "a node joins an island although it does not reach every member"
    JOINS_WITHOUT_DISK = "a node without contact with the disk joins or forms a cluster"
    STOPS_WITHOUT_ASKING = "a node is stopped by plan although the others lose their quorum"
    LEAVES_WITNESS = "a witness that nobody holds is left alone"
    FORCED_FOR_EVER = "an island that was started by force needs no majority ever after"
    DOES_NOT_LISTEN = "nodes that lost quorum do not form a cluster again by themselves"


@dataclass(frozen=True)
class Faults:
    """How often each kind of fault may happen in one run: a number, or `UNLIMITED` (None).

    `crash` a node fails; `power` all nodes go down at once; `site` a whole site fails with all
    nodes and the witness in it; `partition` a set of nodes is cut off from all others; `isolation`
    one node is cut off from all others; `link` one connection between two nodes fails; `witness`
    the witness fails; `path` one node loses its path to the witness.
    """

    crash: int | None = UNLIMITED
    power: int | None = UNLIMITED
    site: int | None = UNLIMITED
    partition: int | None = UNLIMITED
    isolation: int | None = UNLIMITED
    link: int | None = UNLIMITED
    witness: int | None = UNLIMITED
    path: int | None = UNLIMITED

    @classmethod
    def none(cls) -> "Faults":
        """Nothing fails; `dataclasses.replace` adds what a claim is about."""
        return cls(*(0 for _ in fields(cls)))

    def budgets(self) -> dict[str, int | None]:
        """The budget of each kind, by the name of its field."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


_KINDS = {
    "crash": "node crashes",
    "power": "power failures of all nodes",
    "site": "site failures",
    "partition": "network partitions",
    "isolation": "nodes cut off from all others",
    "link": "failures of a single connection",
    "witness": "witness failures",
    "path": "lost paths to the witness",
}


_ONE = {
    "crash": "node crash",
    "power": "power failure of all nodes",
    "site": "site failure",
    "partition": "network partition",
    "isolation": "node cut off from all others",
    "link": "failure of a single connection",
    "witness": "witness failure",
    "path": "lost path to the witness",
}


@dataclass(frozen=True)
class Assumptions:
    """Everything that a claim assumes of the world and of the operator.

    `repairs` what failed can come back; `settled` a fault happens only when the cluster has done
    all that it does about the one before; `restarts` nodes that lost quorum or came back form or
    join a cluster; `commits` the configuration is changed now and then; `planned_stop` and `force`
    the operator may do so; `deviation` one rule is broken, None for the real rules.

    `clusters` is the most islands that are told apart while they run, 2 or more. No run is lost
    before the first moment in which two run; a step that would start one more is left out.
    """

    faults: Faults = Faults()
    repairs: bool = True
    settled: bool = False
    restarts: bool = True
    commits: bool = True
    planned_stop: bool = True
    force: bool = False
    clusters: int = 2
    deviation: Deviation | None = None

    def broken(self, deviation: Deviation) -> "Assumptions":
        """The same assumptions with one rule broken."""
        return replace(self, deviation=deviation)

    def sentences(self) -> Iterator[str]:
        """The assumptions as a reader should hear them, one sentence each."""
        yield "at the start every node runs in one island, and nothing has failed"
        budgets = self.faults.budgets()
        unlimited = [_KINDS[kind] for kind, budget in budgets.items() if budget is UNLIMITED]
        if unlimited:
            yield "any number of " + ", ".join(unlimited) + ", in any order"
        for kind, budget in budgets.items():
            if budget:
                yield f"at most {budget} {_ONE[kind] if budget == 1 else _KINDS[kind]}"
        if not any(budget != 0 for budget in budgets.values()):
            yield "nothing fails"
        yield "what failed can come back" if self.repairs else "nothing is repaired"
        if self.settled:
            yield "the cluster settles before the next fault"
            yield "a side that has no quorum even with the witness leaves it to the others"
        if not self.restarts:
            yield "a node whose cluster service stopped does not start it again"
        if not self.planned_stop:
            yield "the operator stops no node"
        if not self.commits:
            yield "the configuration is not changed"
        if self.faults.partition != 0:
            yield "a partition leaves a file share within reach of at least one side"
        yield (
            "the operator may force quorum" if self.force else "the operator does not force quorum"
        )
        yield "membership follows the network in the same step (instant detection)"
        if self.deviation is not None:
            yield f"broken on purpose: {self.deviation.value}"

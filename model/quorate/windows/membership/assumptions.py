"""What a claim assumes: which faults may happen and how often, and who may act.

Every dial that the model of membership has is here, so that a claim can name it and a report can
print it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from quorate.windows.membership.verbs import Verb
from quorate.windows.version import ASSUMED

UNLIMITED = None
"""The budget of a fault that may happen any number of times."""


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


FAULTS: Mapping[Verb, str] = {
    Verb.CRASH: "crash",
    Verb.POWER_FAILURE: "power",
    Verb.SITE_FAILURE: "site",
    Verb.PARTITION: "partition",
    Verb.ISOLATION: "isolation",
    Verb.LINK_FAILURE: "link",
    Verb.WITNESS_FAILURE: "witness",
    Verb.PATH_FAILURE: "path",
    Verb.PLANNED_STOP: "planned_stop",
}
"""Whose budget a step of each verb is spent from: one of the `Faults`, or the planned stops."""


_KINDS = {
    "crash": "node crashes",
    "power": "power failures of all nodes",
    "site": "site failures",
    "partition": "network partitions",
    "isolation": "nodes cut off from all others",
    "link": "failures of a single connection",
    "witness": "witness failures",
    "path": "lost paths to the witness",
    "planned_stop": "planned stops of a node",
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
    "planned_stop": "planned stop of a node",
}


def in_words(verbs: Iterable[Verb]) -> str:
    """The faults among these steps, in order: "a node crash and then a witness failure"."""
    return " and then ".join(f"a {_ONE[FAULTS[verb]]}" for verb in verbs if verb in FAULTS)


@dataclass(frozen=True)
class Assumptions:
    """Everything that a claim assumes of the world and of the operator.

    `repairs` what failed can come back; `settled` a fault happens only when the cluster has done
    all that it does about the one before; `restarts` nodes that lost quorum or came back form or
    join a cluster; `commits` the configuration is changed now and then; `planned_stop` how often
    the operator stops a node by plan, a number or `UNLIMITED`; `force` the operator may do so.

    Faults that are limited, and planned stops if these are, may be limited together as well:
    `in_order` names their kinds in the only order in which they happen, `at_most` is how many there
    are in one run, each while the cluster runs where somebody reaches it. Construction raises
    `ValueError` for an order that the budgets do not allow.

    `clusters` is the most islands that are told apart while they run, 2 or more. No run is lost
    before the first moment in which two run; a step that would start one more is left out.
    """

    faults: Faults = Faults()
    repairs: bool = True
    settled: bool = False
    restarts: bool = True
    commits: bool = True
    planned_stop: int | None = UNLIMITED
    force: bool = False
    clusters: int = 2
    in_order: tuple[str, ...] = ()
    at_most: int | None = UNLIMITED

    def __post_init__(self) -> None:
        for kind in self.in_order:
            budget = self.budgets[kind]
            if budget is UNLIMITED or budget < self.in_order.count(kind):
                raise ValueError(f"the budget of {kind!r} is not for what is to happen in order")

    @cached_property
    def budgets(self) -> Mapping[str, int | None]:
        """How often each kind of fault, and a planned stop, may happen in one run."""
        return {**self.faults.budgets(), "planned_stop": self.planned_stop}

    def sentences(self) -> Iterator[str]:
        """The assumptions as a reader should hear them, one sentence each."""
        yield ASSUMED
        yield "at the start every node runs in one island, and nothing has failed"
        yield from self._about_faults()
        yield "what failed can come back" if self.repairs else "nothing is repaired"
        if self.settled:
            yield "the cluster settles before the next fault"
            yield "a side that has no quorum even with the witness leaves it to the others"
        if not self.restarts:
            yield "a node whose cluster service stopped does not start it again"
        if self.planned_stop == 0:
            yield "the operator stops no node"
        if not self.commits:
            yield "the configuration is not changed"
        if self.faults.partition != 0:
            yield "a partition leaves a file share within reach of at least one side"
        yield (
            "the operator may force quorum" if self.force else "the operator does not force quorum"
        )
        yield "membership follows the network in the same step (instant detection)"

    def _about_faults(self) -> Iterator[str]:
        faults = self.faults.budgets()
        unlimited = [_KINDS[kind] for kind, budget in faults.items() if budget is UNLIMITED]
        if unlimited:
            yield "any number of " + ", ".join(unlimited) + ", in any order"
        for kind, budget in self.budgets.items():
            if budget:
                yield f"at most {budget} {_ONE[kind] if budget == 1 else _KINDS[kind]}"
        if not any(budget != 0 for budget in faults.values()):
            yield "nothing fails"
        if self.in_order:
            yield "this happens in order: " + ", then ".join(_ONE[kind] for kind in self.in_order)
        if self.at_most is not UNLIMITED:
            yield f"at most {self.at_most} of these in one run, each while the cluster runs"

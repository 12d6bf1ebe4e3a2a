"""What a claim assumes: which faults may happen and how often, and who may act.

Every dial that the model of membership has is here, so that a claim can name it and a report can
print it.
"""

import enum
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from typing import assert_never

from quorate.cluster import Cluster, WitnessKind
from quorate.values import dataclass
from quorate.windows.membership.verbs import Verb

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


class CommittedBy(enum.Enum):
    """Who has to store a change of the configuration before it is committed (wsfc.md 1.4)."""

    MAJORITY = "a majority of the votes"
    """What is documented: whoever is no part of it learns of the change later."""
    ALL = "every member of the island"

    @property
    def sentence(self) -> str:
        match self:
            case CommittedBy.MAJORITY:
                return (
                    "a change of the configuration is committed once a majority has accepted it; "
                    "other members may learn of it later"
                )
            case CommittedBy.ALL:
                return "a change of the configuration is stored by all of the island in one step"
            case _:
                assert_never(self)


def _possible(cluster: Cluster) -> frozenset[str]:
    """The kinds of faults that can happen to it, planned stops among them."""
    never = set[str]()
    if cluster.witness is None:
        never |= {"witness", "path"}
    if not cluster.sites:
        never.add("site")
    if len(cluster.nodes) == 1:
        never |= {"partition", "isolation", "link"}
    return frozenset(_KINDS) - never


@dataclass(frozen=True)
class Assumptions:
    """Everything that a claim assumes of the world and of the operator.

    `repairs` what failed can come back; `settled` a fault happens only when the cluster has done
    all that it does about the one before; `restarts` nodes that lost quorum or came back form or
    join a cluster; `commits` the configuration is changed now and then; `planned_stop` how often
    the operator stops a node by plan, a number or `UNLIMITED`; `force` the operator may do so.

    `prevents` says of the operator who forces that he does so only while nothing runs, and starts
    every other node with prevent quorum (rule Q17).

    `votes_follow` where votes change, they follow who runs; without that all faults come at once,
    before any vote is changed. `committed_by` who has to accept a change; `witness_is_read` a
    running node that wins or takes the witness reads it first, and its island does not go on where
    the witness remembers a newer configuration. That is documented of forming only (rule Q5),
    and inferred of all else. `stop_asks_for_changes` a planned stop is refused as well where the
    others would stop because none of them knows what the share's tag stands for, and not for want
    of votes alone.

    Faults that are limited, and planned stops if these are, may be limited together as well:
    `in_order` names their kinds in the only order in which they happen, `at_most` is how many there
    are in one run, each while the cluster runs where somebody reaches it. Construction raises
    `ValueError` for an order that the budgets do not allow.

    `reboots` says of each crash, in the order in which they happen, whether it is a reboot: to the
    others it is a crash, and it is told as what it is. Of crashes of which nothing is said none is.

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
    prevents: bool = False
    votes_follow: bool = True
    committed_by: CommittedBy = CommittedBy.MAJORITY
    witness_is_read: bool = True
    stop_asks_for_changes: bool = True
    clusters: int = 2
    in_order: tuple[str, ...] = ()
    at_most: int | None = UNLIMITED
    reboots: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        if self.prevents and not self.force:
            raise ValueError("nobody is started with prevent quorum where nobody forces")
        for kind in self.in_order:
            budget = self.budgets[kind]
            if budget is UNLIMITED or budget < self.in_order.count(kind):
                raise ValueError(f"the budget of {kind!r} is not for what is to happen in order")

    @cached_property
    def budgets(self) -> Mapping[str, int | None]:
        """How often each kind of fault, and a planned stop, may happen in one run."""
        return {**self.faults.budgets(), "planned_stop": self.planned_stop}

    def sentences(self, cluster: Cluster) -> Iterator[str]:
        """The assumptions as a reader of a claim about `cluster` should hear them, one sentence
        each, those whose subject there is in it."""
        witness, several = cluster.witness, len(cluster.nodes) > 1
        yield "at the start every node runs in one island, and nothing has failed"
        yield from self._about_faults(_possible(cluster))
        yield "what failed can come back" if self.repairs else "nothing is repaired"
        if self.settled:
            yield "the cluster settles before the next fault"
            if witness is not None and several:
                yield "a side that has no quorum even with the witness leaves it to the others"
        if not self.restarts:
            yield "a node whose cluster service stopped does not start it again"
        if self.planned_stop == 0:
            yield "the operator stops no node"
        yield from self._about_changes(cluster)
        over_network = witness is not None and witness.kind.reached_over_network
        if self.faults.partition != 0 and over_network and several:
            cloud = witness is not None and witness.kind is WitnessKind.CLOUD
            what = "the cloud witness" if cloud else "a file share"
            yield f"a partition leaves {what} within reach of at least one side"
        yield from self._about_force()
        yield "membership follows the network in the same step (instant detection)"

    def _about_force(self) -> Iterator[str]:
        if not self.force:
            yield "the operator does not force quorum"
        elif self.prevents:
            yield (
                "the operator may force quorum while nothing runs, and starts every other node "
                "with prevent quorum until it has joined"
            )
        else:
            yield "the operator may force quorum, and starts nobody with prevent quorum"
        if self.force:
            yield (
                "a node that joins is given the configuration of the island, also where its own "
                "was forced (inferred)"
            )

    def _about_changes(self, cluster: Cluster) -> Iterator[str]:
        witness, several = cluster.witness, len(cluster.nodes) > 1
        if not self.commits:
            yield "the configuration is not changed"
            return
        if several:
            yield self.committed_by.sentence
        if witness is not None:
            yield (
                "who takes the witness reads it first, and does not go on with an older "
                "configuration (documented of nodes that form, inferred of those that run)"
                if self.witness_is_read
                else "who takes the witness does not read it, unless it forms a cluster"
            )
            if witness.kind is WitnessKind.CLOUD:
                yield "a cloud witness refuses an older configuration as a share does (inferred)"
        tagged = witness is not None and not witness.kind.keeps_configuration
        if self.planned_stop != 0 and tagged and several:
            yield (
                "a planned stop is refused where the others lack a change (inferred)"
                if self.stop_asks_for_changes
                else "a planned stop is refused for want of votes alone"
            )

    def _about_faults(self, possible: Container[str]) -> Iterator[str]:
        faults = {k: budget for k, budget in self.faults.budgets().items() if k in possible}
        unlimited = [_KINDS[kind] for kind, budget in faults.items() if budget is UNLIMITED]
        if unlimited:
            yield "any number of " + ", ".join(unlimited) + ", in any order"
        for kind, budget in self.budgets.items():
            if budget and kind in possible:
                yield f"at most {budget} {_ONE[kind] if budget == 1 else _KINDS[kind]}"
        if any(self.reboots):
            number = sum(self.reboots)
            yield f"{number} of these crashes {'is a reboot' if number == 1 else 'are reboots'}"
        if not any(budget != 0 for budget in faults.values()):
            yield "nothing fails"
        if self.in_order:
            yield "this happens in order: " + ", then ".join(self._ordered())
        if self.at_most is not UNLIMITED:
            yield f"at most {self.at_most} of these in one run, each while the cluster runs"

    def _ordered(self) -> Iterator[str]:
        """What is to happen in order, each in words."""
        crashes = 0
        for kind in self.in_order:
            crash = kind == FAULTS[Verb.CRASH]
            yield "reboot of a node" if crash and self.is_reboot(crashes) else _ONE[kind]
            crashes += crash

    def is_reboot(self, crash: int) -> bool:
        """Whether the crash of this number, 0 being the first of a run, is a reboot."""
        return crash < len(self.reboots) and self.reboots[crash]

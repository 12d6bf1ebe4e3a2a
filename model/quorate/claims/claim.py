"""A claim carries its own page."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from quorate.cluster import Cluster
from quorate.dynamics import Assumptions, Deviation, Membership
from quorate.system import Always


class Expectation(enum.Enum):
    """What its author expects of a claim."""

    PROVED = "proved"
    HOLDS = "holds"
    """At least to the depth that the assumptions make complete."""
    REFUTED = "refuted"


@dataclass(frozen=True)
class Claim:
    """`sentence` says what is claimed of `cluster` under `assumptions`, `why` what it is good for,
    `broken` what a reader is told when it is refuted. `teeth` are broken twins of the rules on
    which the claim must be refuted. `deepest` is the number of steps to which counterexamples are
    looked for, and `complete` says that no run is longer than that."""

    name: str
    sentence: str
    why: str
    broken: str
    cluster: Cluster
    assumptions: Assumptions
    make_property: Callable[[Membership], Always]
    expectation: Expectation = Expectation.PROVED
    teeth: tuple[Deviation, ...] = ()
    sources: tuple[str, ...] = ()
    deepest: int = 12
    complete: bool = False

    @property
    def model(self) -> Membership:
        return Membership(self.cluster, self.assumptions)

    def twin(self, deviation: Deviation) -> "Claim":
        """The claim about the broken twin: it must be refuted."""
        return Claim(
            name=f"{self.name}, if {deviation.value}",
            sentence=self.sentence,
            why=self.why,
            broken=self.broken,
            cluster=self.cluster,
            assumptions=self.assumptions.broken(deviation),
            make_property=self.make_property,
            expectation=Expectation.REFUTED,
            sources=self.sources,
            deepest=self.deepest,
        )

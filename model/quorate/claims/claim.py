"""A claim carries its own page."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace

from quorate.cluster import Cluster
from quorate.dynamics import Assumptions, Deviation, Membership
from quorate.system import Always, Sometimes


class Expectation(enum.Enum):
    """What its author expects of a claim."""

    HOLDS = "holds"
    """Proved, or decided for every run that there is."""
    REFUTED = "refuted"


@dataclass(frozen=True)
class Claim:
    """`sentence` says what is claimed of `cluster` under `assumptions`, `why` what it is good for,
    `broken` what a reader is told when it is refuted.

    `teeth` are broken twins of the rules on which the claim must be refuted, and `make_premise` a
    situation that must be reachable for the claim to say anything; `path` names actions that lead
    there, so that it need not be searched for. `deepest` is the number of steps
    to which counterexamples are looked for; `complete` says that no run is longer than that.
    """

    name: str
    sentence: str
    why: str
    broken: str
    cluster: Cluster
    assumptions: Assumptions
    make_property: Callable[[Membership], Always]
    make_premise: Callable[[Membership], Sometimes]
    path: tuple[str, ...] = ()
    expectation: Expectation = Expectation.HOLDS
    teeth: tuple[Deviation, ...] = ()
    sources: tuple[str, ...] = ()
    deepest: int = 12
    complete: bool = False

    def twin(self, deviation: Deviation) -> "Claim":
        """The claim about the broken twin: it must be refuted."""
        return replace(
            self,
            assumptions=self.assumptions.broken(deviation),
            expectation=Expectation.REFUTED,
            teeth=(),
        )

    def without_teeth(self) -> "Claim":
        """The claim alone, for a cluster so large that its twins say no more than a small one's."""
        return replace(self, teeth=())

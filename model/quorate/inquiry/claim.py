"""A claim carries its own page."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from quorate.cluster import Cluster
from quorate.inquiry.naming import slug_among
from quorate.system import Property, Sometimes
from quorate.windows.models import AnyDeviation, Circumstances, twin


class Expectation(enum.Enum):
    """What its author expects of a claim."""

    HOLDS = "holds"
    """Proved, or decided for every run that there is."""
    REFUTED = "refuted"


@dataclass(frozen=True)
class Claim:
    """`sentence` says what is claimed of `cluster` under `assumptions`, `why` what it is good for,
    `broken` what a reader is told when it is refuted. `about` is the group that it speaks of, empty
    for a claim about the cluster.

    `teeth` are broken twins of the rules on which the claim must be refuted, and `make_premise` a
    situation that must be reachable for the claim to say anything; `path` names actions that lead
    there, so that it need not be searched for; both are made from the model that the assumptions
    are about. `deepest` is the number of steps
    to which counterexamples are looked for; `complete` says that no run is longer than that.
    """

    name: str
    sentence: str
    why: str
    broken: str
    cluster: Cluster
    assumptions: Circumstances
    make_property: Callable[[Any], Property]
    make_premise: Callable[[Any], Sometimes]
    path: tuple[str, ...] = ()
    expectation: Expectation = Expectation.HOLDS
    teeth: tuple[AnyDeviation, ...] = ()
    sources: tuple[str, ...] = ()
    deepest: int = 12
    complete: bool = False
    about: str = ""

    @property
    def title(self) -> str:
        """What tables call the claim."""
        return f"{self.name} of {self.about}" if self.about else self.name

    @property
    def file_name(self) -> str:
        """What files about the claim are called; no other claim about the cluster is called so."""
        return slug_among(self.title, self.about, (group.name for group in self.cluster.groups))

    def twin(self, deviation: AnyDeviation) -> "Claim":
        """The claim about the broken twin: it must be refuted."""
        return replace(
            self,
            assumptions=twin(self.assumptions, deviation),
            expectation=Expectation.REFUTED,
            teeth=(),
        )

    def without_teeth(self) -> "Claim":
        """The claim alone, for a cluster so large that its twins say no more than a small one's."""
        return replace(self, teeth=())

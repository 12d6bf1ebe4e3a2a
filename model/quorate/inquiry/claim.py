"""A claim carries its own page."""

import enum
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from quorate.inquiry.naming import slug
from quorate.inquiry.seam import Circumstances, Deviation, Subject
from quorate.system import Property, Sometimes, Trace
from quorate.values import dataclass


class Expectation(enum.Enum):
    """What its author expects of a claim."""

    HOLDS = "holds"
    REFUTED = "refuted"
    NEVER_HAPPENS = "never happens"
    """What the claim speaks of cannot happen, so that it holds says nothing."""
    OPEN = "open"
    """Either, and the reader wants to know which."""


@dataclass(frozen=True)
class Illustration:
    """A picture that goes with the refutation of a claim besides the run: `suffix` ends the names
    of its files, `draw` makes DOT source of the model and the run."""

    suffix: str
    draw: Callable[[Any, Trace], str]


@dataclass(frozen=True)
class Claim:
    """`sentence` says what is claimed under `circumstances`, `why` what it is good for, `violation`
    what a reader is told when it is refuted. `about` is what it speaks of within its subject, a
    group of a cluster for example; empty for the whole.

    `teeth` are rules with which broken the claim must be refuted, and `make_premise` a situation
    that must be reachable for the claim to say anything; `path` names actions that lead there, so
    that it need not be searched for; both are made from the model. `deepest` is the number of steps
    to which counterexamples are looked for.
    `label` is what files about the claim are called where its title will not do. `shown_by` names
    claims about the same, under the same circumstances, that say a part of what this one says: a
    run that refutes one of them refutes this one. `shown` is for the accounts of the family, which
    say with it who and what broke the claim, None where `violation` has to do; `assuming` is what
    makes the claim a weaker one than another of the catalogue, in words, empty where nothing does.
    """

    name: str
    sentence: str
    why: str
    violation: str
    circumstances: Circumstances
    make_property: Callable[[Any], Property]
    make_premise: Callable[[Any], Sometimes]
    path: tuple[str, ...] = ()
    expectation: Expectation = Expectation.HOLDS
    teeth: tuple[Deviation, ...] = ()
    sources: tuple[str, ...] = ()
    deepest: int = 12
    about: str = ""
    label: str = ""
    illustration: Illustration | None = None
    shown_by: tuple[str, ...] = ()
    shown: object = None
    assuming: str = ""

    @property
    def subject(self) -> Subject:
        return self.circumstances.subject

    @property
    def title(self) -> str:
        """What tables call the claim."""
        return f"{self.name} of {self.about}" if self.about else self.name

    @property
    def file_name(self) -> str:
        """What files about the claim are called; no other claim about the subject is called so."""
        return self.label or slug(self.title)

    def with_teeth(self, *teeth: Deviation) -> "Claim":
        """The claim, to be refuted with each of these rules broken."""
        return replace(self, teeth=teeth)

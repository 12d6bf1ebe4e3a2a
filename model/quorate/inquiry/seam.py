"""Where a family of systems meets the rest of the house.

Whoever satisfies these protocols, a folder of ours or a file of a user's, gets verdicts, evidence,
stories and pictures: *circumstances* say what is assumed and give a *model*; a model gives a system
and reads a run of it into an *account*; an account is text, data and a picture. All are values: a
claim is compared and grouped by its circumstances, so these are hashable.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Protocol, runtime_checkable

from quorate.system import System, Trace
from quorate.values import dataclass


class Account(Protocol):
    """A run as people see it."""

    def text(self) -> str:
        """Numbered sentences, without an end of line at the end."""

    def data(self) -> dict[str, Any]:
        """The same for `json.dumps`."""

    def picture(self) -> str:
        """The same as DOT source."""


@dataclass(frozen=True)
class Frame:
    """What an account says besides the run: the claim's `title`, the `violation` that the run ends
    with, the `deviation` in words if a rule was broken on purpose, and what the claim is `about`
    within its subject, empty for the whole. `sentence`, `why`, `shown` and `assuming` are the
    claim's own, empty where only its title is known. `because` says what
    was found to make the run a counterexample; None where nobody looked for it."""

    title: str
    violation: str
    deviation: str | None = None
    about: str = ""
    sentence: str = ""
    why: str = ""
    shown: object = None
    assuming: str = ""
    because: "Because | None" = None


@dataclass(frozen=True)
class Because:
    """Which of the facts that circumstances offer are `needed` for a run to be a counterexample,
    and which are `idle`: without them all it is one still."""

    needed: tuple[Hashable, ...]
    idle: tuple[Hashable, ...]


class Model(Protocol):
    """A system, and how its runs are read."""

    @property
    def system(self) -> System:
        """Built when it is first asked for."""

    def account(self, trace: Trace, frame: Frame) -> Account:
        """The run as people see it; need not build the system."""


class Subject(Protocol):
    """What claims are about, a cluster for example. Different ones are unequal."""

    @property
    def name(self) -> str:
        """What reports call it."""


class Circumstances(Protocol):
    """What a claim is about and what it assumes."""

    @property
    def subject(self) -> Subject:
        """What the claim is about."""

    @property
    def label(self) -> str:
        """What the system is called in the names of files; empty where the claim's own name
        does."""

    def sentences(self) -> Iterator[str]:
        """Every assumption as a reader should hear it."""

    def model(self) -> Model:
        """The model under these circumstances."""


class ClaimShape(Protocol):
    """What a claim asks, but for the names in it. Hashable, and equal where everything is equal
    that a verdict rests on: the systems, the properties, the premises and how they are looked for
    are the same ones in other names."""

    def renamed(self, trace: Trace, of: Any) -> Trace:
        """A run of the system of the equal shape `of`, in the names of the own system. Raises
        `ValueError` for another shape."""


@runtime_checkable
class Alike(Protocol):
    """Circumstances may know which claims are one in other names, so that one of them is asked and
    answers for all. Those that do not are asked about one by one."""

    def shape_of(self, claim: Any) -> ClaimShape | None:
        """The shape of a claim that is made under these circumstances; None if it has none."""


@dataclass(frozen=True)
class Relaxation:
    """A `fact` of the configuration, in a value that the accounts of the family can tell, and the
    circumstances `without` it; None where there are none. `at_start` says that a run shows the fact
    from its first state on, so that without it a run begins otherwise."""

    fact: Hashable
    without: Callable[[Any], Circumstances | None]
    at_start: bool = False


@runtime_checkable
class Relaxable(Protocol):
    """Circumstances may know facts of their configuration that can be taken away, so that it can be
    found which of them make a run a counterexample."""

    def relaxations(self, about: str) -> Iterator[Relaxation]:
        """Those that may matter to a claim about `about`, empty for the whole subject."""


class Deviation(Protocol):
    """One rule of a model that is broken on purpose."""

    @property
    def name(self) -> str:
        """One word of capitals, of which file names are made."""

    @property
    def sentence(self) -> str:
        """What is wrong, as in "refuted, if ..."."""

    def twin(self, model: Any) -> Model:
        """The model with the rule broken. Raises `ValueError` where that changes nothing."""

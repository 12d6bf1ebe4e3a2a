"""A refutation as people see it: the moments of one run, and the violation that it ends with."""

from functools import cached_property
from typing import Any

from quorate.cluster import Cluster
from quorate.inquiry.seam import Because
from quorate.values import dataclass
from quorate.windows.membership.situation import Moment, Situation
from quorate.windows.membership.violations import Violation
from quorate.windows.names import ClusterNames


@dataclass(frozen=True)
class Account:
    """A run of `cluster` that ends where the claim `title` is violated.

    `moments[0]` is the start and has no event, every later moment has one. `violation` says in
    words what is wrong. `deviation` names the rule that is broken on purpose, None for the real
    rules. A run that repeats for ever goes from its last moment back to `moments[loop_start]`.
    `claim` and `why` are what the claim says and why it matters, empty where that is not known;
    `shown` is what is to be looked for at the end, `assuming` what the claim assumes beside the
    usual; `because` says which facts of the configuration were found to make the run what it is.
    `against_rules` are the numbers of the steps that are possible only because a rule is broken.

    It answers as text, as data and as a picture; who wants one of them does not wait for what the
    others import.
    """

    title: str
    cluster: Cluster
    moments: tuple[Moment, ...]
    violation: str
    deviation: str | None = None
    loop_start: int | None = None
    claim: str = ""
    why: str = ""
    shown: Violation | None = None
    assuming: str = ""
    because: Because | None = None
    against_rules: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.moments or self.moments[0].event is not None:
            raise ValueError(f"the account of {self.title!r} has no start without an event")
        if any(moment.event is None for moment in self.moments[1:]):
            raise ValueError(f"a step in the account of {self.title!r} has no event")
        if self.loop_start is not None and not 0 <= self.loop_start < len(self.moments):
            raise ValueError(f"the account of {self.title!r} loops to moment {self.loop_start}")

    @property
    def steps(self) -> int:
        return len(self.moments) - 1

    @property
    def start(self) -> Situation:
        return self.moments[0].situation

    @property
    def end(self) -> Situation:
        return self.moments[-1].situation

    @cached_property
    def names(self) -> ClusterNames:
        return ClusterNames(self.cluster)

    def text(self) -> str:
        """Numbered sentences for the terminal."""
        from quorate.windows.membership.words.text import text  # noqa: PLC0415

        return text(self)

    def data(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        from quorate.windows.membership.words.data import data  # noqa: PLC0415

        return data(self)

    def picture(self) -> str:
        """DOT, a panel a moment. The same account always gives the same text."""
        from quorate.windows.membership.picture.diagram import diagram  # noqa: PLC0415

        return diagram(self).source()

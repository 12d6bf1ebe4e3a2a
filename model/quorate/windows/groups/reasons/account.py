"""A run of groups as people see it: its moments and the fact that it violates."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from quorate.cluster import Cluster, Group
from quorate.inquiry.seam import Because
from quorate.values import dataclass
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.situation import Moment, Situation
from quorate.windows.groups.violations import Violation


@dataclass(frozen=True)
class Account:
    """A run of `cluster` that violates the claim `title`.

    `moments[0]` is the start and has no event, every later moment has one. `violation` is the
    violated fact in words. `deviation` names the rule that is broken on purpose, None for the real
    rules. A run that goes on for ever says where: its last moment shows the same as
    `moments[loop_start]`, and from there all repeats; if that is the last moment itself, nothing
    more happens. `groups` names the groups that it is about, empty for all of them. `claim` and
    `why` are what the claim says and why it matters, `about` the group that it is about, empty
    where that is not known; `shown` is what is to be looked for in the run, `assuming` what the
    claim assumes beside the usual; `because` says which facts of the configuration were found to
    make the run what it is. `against_rules` are the numbers of the steps that are possible only
    because a rule is broken.

    `text`, `data` and `picture` are the three ways in which it is read. Each loads what it needs
    when it is asked: most commands want one of them, and a table of verdicts none.
    """

    title: str
    cluster: Cluster
    moments: tuple[Moment, ...]
    violation: str
    deviation: str | None = None
    loop_start: int | None = None
    groups: tuple[str, ...] = ()
    claim: str = ""
    why: str = ""
    about: str = ""
    shown: Violation | None = None
    assuming: str = ""
    because: Because | None = None
    against_rules: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.moments or self.moments[0].event is not None:
            raise ValueError(f"the account of {self.title!r} has no start without an event")
        if any(moment.event is None for moment in self.moments[1:]):
            raise ValueError(f"a step in the account of {self.title!r} has no event")
        self._check_loop()
        known = {group.name for group in self.cluster.groups}
        for moment in self.moments:
            known &= {group.name for group in moment.situation.groups}
        for name in self.groups:
            if name not in known:
                raise ValueError(f"the account of {self.title!r} knows no group {name!r}")

    def _check_loop(self) -> None:
        if self.loop_start is None:
            return
        if not 0 <= self.loop_start < len(self.moments):
            raise ValueError(f"the account of {self.title!r} loops to moment {self.loop_start}")
        if self.moments[-1].situation != self.moments[self.loop_start].situation:
            raise ValueError(
                f"the last moment in the account of {self.title!r} is not moment {self.loop_start}"
            )

    def text(self) -> str:
        """Numbered sentences for the terminal."""
        from quorate.windows.groups.words.text import account_text  # noqa: PLC0415

        return account_text(self)

    def data(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        from quorate.windows.groups.words.data import account_data  # noqa: PLC0415

        return account_data(self)

    def picture(self) -> str:
        """A time-space diagram as DOT source, or the dependencies of a group that go round."""
        from quorate.windows.groups.picture.picture import picture  # noqa: PLC0415

        return picture(self)

    @property
    def steps(self) -> int:
        return len(self.moments) - 1

    @property
    def stands_still(self) -> bool:
        """Nothing more happens, for ever."""
        return self.loop_start == self.steps

    @cached_property
    def transitions(self) -> Sequence[Transition]:
        """Every step with the situations around it."""
        found = []
        for number, (before, moment) in enumerate(pairwise(self.moments), 1):
            assert moment.event is not None
            found.append(Transition(number, moment.event, before.situation, moment.situation))
        return found

    @cached_property
    def groups_shown(self) -> tuple[Group, ...]:
        """The groups that it is about, as they are configured."""
        there = {group.name for group in self.moments[0].situation.groups}
        wanted = frozenset(self.groups) or there
        return tuple(group for group in self.cluster.groups if group.name in wanted)

    def group(self, name: str) -> Group:
        return next(group for group in self.cluster.groups if group.name == name)

    def situation(self, step: int) -> Situation:
        return self.moments[step].situation

    @property
    def start(self) -> Situation:
        return self.situation(0)

    @property
    def end(self) -> Situation:
        return self.situation(self.steps)

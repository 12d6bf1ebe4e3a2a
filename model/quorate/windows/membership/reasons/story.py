"""A refutation as people see it: the moments of one run and the fact that its end violates."""

from dataclasses import dataclass

from quorate.cluster import Cluster
from quorate.windows.membership.situation import Moment


@dataclass(frozen=True)
class Story:
    """A run of `cluster` that ends where the claim `title` is violated.

    `moments[0]` is the start and has no event, every later moment has one. `broken` is the violated
    fact in words. `deviation` names the rule that is broken on purpose, None for the real rules.
    A run that repeats for ever goes from its last moment back to `moments[loop_start]`.
    """

    title: str
    cluster: Cluster
    moments: tuple[Moment, ...]
    broken: str
    deviation: str | None = None
    loop_start: int | None = None

    def __post_init__(self) -> None:
        if not self.moments or self.moments[0].event is not None:
            raise ValueError(f"the story of {self.title!r} has no start without an event")
        if any(moment.event is None for moment in self.moments[1:]):
            raise ValueError(f"a step in the story of {self.title!r} has no event")
        if self.loop_start is not None and not 0 <= self.loop_start < len(self.moments):
            raise ValueError(f"the story of {self.title!r} loops to moment {self.loop_start}")

    @property
    def steps(self) -> int:
        return len(self.moments) - 1

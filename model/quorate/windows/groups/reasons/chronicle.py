"""A run of groups as people see it: its scenes and the fact that it violates."""

from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster, Group
from quorate.windows.groups.activity import Activity, Scene


@dataclass(frozen=True)
class Chronicle:
    """A run of `cluster` that violates the claim `title`.

    `scenes[0]` is the start and has no deed, every later scene has one. `broken` is the violated
    fact in words. `deviation` names the rule that is broken on purpose, None for the real rules.
    A run that goes on for ever says where: its last scene shows the same as `scenes[loop_start]`,
    and from there all repeats; if that is the last scene itself, nothing more happens. `groups`
    names the groups that it is about, empty for all of them.
    """

    title: str
    cluster: Cluster
    scenes: tuple[Scene, ...]
    broken: str
    deviation: str | None = None
    loop_start: int | None = None
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.scenes or self.scenes[0].deed is not None:
            raise ValueError(f"the chronicle of {self.title!r} has no start without a deed")
        if any(scene.deed is None for scene in self.scenes[1:]):
            raise ValueError(f"a step in the chronicle of {self.title!r} has no deed")
        self._check_loop()
        known = {group.name for group in self.cluster.groups}
        for scene in self.scenes:
            known &= {group.name for group in scene.activity.groups}
        for name in self.groups:
            if name not in known:
                raise ValueError(f"the chronicle of {self.title!r} knows no group {name!r}")

    def _check_loop(self) -> None:
        if self.loop_start is None:
            return
        if not 0 <= self.loop_start < len(self.scenes):
            raise ValueError(f"the chronicle of {self.title!r} loops to scene {self.loop_start}")
        if self.scenes[-1].activity != self.scenes[self.loop_start].activity:
            raise ValueError(
                f"the last scene in the chronicle of {self.title!r} is not scene {self.loop_start}"
            )

    @property
    def steps(self) -> int:
        return len(self.scenes) - 1

    @property
    def stands_still(self) -> bool:
        """Nothing more happens, for ever."""
        return self.loop_start == self.steps

    @cached_property
    def told(self) -> tuple[Group, ...]:
        """The groups that it is about, as they are configured."""
        shown = {group.name for group in self.scenes[0].activity.groups}
        wanted = frozenset(self.groups) or shown
        return tuple(group for group in self.cluster.groups if group.name in wanted)

    def activity(self, step: int) -> Activity:
        return self.scenes[step].activity

    def group(self, name: str) -> Group:
        return next(group for group in self.cluster.groups if group.name == name)

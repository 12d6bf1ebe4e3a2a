"""How the names of groups, resources and volumes are written, beside those of nodes."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from quorate.drawing.names import LISTED, LONGEST, distinct_forms, enumerated, quoted
from quorate.values import dataclass
from quorate.windows.names import ClusterNames


@dataclass(frozen=True)
class GroupNames(ClusterNames):
    """The names of one cluster and of what it runs. Sets are told in configured order."""

    @cached_property
    def _groups(self) -> Mapping[str, str]:
        return _written([group.name for group in self.cluster.groups])

    @cached_property
    def _things(self) -> Mapping[str, str]:
        return _written(self.things)

    @cached_property
    def things(self) -> tuple[str, ...]:
        """Resources and volumes: they never share a name."""
        resources = (name for group in self.cluster.groups for name in group.resource_names)
        return (*resources, *self.cluster.volumes)

    def group(self, name: str) -> str:
        return self._groups[name]

    def groups_listed(self, members: Collection[str]) -> str:
        return enumerated([form for name, form in self._groups.items() if name in members])

    def thing(self, name: str) -> str:
        """A resource or a volume."""
        return self._things[name]

    def things_ordered(self, members: Collection[str]) -> list[str]:
        return [name for name in self.things if name in members]

    def things_listed(self, members: Collection[str]) -> str:
        """ "A, B and C", and where they are many "A, B, C and 13 others"."""
        words = [self.thing(name) for name in self.things_ordered(members)]
        if len(words) > LISTED:
            words = [*words[:3], f"{len(words) - 3} others"]
        return enumerated(words)


def _written(names: Sequence[str]) -> Mapping[str, str]:
    forms = distinct_forms(names, lambda text: len(text) <= LONGEST)
    return {name: quoted(form) for name, form in forms.items()}

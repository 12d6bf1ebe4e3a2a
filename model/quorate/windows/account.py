"""A refutation as people see it, of a cluster's membership or of its groups."""

from typing import TypeAlias

from quorate.cluster import Cluster
from quorate.windows.groups.activity import Scene
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Moment

Account: TypeAlias = Story | Chronicle


def account(  # noqa: PLR0917 - the parts of a story, in its order
    title: str,
    cluster: Cluster,
    moments: tuple[Moment, ...] | tuple[Scene, ...],
    broken: str,
    deviation: str | None,
    loop_start: int | None,
    groups: tuple[str, ...],
) -> Account:
    """A chronicle where the run is one of groups, which are told of `groups`."""
    scenes = tuple(moment for moment in moments if isinstance(moment, Scene))
    if scenes:
        return Chronicle(title, cluster, scenes, broken, deviation, loop_start, groups)
    told = tuple(moment for moment in moments if isinstance(moment, Moment))
    return Story(title, cluster, told, broken, deviation, loop_start)

"""A refutation as people see it, of a cluster's membership or of its groups."""

from typing import Any, TypeAlias

from quorate.cluster import Cluster, Moment, Scene
from quorate.views.chronicle import Chronicle
from quorate.views.chronicle_data import chronicle_data
from quorate.views.chronicle_text import chronicle_text
from quorate.views.data import story_data
from quorate.views.story import Story
from quorate.views.text import story_text

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


def account_text(told: Account) -> str:
    """Numbered sentences for the terminal."""
    return story_text(told) if isinstance(told, Story) else chronicle_text(told)


def account_data(told: Account) -> dict[str, Any]:
    """Plain values for JSON."""
    return story_data(told) if isinstance(told, Story) else chronicle_data(told)

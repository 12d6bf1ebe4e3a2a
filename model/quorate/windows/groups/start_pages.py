"""Pages of the catalogue about the order in which groups start."""

from collections.abc import Sequence
from dataclasses import replace

from quorate.cluster import Cluster, Group, StartCondition
from quorate.drawing.names import enumerated
from quorate.windows.groups import exact_premises, pages, step_properties
from quorate.windows.groups.pages import Page
from quorate.windows.groups.verbs import Verb

STARTS_IN_TURN = Page(
    "starts-in-turn",
    "{group} does not begin to start before these are online",
    "an application that starts before what it needs fails, or starts without it",
    "{group} begins to start, and not all is online that it starts after",
    step_properties.starts_in_turn,
    exact_premises.waits_for_its_turn,
    "MSCS, ReadySetting and ReadyCount: a set is ready once so many of its groups are online",
    path=(Verb.OUTAGE, Verb.FORM),
    deepest=8,
)


def starts_in_turn(cluster: Cluster, group: Group) -> Page:
    """With what comes first named."""
    return replace(
        STARTS_IN_TURN,
        sentence="where nothing of {group} runs or has failed, it does not begin to start before "
        f"these are online: {first_in_words(cluster, group)}",
    )


def served(cluster: Cluster, group: Group) -> Page:
    """With what excuses it named, where the group waits for others."""
    if not cluster.start_conditions(group.name):
        return pages.SERVED
    excused = f"unless what it starts after is not online: {first_in_words(cluster, group)}"
    return replace(pages.SERVED, sentence=f"{pages.SERVED.sentence}, {excused}")


def first_in_words(cluster: Cluster, group: Group) -> str:
    """What has to be online before the group starts."""
    return enumerated([_condition(one) for one in cluster.start_conditions(group.name)])


def _condition(condition: StartCondition) -> str:
    names = few(condition.groups)
    several = len(condition.groups)
    return names if condition.count == several else f"{condition.count} of {names}"


_NAMED = 4


def few(names: Sequence[str]) -> str:
    """The first of the names, and how many more there are."""
    more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
    return enumerated([*names[:_NAMED], *more])

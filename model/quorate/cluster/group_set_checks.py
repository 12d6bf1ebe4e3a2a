"""What sets of groups cannot mean."""

from collections.abc import Sequence

from quorate.cluster.dependencies import CycleFound, Dependency, providers_first
from quorate.cluster.elements import Attribute, Item
from quorate.cluster.group_sets import GroupSet, providers
from quorate.cluster.names import one_of, refuse_bad_names
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.versions import WindowsVersion

MOST_STARTED = 1000
"""More groups than this that have to be online are taken for a mistake."""


def check_group_sets(
    sets: Sequence[GroupSet], groups: Sequence[str], version: WindowsVersion
) -> None:
    """Raises `RefusedError`: names that are empty, used twice or unknown; a set without groups; a
    count beyond all reason; groups that wait for each other in a circle (MS-CMRP,
    ApiAddGroupSetDependency); any set before 2016."""
    if sets and not version.has_group_sets:
        raise refused(
            Reason.NO_GROUP_SETS_YET,
            (Attribute.GROUP_SETS,),
            f"{version.title} knows no sets of groups, which came with Windows Server 2016",
            "say that the version is 2016 or newer, or take them out",
        )
    names = [one.name for one in sets]
    refuse_bad_names(names, Attribute.GROUP_SETS, named=(Attribute.NAME,))
    for index, one in enumerate(sets):
        here = (Item(Attribute.GROUP_SETS, index, one.name),)
        refuse_bad_names(one.groups, Attribute.GROUPS, here)
        refuse_bad_names(one.starts_after, Attribute.STARTS_AFTER, here)
        if not one.groups:
            raise refused(
                Reason.EMPTY_GROUP_SET,
                (*here, Attribute.GROUPS),
                f"the set {one.name!r} has no groups",
                "name those that start together, or take the set out",
            )
        for attribute, named, what, known in (
            (Attribute.GROUPS, one.groups, "groups", groups),
            (Attribute.STARTS_AFTER, one.starts_after, "group sets", names),
        ):
            for place, name in enumerate(named):
                if name not in known:
                    raise refused(
                        Reason.UNKNOWN_GROUP,
                        (*here, Item(attribute, place, name)),
                        f"{name!r} is none of the {what} of this cluster",
                        one_of(name, what, known),
                    )
        if one.count is not None and not 0 <= one.count <= MOST_STARTED:
            raise refused(
                Reason.STARTED_OUT_OF_RANGE,
                (*here, Attribute.COUNT),
                f"{one.count} groups cannot be waited for",
                f"use 0 to {MOST_STARTED}",
            )
    _check_circle(sets, groups)


def _check_circle(sets: Sequence[GroupSet], groups: Sequence[str]) -> None:
    before: dict[str, dict[str, None]] = {name: {} for name in groups}
    for one in sets:
        for provider in providers(sets, one):
            for name in one.groups:
                before[name].update(dict.fromkeys(provider.groups))
    try:
        providers_first({name: Dependency((tuple(of),)) for name, of in before.items() if of})
    except CycleFound as found:
        index = next(i for i, one in enumerate(sets) if found.names[0] in one.groups)
        circle = ", which starts after ".join(repr(name) for name in found.names)
        raise refused(
            Reason.STARTS_IN_A_CIRCLE,
            (Item(Attribute.GROUP_SETS, index, sets[index].name), Attribute.STARTS_AFTER),
            f"these groups wait for each other, so none of them ever starts: {circle}",
            "take one of the dependencies between sets out",
        ) from None

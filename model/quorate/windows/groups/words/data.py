"""A chronicle as plain data for JSON: names as configured, reasons and sentences beside."""

from typing import Any

from quorate.windows.groups.activity import Activity, Deed, GroupActivity
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.consequences import Chapter, chapters
from quorate.windows.groups.reasons.running import active_twice
from quorate.windows.groups.words.chapters import Telling
from quorate.windows.groups.words.group_names import GroupNames


def chronicle_data(chronicle: Chronicle) -> dict[str, Any]:
    """The whole chronicle, ready for `json.dumps`. Sets are lists in configured order."""
    telling = Telling(chronicle)
    names = telling.names
    told = [group.name for group in chronicle.told]
    last = chronicle.activity(chronicle.steps)
    return {
        "title": chronicle.title,
        "cluster": chronicle.cluster.name,
        "groups": told,
        "broken": chronicle.broken,
        "deviation": chronicle.deviation,
        "loop_start": chronicle.loop_start,
        "steps": [
            {
                "number": chapter.number,
                "action": chapter.deed.action if chapter.deed is not None else None,
                "names": _choices(chapter.deed),
                "sentences": telling.entry(chapter),
                "reasons": _reasons(names, chapter),
                "activity": _activity(names, chronicle.activity(chapter.number), told),
            }
            for chapter in chapters(chronicle)
        ],
        "conclusion": {
            "sentences": telling.conclusion(),
            "active_twice": names.things_ordered(
                {thing for name in told for thing in active_twice(last.group(name))}
            ),
        },
    }


def _choices(deed: Deed | None) -> dict[str, str]:
    """Only what the deed has."""
    if deed is None:
        return {}
    found = {
        "group": deed.group,
        "resource": deed.resource,
        "node": deed.node,
        "volume": deed.volume,
    }
    return {key: value for key, value in found.items() if value is not None}


def _reasons(names: GroupNames, chapter: Chapter) -> dict[str, Any]:
    return {
        "causes": [
            {"why": cause.why.value, "names": list(cause.names)}
            | ({"count": cause.count, "most": cause.most} if cause.count else {})
            for cause in chapter.causes
        ],
        "effects": [
            {
                "kind": effect.kind.value,
                "group": effect.group,
                "node": effect.node,
                "resources": names.things_ordered(effect.resources),
            }
            for effect in chapter.effects
        ],
    }


def _activity(names: GroupNames, activity: Activity, told: list[str]) -> dict[str, Any]:
    volumes = names.things_ordered(activity.volumes)
    return {
        "members": names.ordered(activity.members),
        "cut_off": names.ordered(activity.cut_off),
        "paused": names.ordered(activity.paused),
        "volumes": volumes,
        "hour": activity.hour,
        "groups": [_group(names, activity.group(name)) for name in told],
    }


def _group(names: GroupNames, group: GroupActivity) -> dict[str, Any]:
    left = group.left or {}
    return {
        "name": group.name,
        "owner": group.owner,
        "target": group.target,
        "phase": group.phase.value,
        "states": {name: group.states[name].value for name in names.things_ordered(group.states)},
        "left": {node: names.things_ordered(left[node]) for node in names.ordered(left)},
        "failovers": group.failovers,
        **{
            key: names.things_ordered(members)
            for key, members in (
                ("unwritten", group.unwritten),
                ("lost", group.lost),
                ("saved", group.saved),
                ("forgotten", group.forgotten),
                ("asked", group.asked),
            )
        },
    }

"""The reasons of a chronicle as data: why a step could be, and what followed from it.

Both are read off the activity before and after the step, never from the model, so that a chronicle
can be checked with nothing but its own pictures.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from quorate.windows.groups.activity import Activity, Deed, GroupActivity
from quorate.windows.groups.reasons.causes import Cause, causes
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.running import active_nodes, active_on, left_on
from quorate.windows.groups.words.deeds import refuse_unknown


class Kind(enum.Enum):
    """What a step did to resources beside the one that it names."""

    GOES_DOWN = "goes down"
    UNWRITTEN = "had not written what it held"
    GOES_ON = "goes on unaware"
    WRITES = "writes what it held"
    LOSES = "loses what it had not written"
    SAVES = "saves its memory"
    FORGETS = "loses its memory"


@dataclass(frozen=True)
class Effect:
    """Of `group`, `resources` shared a fate on `node`."""

    kind: Kind
    group: str
    node: str
    resources: frozenset[str]


@dataclass(frozen=True)
class Chapter:
    """One step: what was done, why it could be, and what followed."""

    number: int
    deed: Deed | None
    causes: tuple[Cause, ...]
    effects: tuple[Effect, ...]


def chapters(chronicle: Chronicle) -> tuple[Chapter, ...]:
    """One a scene, the start included. Raises `ValueError` for a deed that cannot be told."""
    found = [Chapter(0, None, (), ())]
    before = chronicle.scenes[0].activity
    for number, scene in enumerate(chronicle.scenes[1:], 1):
        deed, after = scene.deed, scene.activity
        assert deed is not None
        refuse_unknown(deed, number)
        effects = tuple(
            effect
            for group in chronicle.told
            for effect in _effects(deed, before, after, group.name)
        )
        found.append(Chapter(number, deed, causes(chronicle, deed, before, after), effects))
        before = after
    return tuple(found)


def _effects(deed: Deed, before: Activity, after: Activity, name: str) -> Iterator[Effect]:
    old, new = before.group(name), after.group(name)
    named = frozenset({deed.resource} if deed.resource is not None else ())
    moved = _newly_active(old, new)
    unwritten = old.unwritten
    for node, active in active_nodes(old).items():
        ended = active - active_on(new, node) - moved
        if ended - named:
            yield Effect(Kind.GOES_DOWN, name, node, ended - named)
        abrupt = ended & unwritten if deed.action == "fail" else (ended - named) & unwritten
        if abrupt - new.lost:
            yield Effect(Kind.UNWRITTEN, name, node, abrupt - new.lost)
        unwritten = unwritten - abrupt
        stays = left_on(new, node) - left_on(old, node) - named
        if stays:
            yield Effect(Kind.GOES_ON, name, node, stays)
    at_owner = {
        Kind.WRITES: (unwritten & active_on(old, old.owner)) - new.unwritten - new.lost,
        Kind.LOSES: new.lost - old.lost,
        Kind.SAVES: new.saved - old.saved,
        Kind.FORGETS: new.forgotten - old.forgotten,
    }
    for kind, resources in at_owner.items():
        if resources:
            yield Effect(kind, name, old.owner, resources)


def _newly_active(old: GroupActivity, new: GroupActivity) -> frozenset[str]:
    """What runs where it did not, so that it was moved and not ended."""
    return frozenset(
        resource
        for node, active in active_nodes(new).items()
        for resource in active - active_on(old, node)
    )

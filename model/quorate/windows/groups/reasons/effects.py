"""What followed from a step: what it did to resources beside the one that it names, as data.

It is read off the situations before and after the step, never from the model, so that an account
can be checked with nothing but its own pictures.
"""

import enum
from collections.abc import Iterator
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.situation import GroupSituation, Phase, ResourceState
from quorate.windows.groups.verbs import Verb


class Fate(enum.Enum):
    """What became of resources."""

    GOES_DOWN = "goes down"
    UNWRITTEN = "had not written what it held"
    GOES_ON = "goes on unaware"
    WRITES = "writes what it held"
    LOSES = "loses what it had not written"
    SAVES = "saves its memory"
    FORGETS = "loses its memory"
    GIVEN_UP = "its move is given up"
    BROUGHT = "is brought online for what needs it"
    TAKEN = "is taken offline before what it needs"
    WANTED = "is wanted from now on"
    UNWANTED = "is not wanted any more"

    @property
    def is_loss(self) -> bool:
        """An orderly step lost what was held."""
        match self:
            case Fate.LOSES | Fate.FORGETS:
                return True
            case (
                Fate.GOES_DOWN
                | Fate.UNWRITTEN
                | Fate.GOES_ON
                | Fate.WRITES
                | Fate.SAVES
                | Fate.GIVEN_UP
                | Fate.BROUGHT
                | Fate.TAKEN
                | Fate.WANTED
                | Fate.UNWANTED
            ):
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True)
class Effect:
    """Of `group`, `resources` shared a fate on `node`; none, where it is that of the group."""

    fate: Fate
    group: str
    node: str
    resources: frozenset[str]


def effects(step: Transition, name: str) -> Iterator[Effect]:
    """What the step did to the group of that name."""
    old, new = step.before.group(name), step.after.group(name)
    named = frozenset({step.event.resource} if step.event.resource is not None else ())
    moved = _newly_active(old, new)
    unwritten = old.unwritten
    for node, active in old.active_nodes.items():
        ended = active - new.active_on(node) - moved
        if ended - named:
            yield Effect(Fate.GOES_DOWN, name, node, ended - named)
        abrupt = (ended if step.takes_down else ended - named) & unwritten
        if abrupt - new.lost:
            yield Effect(Fate.UNWRITTEN, name, node, abrupt - new.lost)
        unwritten = unwritten - abrupt
        stays = new.stale_on(node) - old.stale_on(node) - named
        if stays:
            yield Effect(Fate.GOES_ON, name, node, stays)
    at_owner = (
        (Fate.WRITES, _written(old, new) & unwritten),
        (Fate.LOSES, new.lost - old.lost),
        (Fate.SAVES, new.saved - old.saved),
        (Fate.FORGETS, new.forgotten - old.forgotten),
        (Fate.BROUGHT, _brought(step, old, new) - named),
        (Fate.TAKEN, _taken(step, old, new) - named),
        (Fate.WANTED, new.wanted - old.wanted - named),
        (Fate.UNWANTED, old.wanted - new.wanted - named),
    )
    for fate, resources in at_owner:
        if resources:
            yield Effect(fate, name, old.owner, resources)
    if step.verb not in _ARRIVALS and _is_on_its_way_no_more(old, new):
        yield Effect(Fate.GIVEN_UP, name, old.owner, frozenset())


def _brought(step: Transition, old: GroupSituation, new: GroupSituation) -> frozenset[str]:
    """What is driven to be online from now on, and what had failed and is tried again."""
    match step.verb:
        case Verb.BRING_ONLINE:
            failed = old.in_state(ResourceState.FAILED)
            return (new.driven - old.driven) | (failed & new.in_state(ResourceState.OFFLINE))
        case _:
            return frozenset()


def _taken(step: Transition, old: GroupSituation, new: GroupSituation) -> frozenset[str]:
    """What is not driven to be online any more."""
    match step.verb:
        case Verb.TAKE_OFFLINE:
            return old.driven - new.driven
        case _:
            return frozenset()


def _written(old: GroupSituation, new: GroupSituation) -> frozenset[str]:
    """What holds no data any more in order. Of what goes on unaware nothing is known."""
    held = old.active_on(old.owner) - new.stale_on(old.owner)
    return held - new.unwritten - new.lost


_ARRIVALS = frozenset({Verb.TRANSFER, Verb.TAKE_OVER, Verb.SWITCH})
"""The steps that end a move, or begin with a new owner; any other cuts it short."""


def _is_on_its_way_no_more(old: GroupSituation, new: GroupSituation) -> bool:
    return old.phase is not Phase.SERVING and new.phase is Phase.SERVING


def _newly_active(old: GroupSituation, new: GroupSituation) -> frozenset[str]:
    """What runs where it did not, so that it was moved and not ended."""
    return frozenset(
        resource
        for node, active in new.active_nodes.items()
        for resource in active - old.active_on(node)
    )

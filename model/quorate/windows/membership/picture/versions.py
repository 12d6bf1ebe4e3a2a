"""Which configuration each node and the witness have, in numbers: each change has the next one."""

from collections.abc import Mapping
from itertools import pairwise

from quorate.values import dataclass
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.situation import Event, Situation
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Versions:
    """`nodes` has the number of each, `witness` that of its copy or of what its tag stands for."""

    nodes: Mapping[str, int]
    witness: int

    @property
    def differ(self) -> bool:
        """Somebody has another one than somebody else."""
        return len(set(self.nodes.values())) > 1


def versions(account: Account) -> tuple[Versions, ...]:
    """For each moment. The newest is where the situation has it; what is not the newest is what it
    was before, or what whoever has it was given by others who have no newer one."""
    start = account.start
    oldest = 1 if start.current == frozenset(account.cluster.node_names) else 2
    nodes = {name: oldest if name in start.current else 1 for name in account.cluster.node_names}
    found = [Versions(nodes, oldest if start.witness_current else 1)]
    newest = oldest
    for before, moment in pairwise(account.moments):
        event = moment.event
        if event is not None and _is_made(event, before.situation, moment.situation):
            newest += 1
        found.append(_next(found[-1], newest, event, moment.situation))
    return tuple(found)


_MAKES = frozenset({Verb.COMMIT, Verb.ADJUST_VOTES, Verb.FORCE})


def _is_made(event: Event, before: Situation, after: Situation) -> bool:
    """A step that makes a newer one, or that takes the newest from somebody who keeps what he
    had."""
    return event.verb in _MAKES or bool(before.current - after.current)


def _next(old: Versions, newest: int, event: Event | None, after: Situation) -> Versions:
    nodes = dict(old.nodes)
    for name in nodes:
        if name in after.current:
            nodes[name] = newest
    for island in after.islands:
        if event is None or not island & (event.nodes | event.island):
            continue
        known = max(nodes[name] for name in island)
        for name in island:
            if known < newest and name not in after.current:
                nodes[name] = known
    witness = newest if after.witness_current else min(old.witness, max(newest - 1, 1))
    return Versions(nodes, witness)

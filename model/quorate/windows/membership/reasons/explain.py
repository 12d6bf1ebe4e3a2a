"""Why each step of a story went as it did: reasons as data, from which sentences are made later.

What followed from an event is read off the situations before and after it, never from the model, so
that a story can be checked with nothing but its own pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from quorate.cluster import Cluster, WitnessKind
from quorate.drawing.names import Names
from quorate.windows.membership.reasons.reasons import (
    ACTIONS,
    FAULTS,
    Breach,
    Entry,
    Fate,
    Hand,
    Holding,
    Part,
    Replicas,
    tally,
)
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Event, Situation


def explain(story: Story) -> tuple[Entry, ...]:
    """One entry a moment, the start included."""
    entries = [_start(story.cluster, story.moments[0].situation)]
    before = story.moments[0].situation
    for number, moment in enumerate(story.moments[1:], 1):
        event, after = moment.event, moment.situation
        if event is None or event.action not in ACTIONS:
            raise ValueError(f"no story knows the event {event} of step {number}")
        entries.append(_Step(story.cluster, before, event, after).entry(number))
        before = after
    return tuple(entries)


def running(cluster: Cluster, situation: Situation) -> tuple[Part, ...]:
    islands = Names(cluster).by_order(situation.islands)
    return tuple(_island(cluster, Fate.RUNS, situation, island) for island in islands)


def _island(cluster: Cluster, fate: Fate, situation: Situation, island: frozenset[str]) -> Part:
    forced = dict(zip(situation.islands, situation.forced, strict=True))
    counted = tally(cluster, island, situation.holds_witness(island))
    return Part(fate, counted, forced.get(island, False))


def _start(cluster: Cluster, situation: Situation) -> Entry:
    return Entry(
        number=0,
        event=None,
        parts=running(cluster, situation),
        holding=Holding(Hand.START, situation.holder, None) if cluster.witness else None,
        replicas=Replicas(frozenset(cluster.node_names) - situation.current, frozenset(), None),
        lost_paths=frozenset(),
        breach=None,
        all_stopped=False,
    )


@dataclass(frozen=True)
class _Step:
    """An event between two situations."""

    cluster: Cluster
    before: Situation
    event: Event
    after: Situation

    def entry(self, number: int) -> Entry:
        before, after = self.before, self.after
        parts = tuple(self._parts())
        stale = before.witness_current == after.witness_current or self.cluster.witness is None
        return Entry(
            number=number,
            event=self.event,
            parts=parts,
            holding=self._holding(concerned=bool(parts)),
            replicas=Replicas(
                before.current - after.current,
                after.current - before.current,
                None if stale else after.witness_current,
            ),
            lost_paths=before.witness_paths - after.witness_paths,
            breach=self._breach(),
            all_stopped=bool(before.islands) and not after.islands,
        )

    @property
    def _node(self) -> frozenset[str]:
        return frozenset({self.event.node} if self.event.node is not None else ())

    @property
    def _regroups(self) -> bool:
        return self.event.action in FAULTS or self.event.action == "planned stop"

    def _parts(self) -> Iterator[Part]:
        event = self.event
        if self._regroups:
            for island in Names(self.cluster).by_order(self.before.islands):
                if self._concerned(island):
                    yield from self._regrouped(island)
            return
        acting = {
            "form": (Fate.FORMS, event.side),
            "join": (Fate.IS_JOINED, event.island | self._node),
            "commit": (Fate.COMMITS, event.island),
            "force": (Fate.IS_FORCED, self._node),
        }
        if event.action in acting:
            fate, members = acting[event.action]
            yield _island(self.cluster, fate, self.after, members)

    def _concerned(self, island: frozenset[str]) -> bool:
        """Its members, or whether it holds the witness, are not what they were."""
        held = self.before.holds_witness(island), self.after.holds_witness(island)
        return island not in self.after.islands or held[0] != held[1]

    def _regrouped(self, island: frozenset[str]) -> Iterator[Part]:
        """The parts that an island fell into, each going on or stopping."""
        sides = {
            "partition": self.event.side,
            "isolation": self._node,
            "link failure": self._node,
        }
        cut = sides.get(self.event.action, frozenset[str]())
        alive = island & self.after.up
        names = Names(self.cluster)
        for part in names.by_order(part for part in (alive - cut, alive & cut) if part):
            for members in names.by_order(i for i in self.after.islands if i <= part):
                yield _island(self.cluster, Fate.GOES_ON, self.after, members)
            stopped = part - self.after.running
            if stopped:
                counted = tally(self.cluster, stopped, self._held_until_the_stop(stopped))
                yield Part(Fate.STOPS, counted)

    def _held_until_the_stop(self, stopped: frozenset[str]) -> bool:
        """Arbitration comes before the count: a holder in contact with the witness counted its
        vote, and a new winner too, though the stop then made them let go of it."""
        if self.event.winner is not None:
            return self.event.winner in stopped
        after = self.after
        return after.witness_up and self.before.holder in stopped & after.up & after.witness_paths

    def _holding(self, *, concerned: bool) -> Holding | None:
        old, new = self.before.holder, self.after.holder
        if self.cluster.witness is None:
            return None
        if old == new:
            kept = new is not None and self._regroups and concerned
            return Holding(Hand.KEPT, new, old) if kept else None
        if new is None:
            return Holding(Hand.FREE, None, old)
        if old is None:
            return Holding(Hand.WAS_FREE, new, None)
        if old not in self.after.up:
            return Holding(Hand.HOLDER_DOWN, new, old)
        if old not in self.after.witness_paths:
            return Holding(Hand.NO_PATH, new, old)
        return Holding(Hand.USELESS if old in self.after.running else Hand.LET_GO, new, old)

    def _breach(self) -> Breach | None:
        event, before, after, witness = self.event, self.before, self.after, self.cluster.witness
        if event.action == "join" and event.node not in after.current:
            return Breach.NOT_GIVEN if event.island <= after.current else None
        if event.action != "form" or witness is None or not after.holds_witness(event.side):
            return None
        if not before.witness_current or event.side & after.current:
            return None
        share = witness.kind is WitnessKind.FILE_SHARE
        return Breach.OUTDATED_FORM if share else Breach.DISK_NOT_READ

"""What became of the islands in a step: one of them acts, or those that it touches regroup."""

from collections.abc import Iterator
from typing import assert_never

from quorate.cluster import VoteTable
from quorate.values import dataclass
from quorate.windows.membership.reasons.entry import Fate, Part
from quorate.windows.membership.reasons.tally import tally
from quorate.windows.membership.situation import Event, Situation
from quorate.windows.membership.verbs import Verb
from quorate.windows.names import ClusterNames


def running(names: ClusterNames, situation: Situation) -> tuple[Part, ...]:
    """The islands of one moment."""
    islands = names.by_order(situation.islands)
    return tuple(island_part(Fate.RUNS, situation, island) for island in islands)


def island_part(fate: Fate, situation: Situation, island: frozenset[str]) -> Part:
    """An island, or members of one who accept a change."""
    islands = zip(situation.islands, situation.forced, strict=True)
    counted = tally(situation.votes_for(island), island, situation.holds_witness(island))
    return Part(fate, counted, any(forced for whole, forced in islands if island <= whole))


@dataclass(frozen=True)
class Regrouping:
    """An event between two situations."""

    names: ClusterNames
    before: Situation
    event: Event
    after: Situation

    def parts(self) -> Iterator[Part]:
        """Islands that the event touches regroup, or one of them acts."""
        event = self.event
        match event.verb:
            case Verb.PARTITION | Verb.ISOLATION | Verb.LINK_FAILURE:
                yield from self._regrouped(cut=event.nodes)
            case (
                Verb.CRASH
                | Verb.POWER_FAILURE
                | Verb.SITE_FAILURE
                | Verb.WITNESS_FAILURE
                | Verb.PATH_FAILURE
                | Verb.PLANNED_STOP
            ):
                yield from self._regrouped(cut=frozenset())
            case Verb.FORM:
                yield self._acting(Fate.FORMS, event.nodes)
            case Verb.JOIN:
                yield self._acting(Fate.IS_JOINED, event.island | event.nodes)
            case Verb.COMMIT | Verb.ADJUST_VOTES:
                # By the votes that were in force before.
                yield island_part(Fate.COMMITS, self.before, event.side)
            case Verb.FORCE:
                yield self._acting(Fate.IS_FORCED, event.nodes)
            case (
                Verb.RESTART
                | Verb.HEAL
                | Verb.WITNESS_RETURN
                | Verb.PATH_RETURN
                | Verb.TAKE_WITNESS
                | Verb.CATCH_UP
                | Verb.GIVE_WAY
            ):
                return
            case _:
                assert_never(event.verb)

    def _acting(self, fate: Fate, island: frozenset[str]) -> Part:
        return island_part(fate, self.after, island)

    def _regrouped(self, cut: frozenset[str]) -> Iterator[Part]:
        """What each island concerned fell into, each part going on or stopping."""
        for island in filter(self._concerned, self.names.by_order(self.before.islands)):
            alive = island & self.after.up
            for part in self.names.by_order(part for part in (alive - cut, alive & cut) if part):
                for members in self.names.by_order(i for i in self.after.islands if i <= part):
                    yield self._acting(Fate.GOES_ON, members)
                stopped = part - self.after.running
                if stopped:
                    held = self._held_until_the_stop(stopped)
                    outdated = held and self._tag_is_newer(stopped)
                    counted = tally(self._counted(stopped), stopped, held)
                    yield Part(Fate.STOPS, counted, outdated=outdated)

    def _counted(self, stopped: frozenset[str]) -> VoteTable:
        """The votes that their island counted; whoever leaves by plan hands over his vote first."""
        if self.event.verb is Verb.PLANNED_STOP:
            return self.after.votes_for(stopped)
        return self.before.votes_for(stopped)

    def _tag_is_newer(self, members: frozenset[str]) -> bool:
        """What the witness remembers none of them has, and it cannot give it to them."""
        witness, before = self.names.cluster.witness, self.before
        tagged = witness is not None and not witness.kind.keeps_configuration
        return tagged and before.witness_current and not members & before.current

    def _concerned(self, island: frozenset[str]) -> bool:
        """Its members, or whether it holds the witness, are not what they were."""
        held = self.before.holds_witness(island), self.after.holds_witness(island)
        return island not in self.after.islands or held[0] != held[1]

    def _held_until_the_stop(self, stopped: frozenset[str]) -> bool:
        """Arbitration comes before the count: a holder in contact with the witness counted its
        vote, and a new winner too, though the stop then made them let go of it."""
        if self.event.winner is not None:
            return self.event.winner in stopped
        after = self.after
        return after.witness_up and self.before.holder in stopped & after.up & after.witness_paths

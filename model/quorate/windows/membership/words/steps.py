"""The sentences of a step, made from its reasons. Every number in them can be checked by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster, Hold, Vote, WitnessKind
from quorate.drawing.grammar import agreeing, arithmetic, capital, counting
from quorate.drawing.names import Names, written
from quorate.windows.membership.reasons.reasons import Breach, Entry, Fate, Hand, Part
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.words.happenings import happened


@dataclass(frozen=True)
class Steps:
    """How the steps of one story are told: its names, and the rule that is broken on purpose if
    there is one."""

    story: Story

    @property
    def cluster(self) -> Cluster:
        return self.story.cluster

    @cached_property
    def names(self) -> Names:
        return Names(self.cluster)

    def step(self, entry: Entry) -> Iterator[str]:
        """All that is to be said of a step."""
        yield self.happened(entry)
        yield from self._lost_paths(entry)
        yield from self._what_followed(entry)
        yield from self.replicas(entry)
        if entry.all_stopped and entry.number != self.story.steps:
            yield "Nothing runs any more."

    def happened(self, entry: Entry) -> str:
        """The step itself, in one sentence."""
        assert entry.event is not None
        before, after = self.story.moments[entry.number - 1 : entry.number + 1]
        return happened(self.names, entry.event, before.situation, after.situation)

    def _lost_paths(self, entry: Entry) -> Iterator[str]:
        """Said unless the step itself says it."""
        assert entry.event is not None
        before, after = self.story.moments[entry.number - 1 : entry.number + 1]
        up = entry.lost_paths & after.situation.up
        cut = before.situation.links != after.situation.links
        if up and cut and entry.event.action != "path failure":
            paths = agreeing(up, "loses its path", "lose their paths")
            yield f"{self.names.listed(up)} {paths} to the witness."

    def _what_followed(self, entry: Entry) -> Iterator[str]:
        """Arbitration comes before the count; but who has no majority even with the witness stops
        at once, and then it is let go or taken."""
        holding = list(self.holding(entry))
        stops = [part for part in entry.parts if part.fate is Fate.STOPS]
        others = [part for part in entry.parts if part.fate is not Fate.STOPS]
        hand = entry.holding.hand if entry.holding is not None else None
        if hand in {Hand.LET_GO, Hand.FREE}:
            yield from map(self.part, stops)
            yield from holding
            yield from map(self.part, others)
        else:
            yield from holding
            yield from map(self.part, entry.parts)
        for part in stops:
            yield from self._no_path(entry, part)
        yield from self._breach(entry)

    def _no_path(self, entry: Entry, part: Part) -> Iterator[str]:
        """Why nodes stopped that the witness's vote would have kept: they do not reach it."""
        after = self.story.moments[entry.number].situation
        reached = part.tally.members & after.witness_paths
        kept = self.cluster.votes.has_quorum(part.tally.members, Hold.HELD) is Vote.WON
        if after.witness_up and kept and not reached and not part.tally.members & entry.lost_paths:
            has = agreeing(part.tally.members, "has", "have")
            yield f"{self.names.listed(part.tally.members)} {has} no path to the witness."

    def holding(self, entry: Entry) -> Iterator[str]:
        held = entry.holding
        if held is None:
            return
        if held.holder is None:
            if self.story.moments[entry.number].situation.witness_up and not entry.all_stopped:
                yield "Nobody holds the witness now."
            return
        if entry.event is not None and entry.event.action == "take witness":
            return
        holder = self.names.node(held.holder)
        before = self.names.node(held.before) if held.before is not None else ""
        yield {
            Hand.START: f"{holder} holds the witness.",
            Hand.KEPT: f"{holder} keeps the witness.",
            Hand.WAS_FREE: f"{holder} takes the witness, which nobody held.",
            Hand.HOLDER_DOWN: f"{holder} takes the witness, because {before} is down.",
            Hand.NO_PATH: f"{holder} takes the witness, because {before} has no path to it.",
            Hand.LET_GO: f"{holder} takes the witness, because {before} let go of it.",
            Hand.USELESS: f"{holder} takes the witness, because {before} has no "
            "majority even with it.",
        }[held.hand]

    def part(self, part: Part) -> str:
        """What became of a set of nodes, with the arithmetic that decides it."""
        tally = part.tally
        members = tally.members
        many = len(members) > 1
        against = f"quorum is {tally.needed}"
        if part.fate is Fate.IS_JOINED:
            who = "Together they hold the witness:" if tally.holds_witness else "Together they have"
        elif part.fate in {Fate.FORMS, Fate.COMMITS, Fate.IS_FORCED}:
            who = ("They" if many else "It") + " " + counting(tally)
        else:
            who = self.names.listed(members) + " " + counting(tally)
        sum_ = f"{who} {arithmetic(tally)}, {against}"
        if part.fate is Fate.STOPS:
            stops = f"{'their' if many else 'its'} cluster service stops."
            if not tally.enough:
                return f"{sum_}: {stops}"
            here = self.but_here()
            return (
                f"{sum_}, which is enough{here}: {stops}"
                if here
                else (f"{sum_}, which is enough, but {stops}")
            )
        follows = {
            Fate.RUNS: agreeing(members, "it runs", "they run"),
            Fate.GOES_ON: agreeing(members, "it goes on", "they go on"),
            Fate.FORMS: agreeing(members, "it runs", "they run"),
            Fate.IS_JOINED: "the island goes on",
            Fate.IS_FORCED: "it runs",
            Fate.COMMITS: "the change is valid",
        }[part.fate]
        if tally.enough:
            return f"{sum_}." if part.fate is Fate.IS_JOINED else f"{sum_}: {follows}."
        if part.forced or part.fate is Fate.IS_FORCED:
            started = "" if part.fate is Fate.IS_FORCED else ": the island was started by force"
            return f"{capital(follows)} although {_lower(sum_, who)}{started}."
        return f"{sum_}, which is not enough{self.but_here()}: {follows}."

    def but_here(self) -> str:
        deviation = self.story.deviation
        return f", but here {written(deviation)}" if deviation else ""

    def _breach(self, entry: Entry) -> Iterator[str]:
        if entry.breach is None or entry.event is None:
            return
        here = self.but_here() or ", which is against the rules"
        if entry.breach is Breach.NOT_GIVEN:
            assert entry.event.node is not None
            node = self.names.node(entry.event.node)
            yield f"{node} should be given the configuration of the island{here}."
            return
        side = entry.event.side
        replicas = agreeing(side, "Its replica is", "Their replicas are")
        newer = {
            Breach.OUTDATED_FORM: "the tag on the share says so and forbids to form",
            Breach.DISK_NOT_READ: "the copy on the disk is newer and should be used",
        }[entry.breach]
        yield f"{replicas} outdated; {newer}{here}."

    def replicas(self, entry: Entry) -> Iterator[str]:
        outdated, renewed = entry.replicas.outdated, entry.replicas.renewed
        if entry.event is not None and entry.event.action == "force":
            assert entry.event.node is not None
            yield f"The replica of {self.names.node(entry.event.node)} outranks all others."
            renewed = renewed - {entry.event.node}
        elif entry.event is not None and entry.event.action == "commit":
            renewed = renewed - entry.event.island
        if renewed:
            has = agreeing(renewed, "is given", "are given")
            yield f"{self.names.listed(renewed)} {has} the newest configuration."
        if outdated:
            replicas = agreeing(outdated, "replica", "replicas")
            is_ = agreeing(outdated, "is", "are")
            now = " now" if entry.event is not None else ""
            yield f"The {replicas} of {self.names.listed(outdated)} {is_} outdated{now}."
        if entry.replicas.witness is not None:
            yield self._witness_store(entry.replicas.witness)

    def _witness_store(self, latest: bool) -> str:
        witness = self.cluster.witness
        if witness is not None and witness.kind is WitnessKind.DISK:
            return f"The copy on the disk is {'the newest' if latest else 'outdated'} now."
        stands = "stands for" if latest else "no longer stands for"
        return f"The tag on the share {stands} the newest configuration."


def _lower(text: str, who: str) -> str:
    """`text` inside a sentence; a name keeps its capitals."""
    return text[:1].lower() + text[1:] if who.startswith(("They ", "It ", "Together ")) else text

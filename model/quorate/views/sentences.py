"""The sentences of a story, made from its reasons. Every number in them can be checked by hand."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster, Situation, WitnessKind
from quorate.views.happenings import happened
from quorate.views.names import Names, enumerated, witness_name, written
from quorate.views.reasons import Breach, Conclusion, Entry, Fate, Hand, Holding, Part, Tally
from quorate.views.story import Story

KINDS = {WitnessKind.DISK: "disk witness", WitnessKind.FILE_SHARE: "file share witness"}


def number_of(count: int, noun: str) -> str:
    """ "1 vote", "2 votes"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def arithmetic(tally: Tally) -> str:
    """ "2 + 1 of 5 votes": the nodes' votes, the witness's, and all that are configured."""
    mine = f"{tally.votes} + {tally.witness_votes}" if tally.holds_witness else f"{tally.votes}"
    return f"{mine} of {number_of(tally.total, 'vote')}"


@dataclass(frozen=True)
class Wording:
    """How one story is told: its names, and the rule that is broken on purpose if there is one."""

    story: Story

    @property
    def cluster(self) -> Cluster:
        return self.story.cluster

    @cached_property
    def names(self) -> Names:
        return Names(self.cluster)

    def entry(self, entry: Entry) -> list[str]:
        """All that is to be said of a step, or of the start."""
        moment = self.story.moments[entry.number]
        last = entry.number == self.story.steps
        if entry.event is None:
            return list(self._start(entry, moment.situation))
        return [
            self.happened(entry),
            *self._lost_paths(entry),
            *self._what_followed(entry),
            *self._replicas(entry),
            *(["Nothing runs any more."] if entry.all_stopped and not last else []),
        ]

    def happened(self, entry: Entry) -> str:
        """The step itself, in one sentence."""
        event = entry.event
        assert event is not None
        return happened(self.names, event, self.story.moments[entry.number].situation)

    def _lost_paths(self, entry: Entry) -> Iterator[str]:
        """Said unless the step itself says it."""
        up = entry.lost_paths & self.story.moments[entry.number].situation.up
        if up and entry.event is not None and entry.event.action != "path failure":
            yield f"{self.names.listed(up)} {_of(up, 'loses its', 'lose their')} path to the " + (
                "witness."
            )

    def _what_followed(self, entry: Entry) -> Iterator[str]:
        """Arbitration comes before the count, except that what is let go is taken after it."""
        holding = list(self.holding(entry))
        late = entry.holding is not None and entry.holding.hand is Hand.LET_GO
        if not late:
            yield from holding
        for part in entry.parts:
            yield self.part(part)
        if late:
            yield from holding
        yield from self._breach(entry)

    def holding(self, entry: Entry) -> Iterator[str]:
        held: Holding | None = entry.holding
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
            who = ("They" if many else "It") + " " + _holds(members, tally)
        else:
            who = self.names.listed(members) + " " + _holds(members, tally)
        sum_ = f"{who} {arithmetic(tally)}, {against}"
        if part.fate is Fate.STOPS:
            stops = f"{'their' if many else 'its'} cluster service stops."
            return f"{sum_}, which is enough, but {stops}" if tally.enough else f"{sum_}: {stops}"
        follows = {
            Fate.RUNS: _of(members, "it runs", "they run"),
            Fate.GOES_ON: _of(members, "it goes on", "they go on"),
            Fate.FORMS: _of(members, "it runs", "they run"),
            Fate.IS_JOINED: "the island goes on",
            Fate.IS_FORCED: "it runs",
            Fate.COMMITS: "the change is valid",
        }[part.fate]
        if tally.enough:
            return f"{sum_}." if part.fate is Fate.IS_JOINED else f"{sum_}: {follows}."
        if part.forced or part.fate is Fate.IS_FORCED:
            started = "" if part.fate is Fate.IS_FORCED else ": the island was started by force"
            return f"{_capital(follows)} although {_lower(sum_, who)}{started}."
        return f"{sum_}, which is not enough{self._but_here()}: {follows}."

    def _but_here(self) -> str:
        deviation = self.story.deviation
        return f", but here {written(deviation)}" if deviation else ""

    def _breach(self, entry: Entry) -> Iterator[str]:
        if entry.breach is None or entry.event is None:
            return
        here = self._but_here() or ", which is against the rules"
        if entry.breach is Breach.NOT_GIVEN:
            assert entry.event.node is not None
            node = self.names.node(entry.event.node)
            yield f"{node} should be given the configuration of the island{here}."
            return
        side = entry.event.side
        replicas = _of(side, "Its replica is", "Their replicas are")
        newer = {
            Breach.OUTDATED_FORM: "the tag on the share says so and forbids to form",
            Breach.DISK_NOT_READ: "the copy on the disk is newer and should be used",
        }[entry.breach]
        yield f"{replicas} outdated; {newer}{here}."

    def _replicas(self, entry: Entry) -> Iterator[str]:
        outdated, renewed = entry.replicas.outdated, entry.replicas.renewed
        if entry.event is not None and entry.event.action == "force":
            assert entry.event.node is not None
            yield f"The replica of {self.names.node(entry.event.node)} outranks all others."
            renewed = renewed - {entry.event.node}
        elif entry.event is not None and entry.event.action == "commit":
            renewed = renewed - entry.event.island
        if renewed:
            has = _of(renewed, "is given", "are given")
            yield f"{self.names.listed(renewed)} {has} the newest configuration."
        if outdated:
            replicas = _of(outdated, "replica", "replicas")
            is_ = _of(outdated, "is", "are")
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

    def _start(self, entry: Entry, situation: Situation) -> Iterator[str]:
        everyone = self.cluster.node_names
        if situation.islands == (frozenset(everyone),):
            listed = self.names.listed(everyone)
            if len(everyone) == 1:
                yield f"The only node, {listed}, runs."
            else:
                yield f"{self._everyone()} run in one island: {listed}."
        else:
            for part in entry.parts:
                yield self.part(part)
            listening = situation.up - situation.running
            down = frozenset(everyone) - situation.up
            if listening:
                yield f"{self.names.listed(listening)} {_of(listening, 'listens', 'listen')}."
            if down:
                yield f"{self.names.listed(down)} {_of(down, 'is', 'are')} down."
        yield self._votes()
        if self.cluster.witness is not None and not situation.witness_up:
            yield "The witness has failed."
        else:
            yield from self.holding(entry)
        yield from self._replicas(entry)

    def _everyone(self) -> str:
        count = len(self.cluster.nodes)
        return "Both nodes" if count == 2 else f"All {count} nodes"

    def _votes(self) -> str:
        votes = self.cluster.votes
        total = f"{number_of(votes.total, 'vote')} in all, quorum is {votes.needed}."
        witness = ""
        if self.cluster.witness is not None:
            witness = f"the {KINDS[self.cluster.witness.kind]} {witness_name(self.cluster)}"
        if not any(votes.nodes.values()):
            return f"Only {witness} votes: {total}"
        by_number: dict[int, list[str]] = defaultdict(list)
        for name in self.cluster.node_names:
            by_number[votes.nodes[name]].append(name)
        if len(by_number) == 1:
            (each,) = by_number
            voters = ["Every node"]
            verb = f"has {number_of(each, 'vote')}"
            shares = [f"{voters[0]} {verb}"]
        else:
            shares = [
                f"{self.names.listed(nodes)} {_of(nodes, 'has', 'have')} {number_of(each, 'vote')}"
                + (" each" if len(nodes) > 1 else "")
                for each, nodes in sorted(by_number.items(), reverse=True)
            ]
        if witness:
            shares.append(f"{witness} has {number_of(votes.witness, 'vote')}")
        return f"{enumerated(shares)}: {total}"

    def caption(self, entry: Entry) -> str:
        """The step in short, for a picture that shows the rest: what happened, and the arithmetic
        of what stops or should have stopped."""
        if entry.event is None:
            votes = self.cluster.votes
            total = f"{number_of(votes.total, 'vote')} in all, quorum is {votes.needed}."
            if not any(votes.nodes.values()):
                total = f"Only the witness votes, quorum is {votes.needed}."
            running = self.story.moments[0].situation.islands
            whole = running == (frozenset(self.cluster.node_names),)
            if whole and len(self.cluster.nodes) > 1:
                return f"{self._everyone()} run in one island. {total}"
            return total
        said = [self.happened(entry)]
        hand = entry.holding.hand if entry.holding is not None else None
        if hand in {Hand.HOLDER_DOWN, Hand.NO_PATH, Hand.LET_GO}:
            said += self.holding(entry)
        said += self._notable(entry, follows_at_once=len(said) == 1)
        if entry.breach is Breach.NOT_GIVEN:
            said.append("It keeps its outdated configuration.")
        elif entry.breach is not None:
            it_has = _of(entry.event.side, "It starts", "They start")
            said.append(f"{it_has} from an outdated configuration.")
        return " ".join(said)

    def _notable(self, entry: Entry, *, follows_at_once: bool) -> Iterator[str]:
        """What stops or should have. The set of nodes that the event itself speaks of comes first,
        without its name."""
        event = entry.event
        subject = frozenset[str]()
        if event is not None and follows_at_once and event.peer is None:
            subject = event.side or frozenset({event.node} if event.node is not None else ())
        notable = [p for p in entry.parts if p.fate is Fate.STOPS or not p.tally.enough]
        for part in sorted(notable, key=lambda part: part.tally.members != subject):
            members = part.tally.members
            named = members != subject
            yield self._short(
                part, self.names.listed(members) if named else _of(members, "It", "They")
            )

    def _short(self, part: Part, who: str) -> str:
        members, tally = part.tally.members, part.tally
        quorum = f"quorum is {tally.needed}"
        if part.fate is Fate.STOPS:
            stops = _of(members, "it stops", "they stop")
            return f"{who} {_holds(members, tally)} {arithmetic(tally)}, {quorum}: {stops}."
        verb = (
            _of(members, "runs", "run")
            if part.fate is not Fate.GOES_ON
            else (_of(members, "goes on", "go on"))
        )
        return f"{who} {verb} with {arithmetic(tally)}, though {quorum}."

    def broken(self) -> str:
        """The violated fact as a sentence."""
        return _capital(written(self.story.broken)) + "."

    def conclusion(self, conclusion: Conclusion) -> list[str]:
        """The violated fact, and what makes it one in the final situation."""
        said = [self.broken(), *self._shown(conclusion)]
        if self.story.loop_start is not None:
            said.append(f"From here all repeats as after step {self.story.loop_start}, for ever.")
        return said

    def _shown(self, conclusion: Conclusion) -> Iterator[str]:
        islands = conclusion.islands
        needed = self.cluster.votes.needed
        if len(islands) > 1:
            for number, part in enumerate(islands, 1):
                yield (
                    f"Island {number} is {self.names.listed(part.tally.members)} with "
                    f"{arithmetic(part.tally)}{', started by force' if part.forced else ''}."
                )
            yield f"Quorum is {needed}."
        elif islands and not islands[0].tally.enough:
            tally = islands[0].tally
            run = _of(tally.members, "runs", "run")
            yield (
                f"{self.names.listed(tally.members)} {run} with {arithmetic(tally)}, "
                f"quorum is {needed}."
            )
        if conclusion.outdated:
            yield from self._outdated(conclusion.outdated)
        if not islands:
            yield from self._idle()

    def _outdated(self, nodes: frozenset[str]) -> Iterator[str]:
        final = self.story.moments[-1].situation
        run = _of(nodes, "runs", "run")
        yield f"{self.names.listed(nodes)} {run} on an outdated configuration."
        stores = [self.names.listed(final.current)] if final.current else []
        if final.witness_current and self.cluster.witness is not None:
            disk = self.cluster.witness.kind is WitnessKind.DISK
            if disk:
                stores.append("the disk")
        if stores:
            yield f"The newest one is stored by {' and '.join(stores)}."

    def _idle(self) -> Iterator[str]:
        final = self.story.moments[-1].situation
        down = frozenset(self.cluster.node_names) - final.up
        if down:
            yield f"{self.names.listed(down)} {_of(down, 'is', 'are')} down."
        if final.up:
            tally_ = self.cluster.votes.tally(final.up, False)
            yield (
                f"{self.names.listed(final.up)} {_of(final.up, 'listens', 'listen')} with "
                f"{tally_} of {number_of(self.cluster.votes.total, 'vote')}, "
                f"quorum is {self.cluster.votes.needed}."
            )


def _holds(members: Collection[str], tally: Tally) -> str:
    if tally.holds_witness:
        return _of(members, "holds the witness:", "hold the witness:")
    return _of(members, "has", "have")


def _of(members: Collection[str], one: str, more: str) -> str:
    return one if len(members) == 1 else more


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str, who: str) -> str:
    """`text` inside a sentence; a name keeps its capitals."""
    return text[:1].lower() + text[1:] if who.startswith(("They ", "It ", "Together ")) else text

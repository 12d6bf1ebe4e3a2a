"""A dumb twin of force where votes follow who runs: all versions of the configuration in their
order, which of them each node has, and what votes each island counts.

What is forced is the newest of all; whoever changes a version makes one just above it. Everybody
may be a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plain_history import Ballot, PlainHistory
from plain_membership import FAULTS, NOBODY, Nodes, Plain, PlainMembership, put

from quorate.cluster import Cluster, WitnessKind
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Histories:
    """A situation; all `versions` by number, and their numbers in `order`, the oldest first;
    `latest` the number of the newest there ever was; `copies` the number that each node has;
    `counted` the votes that the island at each place counts, or counted last; whether the forced
    state ends `by_configured` votes."""

    plain: Plain
    versions: tuple[Ballot, ...]
    order: tuple[int, ...]
    latest: int
    copies: Mapping[str, int]
    counted: tuple[Ballot, ...]
    by_configured: bool

    def newest_of(self, nodes: Nodes) -> int:
        return max((self.copies[node] for node in nodes), key=self.order.index)

    def is_newer(self, one: str, other: str) -> bool:
        return self.order.index(self.copies[one]) > self.order.index(self.copies[other])


class Counting(PlainMembership):
    """The twin of membership, counting for each set the votes of the island that it is of, and for
    who is in none those that it finds."""

    def __init__(self, twin: "PlainForce", now: Histories, found: Ballot | None = None) -> None:
        super().__init__(twin.cluster, twin.assumptions)
        object.__setattr__(self, "now", now)
        object.__setattr__(self, "found", found)
        everybody = Ballot(twin.rules.voters, twin.cluster.witness is not None)
        object.__setattr__(self, "configured", everybody)

    def quorum(self, members: Nodes, has_witness: bool) -> bool:
        now: Histories = self.now  # type: ignore[attr-defined]
        theirs = [
            ballot
            for island, ballot in zip(now.plain.islands, now.counted, strict=True)
            if island & members
        ]
        return is_majority([*theirs, self.found][0], members, has_witness)  # type: ignore[attr-defined]

    def ends_force(self, members: Nodes, has_witness: bool) -> bool:
        if self.now.by_configured:  # type: ignore[attr-defined]
            return is_majority(self.configured, members, has_witness)  # type: ignore[attr-defined]
        if has_witness and self._reads_the_disk:
            now: Histories = self.now  # type: ignore[attr-defined]
            return is_majority(now.versions[now.latest], members, has_witness)
        return self.quorum(members, has_witness)

    @property
    def _reads_the_disk(self) -> bool:
        """Whoever has it is given the latest version, and counts the votes that it says."""
        witness = self.cluster.witness
        is_disk = witness is not None and witness.kind is WitnessKind.DISK
        newest: bool = self.now.plain.witness_current  # type: ignore[attr-defined]
        return is_disk and newest and self.assumptions.witness_is_read


def is_majority(ballot: Ballot | None, members: Nodes, has_witness: bool) -> bool:
    if ballot is None or not members:
        return False
    mine = len(members & ballot.voters) + (ballot.witness and has_witness)
    return 2 * mine > len(ballot.voters) + ballot.witness


@dataclass(frozen=True)
class PlainForce:
    cluster: Cluster
    assumptions: Assumptions

    @property
    def rules(self) -> PlainHistory:
        """What the rules want of votes."""
        return PlainHistory(self.cluster, self.assumptions)

    def firsts(self, holder: str | None) -> list[Histories]:
        return [
            Histories(
                first.plain,
                first.versions,
                (0,),
                0,
                first.copies,
                first.versions * self.assumptions.clusters,
                by_configured,
            )
            for first in self.rules.firsts(holder)
            for by_configured in (False, True)
        ]

    def step(self, now: Histories, verb: Verb, about: str, **choices: object) -> Histories | None:
        then = Ballot(
            choices.pop("new_voters", NOBODY),  # type: ignore[arg-type]
            bool(choices.pop("new_witness_votes", False)),
        )
        match verb:
            case Verb.FORM:
                return self._form(now, **choices)  # type: ignore[arg-type]
            case Verb.JOIN:
                return self._join(now, **choices)  # type: ignore[arg-type]
            case Verb.CATCH_UP:
                return self._catch_up(now, **choices)  # type: ignore[arg-type]
            case Verb.COMMIT:
                return self._commit(now, None, **choices)  # type: ignore[arg-type]
            case Verb.ADJUST_VOTES:
                return self._commit(now, then, **choices)  # type: ignore[arg-type]
            case Verb.PLANNED_STOP:
                return self._stop(now, then, **choices)  # type: ignore[arg-type]
            case Verb.FORCE:
                return self._force(now, **choices)  # type: ignore[arg-type]
            case _:
                if verb in FAULTS and self._waits(now):
                    return None
                plain = Counting(self, now).step(now.plain, verb, about, **choices)
                return None if plain is None else self._regrouped(now, plain)

    def _waits(self, now: Histories) -> bool:
        """A fault comes only when no island is about to change its votes, where that is assumed."""
        return self.assumptions.settled and any(
            island
            and self.rules.may_change(island)
            and not now.plain.forced[place]
            and now.counted[place] not in self.rules.wanted(island, now.plain.holder in island)
            for place, island in enumerate(now.plain.islands)
        )

    def _form(self, now: Histories, side: Nodes, winner: str | None = None) -> Histories | None:
        if not side:
            return None
        newest, witness = now.newest_of(side), self.cluster.witness
        reads = winner is not None and now.plain.witness_current
        if reads and witness is not None and witness.kind is WitnessKind.DISK:
            newest = now.latest
        found = now.versions[newest]
        plain = Counting(self, now, found).form(now.plain, side, winner)
        if plain is None:
            return None
        copies = {**now.copies, **dict.fromkeys(side, newest)}
        counted = put(now.counted, plain.islands.index(side), found)
        return replace(now, plain=plain, copies=copies, counted=counted)

    def _join(self, now: Histories, node: str | None, island: int) -> Histories | None:
        plain = Counting(self, now).join(now.plain, node, island)
        if plain is None:
            return None
        given = now.newest_of(now.plain.islands[island])
        return replace(now, plain=plain, copies={**now.copies, str(node): given})

    def _catch_up(self, now: Histories, node: str | None) -> Histories | None:
        """It is given the newest version of its island, the latest of all or not."""
        if node is None or node not in now.plain.running:
            return None
        (island,) = (island for island in now.plain.islands if node in island)
        newest = now.newest_of(island)
        if now.copies[node] == newest:
            return None
        plain: Plain | None = now.plain
        if newest == now.latest:
            plain = Counting(self, now).catch_up(now.plain, node)
        if plain is None:
            return None
        return replace(now, plain=plain, copies={**now.copies, node: newest})

    def _commit(
        self, now: Histories, then: Ballot | None, island: int, side: Nodes
    ) -> Histories | None:
        members, holder = now.plain.islands[island], now.plain.holder
        plain = Counting(self, now).commit(now.plain, island, side)
        if plain is None:
            return None
        if then is not None:
            before, rules = now.counted[island], self.rules
            leads = rules.leads(members, holder in members, before, then)
            if now.plain.forced[island] or not rules.may_change(members) or not leads:
                return None
            if not is_majority(then, side, holder in side):
                return None
        votes = now.counted[island] if then is None else then
        stored = self._stored(now, members, side, votes)
        return replace(stored, plain=plain, counted=put(now.counted, island, votes))

    def _stored(self, now: Histories, members: Nodes, side: Nodes, votes: Ballot) -> Histories:
        """A version just above the one that they changed."""
        new, base = len(now.versions), now.newest_of(members)
        place = now.order.index(base) + 1
        return replace(
            now,
            versions=(*now.versions, votes),
            order=(*now.order[:place], new, *now.order[place:]),
            latest=new if members & now.plain.current else now.latest,
            copies={**now.copies, **dict.fromkeys(side, new)},
        )

    def _stop(
        self, now: Histories, then: Ballot, node: str | None, winner: str | None = None
    ) -> Histories | None:
        counted = self.assumptions.planned_stop is not None
        if node is None or node not in now.plain.running or (counted and self._waits(now)):
            return None
        plain, rules = now.plain, self.rules
        (place,) = (i for i, island in enumerate(plain.islands) if node in island)
        island, before = plain.islands[place], now.counted[place]
        rest = island - {node}
        could = plain.witness_up and bool(rest & plain.paths)
        could = could and (plain.holder is None or plain.holder in island)
        wanted = rules.wanted(rest, could)
        changes = rules.may_change(rest) and before not in wanted and not plain.forced[place]
        if then not in wanted if changes else then != before:
            return None
        told = now
        if changes:
            # Whoever has the witness then has written to it.
            holds = plain.holder in island or winner is not None
            told = self._stored(now, island, island, then)
            twin = Counting(self, now)
            stored = twin._stored(plain, island, island, holds)
            told = replace(told, plain=stored, counted=put(now.counted, place, then))
        twin, stop = Counting(self, told), Verb.PLANNED_STOP
        after = twin.step(told.plain, stop, node=node, winner=winner)
        return None if after is None else self._regrouped(told, after)

    def _force(self, now: Histories, node: str | None) -> Histories | None:
        if node is None:
            return None
        votes, new = now.versions[now.copies[node]], len(now.versions)
        plain = Counting(self, now, votes).force(now.plain, node)
        if plain is None:
            return None
        place = plain.islands.index(frozenset({node}))
        return replace(
            now,
            plain=plain,
            versions=(*now.versions, votes),
            order=(*now.order, new),
            latest=new,
            copies={**now.copies, node: new},
            counted=put(now.counted, place, votes),
        )

    def _regrouped(self, now: Histories, plain: Plain) -> Histories:
        """A part that moved to another place counts on; whoever read the witness has the latest,
        and his island counts its votes."""
        counted, copies = now.counted, dict(now.copies)
        for place, island in enumerate(plain.islands):
            if island and not now.plain.islands[place]:
                (came_from,) = (
                    ballot
                    for before, ballot in zip(now.plain.islands, now.counted, strict=True)
                    if before & island
                )
                counted = put(counted, place, came_from)
        for node in plain.current - now.plain.current:
            copies[node] = now.latest
            (place,) = (i for i, island in enumerate(plain.islands) if node in island)
            counted = put(counted, place, now.versions[now.latest])
        return replace(now, plain=plain, copies=copies, counted=counted)

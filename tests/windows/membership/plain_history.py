"""A dumb twin of votes that follow who runs, which forgets nothing: every version of the
configuration with the votes that it says are in force, and for each node and the witness which one
it has. The model keeps the latest and one other; this shows that nothing is lost by that.

Without force, and everybody may be a member.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plain_membership import NOBODY, Nodes, Plain, PlainMembership

from quorate.cluster import Cluster, WitnessKind
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Ballot:
    voters: Nodes
    witness: bool


@dataclass(frozen=True)
class History:
    """A situation, and what everybody has: `versions` from the first on, `copies` the number of the
    version that each node has, `tag` that of the witness; `remembered` one that was replaced."""

    plain: Plain
    versions: tuple[Ballot, ...]
    copies: Mapping[str, int]
    tag: int
    remembered: int | None = None

    @property
    def latest(self) -> int:
        return len(self.versions) - 1

    @property
    def ballot(self) -> Ballot:
        return self.versions[-1]


class Counting(PlainMembership):
    """The twin of membership, counting the votes of a ballot."""

    def __init__(self, cluster: Cluster, assumptions: Assumptions, ballot: Ballot) -> None:
        super().__init__(cluster, assumptions)
        object.__setattr__(self, "ballot", ballot)

    def quorum(self, members: Nodes, has_witness: bool) -> bool:
        ballot: Ballot = self.ballot  # type: ignore[attr-defined]
        mine = len(members & ballot.voters) + (ballot.witness and has_witness)
        return bool(members) and 2 * mine > len(ballot.voters) + ballot.witness


@dataclass(frozen=True)
class PlainHistory:
    cluster: Cluster
    assumptions: Assumptions

    @property
    def voters(self) -> Nodes:
        return frozenset(node.name for node in self.cluster.nodes if node.votes)

    def firsts(self, holder: str | None) -> list[History]:
        """Everything runs, with any of the votes that the rules want."""
        plain = PlainMembership(self.cluster, self.assumptions).first(holder)
        copies = dict.fromkeys(self.cluster.node_names, 0)
        everyone = frozenset(self.cluster.node_names)
        return [History(plain, (b,), copies, 0) for b in self.wanted(everyone, holder is not None)]

    # Rules Q12 to Q14.

    def wanted(self, members: Nodes, holds: bool) -> list[Ballot]:
        """The votes that the rules want of `members`, in each way that they may be read."""
        electorate = members & self.voters
        even = len(electorate) % 2 == 0
        if holds:
            return [Ballot(electorate, even)]
        found = [Ballot(electorate - {one}, False) for one in electorate] if even else []
        found = found or [Ballot(electorate, False)]
        if self.cluster.witness is not None and len(electorate) == 2:
            found.append(Ballot(electorate, True))  # three votes, though the witness failed
        return found

    def may_change(self, members: Nodes) -> bool:
        """Rule Q13: with a witness the last of several keeps the votes that there were."""
        several = self.cluster.witness is not None and len(self.voters) > 1
        return len(members & self.voters) > (1 if several else 0)

    def leads(self, members: Nodes, holds: bool, now: Ballot, then: Ballot) -> bool:
        """The rules lead from the one to the other: in some reading of them."""
        wanted = self.wanted(members, holds)
        if then not in wanted:
            return False
        if now not in wanted:
            return True
        # Both are wanted: by different readings, or it is a tie that is as good as another.
        three = Ballot(members & self.voters, True)
        failed = self.cluster.witness is not None and not holds and three in wanted
        return failed and (now == three) != (then == three)

    # What happens.

    def step(self, now: History, verb: Verb, about: str, **choices: object) -> History | None:
        remember = bool(choices.pop("remember", False))
        then = Ballot(
            choices.pop("new_voters", NOBODY),  # type: ignore[arg-type]
            bool(choices.pop("new_witness_votes", False)),
        )
        if verb is Verb.FORM:
            return self._form(now, **choices)
        if verb is Verb.ADJUST_VOTES:
            return self._adjust(now, then, remember, **choices)
        if verb is Verb.PLANNED_STOP:
            return self._stop(now, then, remember, **choices)
        twin = Counting(self.cluster, self.assumptions, now.ballot)
        plain = twin.step(now.plain, verb, about, **choices)
        if plain is None:
            return None
        if verb is Verb.COMMIT:
            return self._replaced(now, plain, now.ballot, remember)
        return self._known(now, plain)

    def _form(self, now: History, side: Nodes, winner: str | None = None) -> History | None:
        """The votes are those of the newest version among them."""
        newest = max((now.copies[node] for node in side), default=0)
        witness = self.cluster.witness
        if winner is not None and witness is not None and witness.kind is WitnessKind.DISK:
            newest = max(newest, now.tag)
        twin = Counting(self.cluster, self.assumptions, now.versions[newest])
        plain = twin.form(now.plain, side, winner)
        if plain is None or (winner is not None and now.tag > newest):
            return None
        assert newest == now.latest, "nodes form from a version that a majority replaced"
        return self._known(now, plain)

    def _adjust(
        self, now: History, then: Ballot, remember: bool, island: int, side: Nodes
    ) -> History | None:
        members = now.plain.islands[island]
        holds = now.plain.holder in members
        if not self.may_change(members) or not self.leads(members, holds, now.ballot, then):
            return None
        twin = Counting(self.cluster, self.assumptions, now.ballot)
        plain = twin.commit(now.plain, island, side)
        after = Counting(self.cluster, self.assumptions, then)
        if plain is None or not after.quorum(side, now.plain.holder in side):
            return None
        return self._replaced(now, plain, then, remember)

    def _stop(
        self,
        now: History,
        then: Ballot,
        remember: bool,
        node: str | None,
        winner: str | None = None,
    ) -> History | None:
        """Rule Q10: it gives up its vote first, and all of its island store that."""
        if node is None or node not in now.plain.running:
            return None
        (island,) = (island for island in now.plain.islands if node in island)
        rest = island - {node}
        could = now.plain.witness_up and bool(rest & now.plain.paths)
        could = could and (now.plain.holder is None or now.plain.holder in island)
        changes = self.may_change(rest) and now.ballot not in self.wanted(rest, could)
        if then not in self.wanted(rest, could) if changes else then != now.ballot:
            return None
        told = now
        if changes:
            stored = replace(now.plain, current=island, witness_current=now.plain.holder in island)
            told = self._replaced(now, stored, then, remember)
        twin = Counting(self.cluster, self.assumptions, then)
        plain = twin.planned_stop(told.plain, node, winner)
        return None if plain is None else self._known(told, plain)

    def _replaced(self, now: History, plain: Plain, ballot: Ballot, remember: bool) -> History:
        """A new version, stored by who is current in `plain`."""
        new = now.latest + 1
        copies = {node: new if node in plain.current else n for node, n in now.copies.items()}
        tag = new if plain.witness_current else now.tag
        remembered = now.latest if remember else now.remembered
        return History(plain, (*now.versions, ballot), copies, tag, remembered)

    def _known(self, now: History, plain: Plain) -> History:
        """Whoever is current in `plain` has the latest version."""
        known = {n: now.latest if n in plain.current else had for n, had in now.copies.items()}
        tag = now.latest if plain.witness_current else now.tag
        return replace(now, plain=plain, copies=known, tag=tag)

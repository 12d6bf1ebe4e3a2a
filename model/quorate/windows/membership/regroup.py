"""What a running island does when the world around it changes.

Membership follows the network in the same step (detection `instant`). A change leaves an island in
one or two parts, each fully connected (rule M2, wsfc.md 3.1). Then, in this order:

1. The witness is arbitrated: a holder that is alive and still in contact with it keeps it,
   otherwise any member of the island that reaches it may win it (wsfc.md 1.6). A part that has no
   quorum even with the witness does not keep it from a part that could use it.
2. Who holds the witness then has read it, where that is assumed: it is given a newer configuration
   by the disk, or of a share by another member. A part of which nobody has what the share's tag
   stands for does not go on (rule Q5, which is documented of forming alone).
3. Each part with quorum goes on; in a part without it the cluster service stops on every node
   (rule Q7), which also lets go of the witness.

A witness that was let go is taken by a step of its own (`forming.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

import z3

from quorate.counting.sets import Members, disjoint, empty, meets, some, subset, union
from quorate.system import Formula, Instance, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.changing import Earlier
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.ranks import Version, either, stored_by
from quorate.windows.membership.replicas import ends_force, learnt, more_know, votes_of
from quorate.windows.membership.state import MembershipState


@dataclass(frozen=True)
class World:
    """What surrounds the islands after a change."""

    up: Members
    paths: Members
    witness_up: Formula


@dataclass(frozen=True)
class Split:
    """Which islands a change concerns, one formula each, and the sets whose members go separate
    ways."""

    concerned: Sequence[Formula]
    sides: Sequence[Members]


@dataclass(frozen=True)
class Part:
    """Members of an island that stay together: whether they hold the witness, whether they have
    quorum, whether the witness remembers a configuration that none of them has and none is given,
    whether they go on."""

    members: Members
    holds: Formula
    quorate: Formula
    outdated: Formula
    stays: Formula


@dataclass(frozen=True, eq=False)
class Regroup:
    """How the one island that is concerned, if there is one, meets `world`. The guard refuses a
    change that concerns two (docs/semantics.md, "one island at a time"). Where its members are
    `informed`, all of them have just stored the latest configuration."""

    state: MembershipState
    quorum: Quorum
    world: World
    split: Split
    informed: Formula | None = None

    @cached_property
    def island(self) -> Members:
        """The members of the island that is concerned, as they were."""
        concerned = zip(self.split.concerned, self.state.islands, strict=True)
        return union([self.state.sets.where(c, members) for c, members in concerned])

    @cached_property
    def _counted(self) -> Quorum:
        """The rule over the votes that the island counts, or that the step puts in force."""
        if self.quorum.in_force is not None:
            return self.quorum
        return self.quorum.by(votes_of(self.state, self.island))

    @cached_property
    def _forced(self) -> Formula:
        concerned = zip(self.split.concerned, self.state.forced, strict=True)
        return z3.Or(*(z3.And(c, forced) for c, forced in concerned))

    @property
    def winner(self) -> Members:
        """Who holds the witness after arbitration."""
        state = self.state
        return state.winner.term if state.witness is not None else state.sets.nothing

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(self._part(side) for side in self.split.sides)

    def _part(self, side: Members) -> Part:
        members = self.island & self.world.up & side
        has_witness = self.state.witness is not None
        holds = meets(self.winner, members) if has_witness else z3.BoolVal(False)
        quorate = self._counted.may_stay(members, holds)
        outdated = self._outdated(members, holds)
        stays = quorate if z3.is_false(outdated) else z3.And(quorate, z3.Not(outdated))
        if self.state.forced_marks is not None:
            stays = z3.Or(stays, z3.And(self._forced, some(members)))
        return Part(members, holds, quorate, outdated, stays)

    def _outdated(self, members: Members, holds: Formula) -> Formula:
        """The tag that they hold stands for a configuration that none of them has. A disk gives it
        to them."""
        state = self.state
        if not state.reads_tag:
            return z3.BoolVal(False)
        tag_is_newer = z3.And(holds, state.witness_current, disjoint(members, state.current))
        if self.informed is None:
            return tag_is_newer
        return z3.And(tag_is_newer, z3.Not(self.informed))

    @property
    def inputs(self) -> tuple[Variable, ...]:
        return (self.state.winner,) if self.state.witness is not None else ()

    @cached_property
    def guard(self) -> tuple[Formula, ...]:
        return tuple(self._guard())

    def _guard(self) -> Iterator[Formula]:
        if len(self.parts) > 1:
            both = z3.And(*(part.stays for part in self.parts))
            yield z3.Or(z3.Not(both), *(empty(island) for island in self.state.islands))
        for one, other in combinations(self.split.concerned, 2):
            yield z3.Not(z3.And(one, other))
        if self.state.witness is not None:
            yield from arbitration(self._contenders, self.winner)

    @property
    def _contenders(self) -> Members:
        """Who may hold the witness: its holder alone while it is alive and connected; but a part
        that has no quorum even with the witness stops at once, long before the arbitration of the
        others ends (20 to 60 s, wsfc.md 1.6), and leaves it to them."""
        sets, world = self.state.sets, self.world
        parts = [part.members for part in self.parts]
        hopeless = [z3.Not(self._counted.may_stay(part, z3.BoolVal(True))) for part in parts]
        useless = union([sets.where(no, part) for no, part in zip(hopeless, parts, strict=True)])
        connected = union(parts) & world.paths
        keeps = self.state.holder & world.up & world.paths & ~useless
        useful = connected & ~useless
        open_to = z3.If(some(keeps), keeps, z3.If(some(useful), useful, connected))
        return sets.where(world.witness_up, open_to)

    @cached_property
    def updates(self) -> Mapping[str, Term]:
        forced, witness = dict(self._forced_after()), dict(self._witness_after())
        found = {**self._islands_after, **forced, **witness, **learnt(self.state, witness)}
        return {**found, **self._known_after}

    @cached_property
    def holder(self) -> Members:
        """Who holds the witness after the step: its winner, if he goes on."""
        return self.winner & union(list(self._islands_after.values()))

    @cached_property
    def _first(self) -> Members:
        """What is kept in the island's own place: the first part that goes on."""
        sets, (first, *others) = self.state.sets, self.parts
        if not others:
            return sets.where(first.stays, first.members)
        (second,) = others
        return z3.If(first.stays, first.members, sets.where(second.stays, second.members))

    @cached_property
    def _second(self) -> Members:
        """What is kept in the first place that is free: a second part that goes on."""
        sets, (first, *others) = self.state.sets, self.parts
        if not others:
            return sets.nothing
        (second,) = others
        return sets.where(z3.And(first.stays, second.stays), second.members)

    @cached_property
    def _islands_after(self) -> Mapping[str, Term]:
        state, free = self.state, first_free(self.state.islands)
        after = dict[str, Term]()
        for index, variable in enumerate(state.island_variables):
            other = (
                z3.If(free[index], self._second, variable.term)
                if len(self.parts) > 1
                else variable.term
            )
            after[variable.name] = z3.If(self.split.concerned[index], self._first, other)
        return after

    def _forced_after(self) -> Iterator[tuple[str, Term]]:
        """A part of a forced island stays forced until it has a majority."""
        marks = self.state.forced_marks
        if marks is None:
            return
        first, *others = self.parts
        weak, second_weak = z3.Not(self._ends_force(first)), z3.BoolVal(False)
        if others:
            second_weak = z3.Not(self._ends_force(others[0]))
            weak = z3.If(first.stays, weak, second_weak)
        free = first_free(self.state.islands)
        kept = z3.And(self._forced, weak, some(self._first))
        for index, variable in enumerate(marks.variables):
            added = z3.And(free[index], some(self._second), self._forced, second_weak)
            other = z3.Or(added, variable.term)
            yield variable.name, z3.If(self.split.concerned[index], kept, other)

    def _ends_force(self, part: Part) -> Formula:
        """The part has the majority with which the forced state ends."""
        votes, latest = self._counted.in_force, self.state.in_force
        if votes is None or latest is None:
            return part.quorate
        # Whoever reads a disk counts the votes that it says from then on.
        own = either(meets(self._reader, part.members), latest, votes)
        ends = ends_force(self.state, self.quorum, own, part.members, part.holds)
        return z3.And(some(part.members), ends)

    @property
    def _known_after(self) -> Mapping[str, Term]:
        """Where force may overrule: who has what was forced, and what each island counts. A part
        that was overruled and reads the disk takes what that remembers."""
        state, marks = self.state, self.state.forced_marks
        if marks is None:
            return {}
        after = list(self._islands_after.values())
        reader = self._reader
        theirs = union([state.sets.where(meets(reader, island), island) for island in after])
        found: dict[str, Term] = {marks.authoritative.name: state.authoritative | theirs}
        changing = state.changing
        if changing is None or isinstance(changing.history, Earlier):
            return found
        ranks, latest = changing.history, changing.in_force
        version = Version(state.sets.nothing, state.current, latest)
        found |= stored_by(ranks, reader, version)
        free, own = first_free(state.islands), votes_of(state, self.island) or latest
        for index, ballot in enumerate(ranks.counted):
            moved = z3.And(free[index], some(self._second))
            kept = either(moved, own, ballot.in_force)
            found |= ballot.become(either(meets(reader, after[index]), latest, kept))
        return found

    def _witness_after(self) -> Iterator[tuple[str, Term]]:
        """The witness is held by who won it and goes on, who writes to it what it knows. Where it
        is read first, what it remembers is not lost, and its holder knows that as well."""
        state, witness = self.state, self.state.witness
        if witness is None:
            return
        remembered, writes = witness.current.term, meets(self.holder, state.current)
        yield witness.holder.name, self.holder
        if state.assumptions.witness_is_read:
            yield witness.current.name, z3.Or(remembered, writes)
            yield state.current_variable.name, self._current
        else:
            yield witness.current.name, z3.If(empty(self.holder), remembered, writes)

    @cached_property
    def _current(self) -> Members:
        """Who has the newest configuration after the step, the witness having been read."""
        return self.state.current | self._reader

    @cached_property
    def _reader(self) -> Members:
        """Who reads the newest configuration from the witness, or is given it by another member
        that has what the witness remembers."""
        state = self.state
        if state.witness is None or not state.assumptions.witness_is_read:
            return state.sets.nothing
        given = z3.And(state.witness_current, *(z3.Not(part.outdated) for part in self.parts))
        if state.forced_marks is None:
            return state.sets.where(given, self.holder)
        # Beside an island that is not concerned: who holds it there looks at nothing now.
        theirs = self.holder & union([part.members for part in self.parts])
        return state.sets.where(given, theirs)

    @property
    def instances(self) -> Iterator[Instance]:
        """What the step needs to know of the parts' votes."""
        state, votes = self.state, self.quorum.votes
        parts = [part.members for part in self.parts]
        if state.needs_each_vote:
            # Who counts the missing needs them for a proof. Where the operator overrules the votes
            # they are redundant, but without them the search takes ten times as long.
            yield votes.nobody_counts()
            yield from (votes.bounds(part) for part in parts)
            yield from (votes.all_are_missing(part) for part in parts)
        if state.changes_configuration and state.forced_marks is None:
            yield from self._of_versions(parts)
        for one, other in combinations(parts, 2):
            yield from self.quorum.if_counted(self._counted.share_none(one, other))
            if state.needs_each_vote:
                yield votes.cover_shares_all(one, other)
            yield votes.one_is_in_one_side(self.winner, one, other)

    def _of_versions(self, parts: Sequence[Members]) -> Iterator[Instance]:
        """Who has a majority meets who has the newest configuration; who is given it adds one."""
        quorum, current = self._counted, self.state.current
        for part in parts:
            yield from quorum.if_counted(quorum.share_none(part, current))
        if self.state.witness is not None and self.state.assumptions.witness_is_read:
            yield from quorum.if_counted(quorum.no_more(current, self._current))
            yield from more_know(self.state, quorum, self._current)


def arbitration(contenders: Members, winner: Members) -> list[Formula]:
    """Any contender may win, and one does if there is one."""
    return [subset(winner, contenders), z3.Or(some(winner), empty(contenders))]


def first_free(islands: Sequence[Members]) -> list[Formula]:
    """For each place for an island, whether it is the first empty one."""
    return [
        z3.And(empty(island), *(some(earlier) for earlier in islands[:index]))
        for index, island in enumerate(islands)
    ]


def one_group(state: MembershipState, hit: Members) -> Split:
    """The islands that `hit` touches stay whole, as far as they are up."""
    return Split([meets(island, hit) for island in state.islands], [state.sets.everything])


def two_sides(state: MembershipState, hit: Members, side: Members) -> Split:
    """The islands that `hit` touches fall apart into `side` and the rest."""
    return Split([meets(island, hit) for island in state.islands], [side, ~side])

"""How a node leaves by plan: it gives up its vote first, and only if the others can go on."""

from collections.abc import Iterator, Mapping
from functools import cached_property

import z3

from quorate.counting.sets import Members, empty, meets, some
from quorate.system import Formula, Instance, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.adjusting import Target, all_vote_but_one
from quorate.windows.membership.changing import Changing
from quorate.windows.membership.quorum import InForce, Quorum
from quorate.windows.membership.regroup import Regroup
from quorate.windows.membership.replicas import changed, more_know, replaced, votes_of
from quorate.windows.membership.running import own_island
from quorate.windows.membership.state import MembershipState


@dataclass(frozen=True, eq=False)
class Leaving:
    """The chosen node leaves its island. Where votes change, a graceful stop makes it give up its
    own vote (rule Q10), so that of two nodes the other has the only one (rule Q14); all of the
    island store that, the one that leaves included."""

    state: MembershipState
    quorum: Quorum

    @cached_property
    def island(self) -> Members:
        return own_island(self.state, self.state.node.term)

    @cached_property
    def rest(self) -> Members:
        return self.island & ~self.state.node.term

    @cached_property
    def _can_hold(self) -> Formula:
        """The rest holds the witness, or could: this is asked before any arbitration."""
        state = self.state
        open_to = z3.Or(empty(state.holder), meets(state.holder, self.rest | state.node.term))
        return z3.And(state.witness_up, meets(self.rest, state.paths), open_to)

    @cached_property
    def quorum_after(self) -> Quorum:
        """The rule over the votes that the rest counts."""
        changing = self.state.changing
        return self.quorum if changing is None else self.quorum.by(changing.chosen.in_force)

    @property
    def rest_keeps_quorum(self) -> Formula:
        """The rest would have quorum without the node (rule Q9, wsfc.md 1.5)."""
        enough = self.quorum_after.may_stay(self.rest, self._can_hold)
        return z3.And(enough, *self._rest_knows)

    @property
    def _rest_knows(self) -> Iterator[Formula]:
        """Who would find a newer tag on the witness would stop all the same, so one of the rest
        must know the changes, unless all are told of one now."""
        state, changing = self.state, self.state.changing
        if state.reads_tag and state.assumptions.stop_asks_for_changes:
            knows = meets(self.rest, state.current)
            yield knows if changing is None else z3.Or(knows, self._changes(changing))

    @property
    def is_allowed(self) -> Formula:
        """The stop is not refused, whatever votes it puts in force: where it changes them, the rest
        has all of the new ones."""
        changing = self.state.changing
        if changing is None:
            return self.rest_keeps_quorum
        now = self.quorum.by(self._now(changing))
        stays = z3.And(now.may_stay(self.rest, self._can_hold), *self._rest_knows)
        return z3.Or(self._changes(changing), stays)

    @property
    def hands_over(self) -> Iterator[Formula]:
        """The votes in force become what the rules want of the rest, if they are not that."""
        changing = self.state.changing
        if changing is not None:
            now, then = self._now(changing), changing.chosen.in_force
            kept = z3.And(then.voters == now.voters, then.witness == now.witness)
            yield z3.If(self._changes(changing), self._target(changing).is_met(then), kept)

    def _now(self, changing: Changing) -> InForce:
        return votes_of(self.state, self.island) or changing.in_force

    def _target(self, changing: Changing) -> Target:
        return Target(self.state, changing.rule, self.rest, self._can_hold)

    @property
    def all_store(self) -> Formula | None:
        """All of the island store a new configuration, by which other votes are in force."""
        changing = self.state.changing
        return None if changing is None else self._changes(changing)

    def _changes(self, changing: Changing) -> Formula:
        target, state = self._target(changing), self.state
        changes = z3.And(target.may_be_brought_to, z3.Not(target.is_met(self._now(changing))))
        if state.forced_marks is None:
            return changes
        # In the forced state votes are ignored (rule Q16).
        islands = zip(state.islands, state.forced, strict=True)
        forced = [z3.And(meets(island, state.node.term), mark) for island, mark in islands]
        return z3.And(changes, z3.Not(z3.Or(*forced)))

    def updates(self, regroup: Regroup) -> Mapping[str, Term]:
        """What the change of the votes adds to how the rest regroups: all of the island have stored
        it, and so has the witness if one of them held it or holds it now."""
        state, changing = self.state, self.state.changing
        if changing is None:
            return {}
        written = z3.Or(state.holds(self.island), some(regroup.holder))
        stored = dict(changed(state, self.island, self.island, written))
        votes = changing.chosen.in_force
        stored |= replaced(state, self.island, self.island, written, votes)
        if state.forced_marks is not None:
            stored[state.forced_marks.authoritative.name] = state.authoritative
        before = {variable.name: variable.term for variable in state.variables}
        changes = self._changes(changing)
        return {
            name: z3.If(changes, term, regroup.updates.get(name, before[name]))
            for name, term in stored.items()
        }

    @property
    def instances(self) -> Iterator[Instance]:
        """The island has no fewer votes than the rest of it."""
        changing = self.state.changing
        if changing is not None:
            yield self.quorum.votes.a_voter_has_votes(changing.chosen.voters.term)
            if self.state.spent is not None:
                target, then = self._target(changing), changing.chosen.in_force
                yield from all_vote_but_one(self.quorum, target, then)
            yield self.quorum_after.no_more(self.rest, self.island)
            yield from more_know(self.state, self.quorum, self.island)

    @property
    def inputs(self) -> tuple[Variable, ...]:
        changing = self.state.changing
        return () if changing is None else changing.inputs

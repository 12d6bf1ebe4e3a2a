"""Membership and quorum of one cluster as a transition system."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

import z3

from quorate.cluster import Cluster, DiskOnly
from quorate.counting.sets import Members, disjoint, empty, has, one, some, subset
from quorate.counting.votes import number, total
from quorate.system import Formula, Lemma, System, Term
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.faults import fault_actions
from quorate.windows.membership.forming import forming_actions
from quorate.windows.membership.operator import operator_actions
from quorate.windows.membership.quorum import Quorum
from quorate.windows.membership.repairs import repair_actions
from quorate.windows.membership.state import MembershipState

# What later stages add to the argument about quorum.
_BUDGETS, _VERSIONS = 1, 2


@dataclass(frozen=True)
class Membership:
    """The model of `cluster` under `assumptions`: its state, its rule, its system.

    A run starts with every node running in one island, the network whole, the witness up and held;
    a cold start is reached by everything failing first.
    """

    cluster: Cluster
    assumptions: Assumptions = field(default_factory=Assumptions)

    @cached_property
    def state(self) -> MembershipState:
        return MembershipState(self.cluster, self.assumptions)

    @cached_property
    def quorum(self) -> Quorum:
        return Quorum(self.cluster, self.assumptions.deviation)

    @cached_property
    def system(self) -> System:
        state, quorum = self.state, self.quorum
        return System(
            name=self.cluster.name,
            variables=state.variables,
            initial=tuple(self._initial()),
            actions=(
                *fault_actions(state, quorum),
                *repair_actions(state),
                *forming_actions(state, quorum),
                *operator_actions(state, quorum),
            ),
            lemmas=tuple(self._lemmas()),
            definitions=quorum.votes.definitions,
        )

    def _initial(self) -> Iterator[Formula]:
        state, everyone = self.state, self.state.sets.everything
        yield state.up == everyone
        for reach in state.reach:
            yield reach == everyone
        yield state.islands[0] == self._first_members
        for island in state.islands[1:]:
            yield empty(island)
        for variable in state.forced_variables:
            yield z3.Not(variable.term)
        yield state.current == everyone
        if state.has_witness:
            yield state.witness_up
            yield state.paths == state.cabled
            yield one(state.holder)
            yield subset(state.holder, state.cabled)
            yield state.witness_current
        for variable in state.cut_off_variables:
            yield empty(variable.term)
        for counter in state.spent_variables.values():
            yield counter.term == 0

    @property
    def _first_members(self) -> Members:
        """Who runs at the start: everybody, under Disk Only everybody with a cable to the disk."""
        state = self.state
        if isinstance(self.cluster.rule, DiskOnly):
            return state.cabled
        return state.sets.everything

    def _lemmas(self) -> Iterator[Lemma]:
        """What makes quorum work, in the order of the argument. Nobody trusts these."""
        state, quorum = self.state, self.quorum
        yield Lemma("only nodes that are up run", subset(state.running, state.up))
        held = some(state.holder) if state.has_witness else z3.BoolVal(False)
        first = state.islands[0]
        if not state.forced_variables:
            yield Lemma("one island runs", z3.And(*(empty(island) for island in state.islands[1:])))
            yield Lemma(
                "what runs has a majority", z3.Implies(some(first), quorum.majority(first, held))
            )
        if state.has_witness:
            yield Lemma(
                "who holds the witness runs and reaches it",
                z3.And(
                    subset(state.holder, state.running & state.paths),
                    z3.Implies(held, state.witness_up),
                ),
            )
            yield Lemma(
                "only nodes with a cable reach the witness", subset(state.paths, state.cabled)
            )
        if state.forced_variables:
            yield from self._force_lemmas()
            return
        yield from (replace(lemma, stage=_BUDGETS) for lemma in self._budget_lemmas())
        yield Lemma("whoever runs is current", subset(state.running, state.current), _VERSIONS)
        yield Lemma(
            "the latest configuration is stored by a majority",
            quorum.majority(state.current, state.witness_current),
            _VERSIONS,
        )

    def _force_lemmas(self) -> Iterator[Lemma]:
        """What is left of the argument when the operator may overrule the votes."""
        state, quorum = self.state, self.quorum
        pairs = combinations(state.islands, 2)
        yield Lemma("no node is in two islands", z3.And(*(disjoint(*pair) for pair in pairs)))
        ends = [
            z3.Or(
                z3.Not(forced),
                z3.And(some(island), z3.Not(quorum.majority(island, state.holds(island)))),
            )
            for forced, island in zip(state.forced, state.islands, strict=True)
        ]
        yield Lemma("who is forced has no majority", z3.And(*ends))

    def _budget_lemmas(self) -> Iterator[Lemma]:
        """What a bounded number of faults leaves, for claims about survival."""
        state, counted = self.state, self.quorum.votes
        spent = {kind: counter.term for kind, counter in state.spent_variables.items()}
        if not spent:
            return
        whole = z3.And(
            state.up == state.sets.everything,
            state.islands[0] == self._first_members,
            *((state.witness_up, state.paths == state.cabled) if state.has_witness else ()),
            *((one(state.holder),) if state.has_witness else ()),
        )
        yield Lemma(
            "nothing changes before the first fault",
            z3.Implies(z3.And(*(term == 0 for term in spent.values())), whole),
        )
        marks = [
            number(has(term, mark))
            for kind, term in spent.items()
            if kind in ("crash", "isolation")
            for mark in range(term.size())
        ]
        if marks:
            yield Lemma(
                "each crash or isolation takes one node",
                counted.size(~state.running) <= total(marks),
            )
        for variable in state.cut_off_variables:
            yield Lemma("nobody runs who is cut off", disjoint(state.running, variable.term))
        if "site" in spent:
            yield from self._site_lemmas(spent["site"])
        yield Lemma("the cluster runs", some(state.running))
        if state.has_witness:
            yield Lemma("the witness works", state.witness_up)
            yield Lemma("whoever runs reaches the witness", subset(state.running, state.paths))
            yield Lemma("no path to the witness is lost", state.paths == state.cabled)
            yield Lemma("the witness is held", some(state.holder))

    def _site_lemmas(self, marks: Term) -> Iterator[Lemma]:
        state, witness = self.state, self.cluster.witness
        places = [state.sets.of(place) for place in self.quorum.votes.places]
        down = [disjoint(place, state.up) for place in places]
        yield Lemma(
            "a site runs as a whole or is down as a whole",
            z3.And(
                *(
                    z3.Or(subset(place, state.running), gone)
                    for place, gone in zip(places, down, strict=True)
                )
            ),
        )
        inside = self.cluster.nodes_in(witness.site) if witness and witness.site else ()
        if inside:
            gone = disjoint(state.sets.of(inside), state.up)
            yield Lemma("the witness works while its site does", z3.Or(state.witness_up, gone))
        elif witness and witness.site:
            down.append(z3.Not(state.witness_up))
        yield Lemma(
            "each site that is down has failed",
            total([number(gone) for gone in down])
            <= total([number(has(marks, mark)) for mark in range(marks.size())]),
        )
        if witness is not None:
            held = z3.Or(z3.Not(state.witness_up), some(state.holder))
            yield Lemma("a working witness is held", held)

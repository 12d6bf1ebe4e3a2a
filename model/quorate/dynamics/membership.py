"""Membership and quorum of one cluster as a transition system."""

from dataclasses import dataclass
from functools import cached_property

import z3

from quorate.cluster import Cluster
from quorate.dynamics.assumptions import Assumptions
from quorate.dynamics.faults import fault_actions
from quorate.dynamics.forming import forming_actions
from quorate.dynamics.operator import operator_actions
from quorate.dynamics.quorum import Quorum
from quorate.dynamics.repairs import repair_actions
from quorate.dynamics.sets import lowest, some
from quorate.dynamics.state import MembershipState
from quorate.system import Formula, Lemma, System


@dataclass(frozen=True)
class Membership:
    """The model of `cluster` under `assumptions`: its state, its rule, its system.

    A run starts with every node running in one island, the network whole, the witness up and held;
    a cold start is reached by everything failing first.
    """

    cluster: Cluster
    assumptions: Assumptions = Assumptions()

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
            initial=self._initial(),
            actions=(
                *fault_actions(state, quorum),
                *repair_actions(state),
                *forming_actions(state, quorum),
                *operator_actions(state, quorum),
            ),
            lemmas=self._lemmas(),
        )

    def _initial(self) -> tuple[Formula, ...]:
        state = self.state
        first = z3.BitVecVal(0, state.labels.width)
        everyone = z3.BitVecVal((1 << len(state.names)) - 1, len(state.names))
        formulas: list[Formula] = [
            *state.up,
            *state.running,
            *(label == first for label in state.island),
            *(reach == everyone for reach in state.reach),
            *(stored == 0 for stored in state.stored),
            state.latest == 0,
            state.watched != state.nobody,
            *(z3.Not(variable.term) for variable in state.forced_variables),
            *(counter.term == 0 for counter in state.spent_variables.values()),
        ]
        if state.has_witness:
            formulas += [state.witness_up, state.tag == 0, state.holder != state.nobody]
            for index, variable in enumerate(state.sees_variables):
                if variable is not None:
                    formulas.append(variable.term)
                else:
                    formulas.append(state.holder != index)
        return tuple(formulas)

    def _lemmas(self) -> tuple[Lemma, ...]:
        """What makes quorum work, in the order of the argument. Nobody trusts these."""
        state, quorum = self.state, self.quorum
        one_island = lowest(state.running, state.nobody)
        anyone = some(state.running)
        held = state.holder != state.nobody if state.has_witness else z3.BoolVal(False)
        lemmas = [
            Lemma(
                "only nodes that are up run",
                z3.And(*(z3.Implies(r, u) for r, u in zip(state.running, state.up, strict=True))),
            ),
            Lemma(
                "a node is in an island exactly while it runs",
                z3.And(
                    *(
                        running == (label != state.nobody)
                        for running, label in zip(state.running, state.island, strict=True)
                    )
                ),
            ),
            Lemma(
                "all running nodes are in one island",
                z3.And(
                    *(
                        z3.Implies(running, label == one_island)
                        for running, label in zip(state.running, state.island, strict=True)
                    )
                ),
            ),
            Lemma(
                "what runs has a majority",
                z3.Implies(anyone, quorum.majority(quorum.tally(state.running, held))),
            ),
        ]
        if state.has_witness:
            lemmas.append(
                Lemma(
                    "who holds the witness runs and reaches it",
                    z3.And(
                        z3.ULE(state.holder, state.nobody),
                        *(
                            z3.Implies(
                                state.holder == index,
                                z3.And(running, sees, state.witness_up),
                            )
                            for index, (running, sees) in enumerate(
                                zip(state.running, state.sees, strict=True)
                            )
                        )
                    ),
                )
            )
        newest = [stored >= state.latest for stored in state.stored]
        lemmas += [
            Lemma(
                "whoever runs has the latest configuration",
                z3.And(
                    *(z3.Implies(r, n) for r, n in zip(state.running, newest, strict=True))
                ),
            ),
            Lemma(
                "nothing is newer than the latest configuration",
                z3.And(*(s <= state.latest for s in state.stored), state.tag <= state.latest),
            ),
            Lemma(
                "the latest configuration is stored by a majority",
                quorum.majority(quorum.tally(newest, state.tag >= state.latest)),
            ),
        ]
        return tuple(lemmas)

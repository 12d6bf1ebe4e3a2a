"""The variables of votes that change while the cluster runs (rules Q10 to Q14)."""

from collections.abc import Iterator, Mapping

import z3

from quorate.cluster import DynamicVotes
from quorate.system import Bits, Boolean, Formula, Term, Variable
from quorate.values import dataclass
from quorate.windows.membership.quorum import InForce


@dataclass(frozen=True)
class Ballot:
    """Which votes are in force: `voters`, the nodes that have one, and whether the `witness` has
    one, None where there is no witness."""

    voters: Variable
    witness: Variable | None

    @classmethod
    def named(cls, prefix: str, names: tuple[str, ...], *, witness: bool) -> "Ballot":
        votes = Variable(f"{prefix}witness_votes", Boolean()) if witness else None
        return cls(Variable(f"{prefix}voters", Bits(names)), votes)

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (self.voters,) if self.witness is None else (self.voters, self.witness)

    @property
    def in_force(self) -> InForce:
        witness = z3.BoolVal(False) if self.witness is None else self.witness.term
        return InForce(self.voters.term, witness)

    def become(self, votes: InForce) -> Mapping[str, Term]:
        """The updates that put `votes` in force."""
        updates: dict[str, Term] = {self.voters.name: votes.voters}
        if self.witness is not None:
            updates[self.witness.name] = votes.witness
        return updates


@dataclass(frozen=True)
class WitnessBefore:
    """Whether the witness's copy or tag is the version that is remembered, `stored`, or a `newer`
    one."""

    stored: Variable
    newer: Variable


@dataclass(frozen=True)
class Earlier:
    """One version of the configuration that was replaced: any one, since a run may remember
    whichever it likes. `ballot` the votes that it says are in force; `stored` the nodes whose
    replica is that version, `newer` those that have a newer one; `on_witness` the same of a
    witness. Where none is remembered, everybody has a newer one."""

    ballot: Ballot
    stored: Variable
    newer: Variable
    on_witness: WitnessBefore | None

    @classmethod
    def named(cls, names: tuple[str, ...], *, witness: bool) -> "Earlier":
        stored, newer = (
            Variable(f"earlier.witness_{what}", Boolean()) for what in ("stored", "newer")
        )
        return cls(
            Ballot.named("earlier.", names, witness=witness),
            Variable("earlier.stored", Bits(names)),
            Variable("earlier.newer", Bits(names)),
            WitnessBefore(stored, newer) if witness else None,
        )

    @property
    def variables(self) -> Iterator[Variable]:
        yield from (*self.ballot.variables, self.stored, self.newer)
        if self.on_witness is not None:
            yield from (self.on_witness.stored, self.on_witness.newer)

    @property
    def in_force(self) -> InForce:
        return self.ballot.in_force

    @property
    def witness_stored(self) -> Formula:
        return z3.BoolVal(False) if self.on_witness is None else self.on_witness.stored.term

    @property
    def witness_newer(self) -> Formula:
        return z3.BoolVal(False) if self.on_witness is None else self.on_witness.newer.term


@dataclass(frozen=True)
class Changing:
    """Votes that change as `rule` says: `ballot` by the latest configuration, `earlier` a version
    that was replaced. A step chooses the `chosen` votes, and whether to `remember` the version that
    it replaces."""

    rule: DynamicVotes
    ballot: Ballot
    earlier: Earlier
    chosen: Ballot
    remember: Variable

    @classmethod
    def named(cls, rule: DynamicVotes, names: tuple[str, ...], *, witness: bool) -> "Changing":
        return cls(
            rule,
            Ballot.named("", names, witness=witness),
            Earlier.named(names, witness=witness),
            Ballot.named("new_", names, witness=witness),
            Variable("remember", Boolean()),
        )

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (*self.ballot.variables, *self.earlier.variables)

    @property
    def in_force(self) -> InForce:
        return self.ballot.in_force

    @property
    def inputs(self) -> tuple[Variable, ...]:
        """What a step that changes votes chooses."""
        return (*self.chosen.variables, self.remember)

"""The variables of votes that change while the cluster runs (rules Q10 to Q14)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

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
    witness. Where none is remembered, everybody has a newer one. A step that replaces a version
    chooses whether to `remember` it."""

    ballot: Ballot
    stored: Variable
    newer: Variable
    on_witness: WitnessBefore | None
    remember: Variable

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
            Variable("remember", Boolean()),
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
class Ranks:
    """Which version everybody has, where force may overrule: several histories go on at once then,
    and nodes form from what was replaced.

    `counted` the votes that each island counts, one ballot a place; of each node `stored`, the
    nodes that have a vote by the version that it has, and `newer`, the nodes that have a newer one;
    `witness_votes` the nodes by whose version the witness has a vote, None where there is none.

    `by_configured` says, once for all, whether the forced state ends with a majority of the votes
    that are configured, and not of those that the island counts: that is not documented (wsfc.md
    2.2), so it may be either.
    """

    counted: tuple[Ballot, ...]
    stored: tuple[Variable, ...]
    newer: tuple[Variable, ...]
    witness_votes: Variable | None
    by_configured: Variable

    @classmethod
    def named(
        cls, names: tuple[str, ...], keys: Sequence[str], islands: int, *, witness: bool
    ) -> "Ranks":
        places = range(1, islands + 1)
        return cls(
            tuple(Ballot.named(f"island.{place}.", names, witness=witness) for place in places),
            tuple(Variable(f"stored.{key}", Bits(names)) for key in keys),
            tuple(Variable(f"newer.{key}", Bits(names)) for key in keys),
            Variable("stored.witness_votes", Bits(names)) if witness else None,
            Variable("force_ends_by_configured", Boolean()),
        )

    @property
    def variables(self) -> Iterator[Variable]:
        for ballot in self.counted:
            yield from ballot.variables
        yield from (*self.stored, *self.newer)
        if self.witness_votes is not None:
            yield self.witness_votes
        yield self.by_configured


@dataclass(frozen=True)
class Changing:
    """Votes that change as `rule` says: `ballot` by the latest configuration, `history` what is
    known of others: of one that was replaced or, where force may overrule, of all. A step chooses
    the `chosen` votes."""

    rule: DynamicVotes
    ballot: Ballot
    history: Earlier | Ranks
    chosen: Ballot

    @classmethod
    def named(
        cls, rule: DynamicVotes, names: tuple[str, ...], *, witness: bool, ranks: Ranks | None
    ) -> "Changing":
        return cls(
            rule,
            Ballot.named("", names, witness=witness),
            Earlier.named(names, witness=witness) if ranks is None else ranks,
            Ballot.named("new_", names, witness=witness),
        )

    @property
    def variables(self) -> tuple[Variable, ...]:
        return (*self.ballot.variables, *self.history.variables)

    @property
    def in_force(self) -> InForce:
        return self.ballot.in_force

    @property
    def remember(self) -> tuple[Variable, ...]:
        """What a step that replaces a version chooses beside the votes."""
        match self.history:
            case Earlier(remember=remember):
                return (remember,)
            case Ranks():
                return ()
            case other:
                assert_never(other)

    @property
    def inputs(self) -> tuple[Variable, ...]:
        """What a step that changes votes chooses."""
        return (*self.chosen.variables, *self.remember)

"""Counting: the votes and the number of a set's members, and the little that proofs need of it.

That two sets cannot both have a majority is one line of arithmetic, but a solver that looks at the
sums behind it searches through the memberships, which are exponentially many. So models speak of
`votes(members)` as a function of the set, and these theorems, proved once for all sets, are all
that a proof is told of it (docs/decisions/0002-theorems.md).
"""

from collections.abc import Callable, Sequence
from functools import cached_property, reduce

import z3

from quorate.counting.sets import Members, at_most_one, disjoint, has, meets, subset
from quorate.system import (
    Bits,
    Boolean,
    Definition,
    Formula,
    Instance,
    Integer,
    Term,
    Theorem,
    Variable,
)
from quorate.values import dataclass


def number(formula: Formula) -> Term:
    """1 where the formula holds, else 0."""
    return z3.If(formula, z3.IntVal(1), z3.IntVal(0))


def total(parts: Sequence[Term]) -> Term:
    """The sum of any number of terms."""
    match parts:
        case []:
            return z3.IntVal(0)
        case [alone]:
            return alone
    return z3.Sum(parts)


def _theorem_of_booleans(name: str, *letters: str) -> Callable[[Callable[..., Formula]], Theorem]:
    """A theorem about the numbers of Booleans, which needs no definition."""

    def theorem(statement: Callable[..., Formula]) -> Theorem:
        variables = tuple(Variable(letter, Boolean()) for letter in letters)
        return Theorem(name, variables, statement(*(variable.term for variable in variables)))

    return theorem


@_theorem_of_booleans("a number is 0 or 1", "a")
def between(a: Formula) -> Formula:
    """A Boolean counts for 0 to 1."""
    return z3.And(number(a) >= 0, number(a) <= 1)


@_theorem_of_booleans("of two that exclude each other one counts", "a", "b")
def not_both(a: Formula, b: Formula) -> Formula:
    """Unless both hold, they count for at most 1."""
    return z3.Or(z3.And(a, b), number(a) + number(b) <= 1)


@_theorem_of_booleans("of two that are not both false one counts", "a", "b")
def one_of_both(a: Formula, b: Formula) -> Formula:
    """If one of them holds, they count for at least 1."""
    return z3.Or(z3.Not(z3.Or(a, b)), number(a) + number(b) >= 1)


@_theorem_of_booleans("what implies counts for no more", "a", "b")
def implies(a: Formula, b: Formula) -> Formula:
    """What implies another counts for no more than it."""
    return z3.Or(z3.And(a, z3.Not(b)), number(a) <= number(b))


@_theorem_of_booleans("what is added counts for at most one more", "a", "b", "either")
def added(a: Formula, b: Formula, either: Formula) -> Formula:
    """What implies that one of both holds counts for at most 1 more than the first, and for no more
    without the second."""
    more = z3.And(
        number(either) <= number(a) + 1,
        z3.Or(z3.And(b, z3.Not(a)), number(either) <= number(a)),
    )
    return z3.Or(z3.And(either, z3.Not(z3.Or(a, b))), more)


@_theorem_of_booleans("of two parts of one that exclude each other one counts", "a", "b", "whole")
def divided(a: Formula, b: Formula, whole: Formula) -> Formula:
    """Unless both hold, or one of them without the whole, they count for no more than it."""
    apart = z3.Or(z3.And(a, b), z3.And(z3.Or(a, b), z3.Not(whole)))
    return z3.Or(apart, number(a) + number(b) <= number(whole))


@_theorem_of_booleans("what does not hold counts for nothing", "a")
def absent(a: Formula) -> Formula:
    """Unless it holds, a Boolean counts for 0."""
    return z3.Or(a, number(a) == 0)


@_theorem_of_booleans("what holds counts for one", "a")
def present(a: Formula) -> Formula:
    """If it holds, a Boolean counts for 1."""
    return z3.Or(z3.Not(a), number(a) == 1)


@dataclass(frozen=True)
class Votes:
    """How the sets over `names` are counted, and what is true of the numbers. Each name weighs as
    much as `weights` says, in the same order; `fail_together` are disjoint sets of names that are
    there or gone as a whole, such as the nodes of a site."""

    names: tuple[str, ...]
    weights: tuple[int, ...]
    fail_together: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def _left(self) -> Variable:
        return Variable("left", Bits(self.names))

    @cached_property
    def _right(self) -> Variable:
        return Variable("right", Bits(self.names))

    @cached_property
    def votes(self) -> Definition:
        """The configured votes of a set of nodes."""
        return self._counting("votes", self.weights)

    @cached_property
    def size(self) -> Definition:
        """The number of nodes in a set."""
        return self._counting("size", [1] * len(self.names))

    def _counting(self, name: str, weights: Sequence[int]) -> Definition:
        members = Variable("members", Bits(self.names))
        parts = [w * number(has(members.term, i)) for i, w in enumerate(weights) if w]
        return Definition(name, members, Integer(), total(parts))

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return (self.votes, self.size)

    @cached_property
    def bounds(self) -> Theorem:
        """Votes are between none and all."""
        left = self._left.term
        return Theorem(
            "votes are between none and all",
            (self._left,),
            z3.And(self.votes(left) >= 0, self.votes(left) <= sum(self.weights)),
            hints=tuple(self._each(between, left)),
        )

    @cached_property
    def nobody_counts(self) -> Theorem:
        """Nobody has no votes and no members."""
        nobody = z3.BitVecVal(0, len(self.names))
        return Theorem(
            "nobody has no votes", (), z3.And(self.votes(nobody) == 0, self.size(nobody) == 0)
        )

    @cached_property
    def all_are_missing(self) -> Theorem:
        """Without anybody all are missing."""
        left = self._left.term
        return Theorem(
            "without anybody all are missing",
            (self._left,),
            z3.Implies(left == 0, self.size(~left) >= len(self.names)),
            hints=tuple(self._each(present, ~left)),
        )

    @cached_property
    def disjoint_share_none(self) -> Theorem:
        """Disjoint sets together have at most all votes."""
        left, right = self._left.term, self._right.term
        return Theorem(
            "disjoint sets share no votes",
            (self._left, self._right),
            z3.Implies(
                disjoint(left, right), self.votes(left) + self.votes(right) <= sum(self.weights)
            ),
            hints=tuple(not_both(a, b) for a, b in self._bits(left, right)),
        )

    @cached_property
    def disjoint_share_within(self) -> Theorem:
        """What two disjoint sets have of a third is together at most all that it has."""
        left, right = self._left.term, self._right.term
        within = Variable("within", Bits(self.names))
        inside = within.term
        return Theorem(
            "disjoint sets share no votes of a third",
            (self._left, self._right, within),
            z3.Implies(
                disjoint(left, right),
                self.votes(left & inside) + self.votes(right & inside) <= self.votes(inside),
            ),
            hints=tuple(
                divided(a, b, has(inside, index))
                for index, (a, b) in enumerate(self._bits(left & inside, right & inside))
            ),
        )

    @cached_property
    def cover_shares_all(self) -> Theorem:
        """Two sets that cover all nodes together have at least all votes."""
        left, right = self._left.term, self._right.term
        return Theorem(
            "sets that cover all nodes have all votes",
            (self._left, self._right),
            z3.Implies(
                left | right == ~z3.BitVecVal(0, len(self.names)),
                self.votes(left) + self.votes(right) >= sum(self.weights),
            ),
            hints=tuple(one_of_both(a, b) for a, b in self._bits(left, right)),
        )

    @cached_property
    def subset_has_no_more(self) -> Theorem:
        """A subset has no more votes."""
        return self._monotone("a subset has no more votes", self.votes)

    @cached_property
    def subset_is_no_larger(self) -> Theorem:
        """A subset has no more members."""
        return self._monotone("a subset is no larger", self.size)

    def _monotone(self, name: str, counted: Definition) -> Theorem:
        left, right = self._left.term, self._right.term
        return Theorem(
            name,
            (self._left, self._right),
            z3.Implies(subset(left, right), counted(left) <= counted(right)),
            hints=tuple(implies(a, b) for a, b in self._bits(left, right)),
        )

    @cached_property
    def one_is_in_one_side(self) -> Theorem:
        """A single node is not in two disjoint sets."""
        node, left, right = Variable("node", Bits(self.names)), self._left, self._right
        return Theorem(
            "one node is in one of two disjoint sets",
            (node, left, right),
            z3.Implies(
                z3.And(at_most_one(node.term), disjoint(left.term, right.term)),
                z3.Not(z3.And(meets(node.term, left.term), meets(node.term, right.term))),
            ),
        )

    @cached_property
    def one_more_is_one_more(self) -> Theorem:
        """A set with one node more has at most one member more."""
        left, right = self._left.term, self._right.term
        return Theorem(
            "one node more is at most one more",
            (self._left, self._right),
            z3.Implies(at_most_one(right), self.size(left | right) <= self.size(left) + 1),
            hints=tuple(
                added(a, b, has(left | right, index))
                for index, (a, b) in enumerate(self._bits(left, right))
            ),
        )

    @cached_property
    def missing_cost_at_most(self) -> Theorem:
        """Whoever is missing takes at most the largest number of votes of a node with him."""
        left = self._left.term
        most = max(self.weights)
        return Theorem(
            "each missing node costs at most the heaviest node's votes",
            (self._left,),
            self.votes(left) + most * self.size(~left) >= sum(self.weights),
            hints=(
                *self._each(between, left),
                *self._each(between, ~left),
                *(one_of_both(a, b) for a, b in self._bits(left, ~left)),
            ),
        )

    @cached_property
    def some_are_missing(self) -> Theorem:
        """Whoever is not all has at most all votes but those of the lightest node."""
        left = self._left.term
        return Theorem(
            "who is not all lacks a node's votes",
            (self._left,),
            z3.Or(
                left == ~z3.BitVecVal(0, len(self.names)),
                self.votes(left) <= sum(self.weights) - min(self.weights),
            ),
            hints=(*self._each(between, left), *self._each(absent, left)),
        )

    @cached_property
    def one_less_costs_at_most(self) -> Theorem:
        """Without one node a set has at most the heaviest node's votes less."""
        left, right = self._left.term, self._right.term
        most = max(self.weights)
        return Theorem(
            "one node less costs at most the heaviest node's votes",
            (self._left, self._right),
            z3.Implies(at_most_one(right), self.votes(left) <= self.votes(left & ~right) + most),
            hints=tuple(
                added(has(left & ~right, index), b, a)
                for index, (a, b) in enumerate(self._bits(left, right))
            ),
        )

    @cached_property
    def only_voters_count(self) -> Theorem:
        """Nodes without a configured vote add nothing."""
        left, names = self._left.term, self.names
        voters = sum(1 << index for index, weight in enumerate(self.weights) if weight)
        counted = left & z3.BitVecVal(voters, len(names))
        return Theorem(
            "only nodes with a vote count",
            (self._left,),
            self.votes(left) <= self.votes(counted),
            hints=tuple(
                implies(has(left, index), has(counted, index))
                for index, weight in enumerate(self.weights)
                if weight
            ),
        )

    @cached_property
    def a_voter_has_votes(self) -> Theorem:
        """A set with a node that has a vote has votes."""
        left = self._left.term
        voters = [index for index, weight in enumerate(self.weights) if weight]
        return Theorem(
            "whoever is with a voter has a vote",
            (self._left,),
            z3.Implies(z3.Or(*(has(left, index) for index in voters)), self.votes(left) >= 1),
            hints=tuple(
                hint
                for index in voters
                for hint in (between(has(left, index)), present(has(left, index)))
            ),
        )

    @cached_property
    def odd_is_not_two(self) -> Theorem:
        """An odd number of nodes that have a vote each have not two votes between them."""
        left = self._left.term
        voters = [index for index, weight in enumerate(self.weights) if weight]
        odd = reduce(z3.Xor, [has(left, index) for index in voters], z3.BoolVal(False))
        return Theorem(
            "an odd number is not two",
            (self._left,),
            z3.Or(max(self.weights) > 1, z3.Not(odd), self.votes(left) != 2),
        )

    @cached_property
    def one_has_at_most(self) -> Theorem:
        """A single node has at most the heaviest node's votes."""
        left = self._left.term
        return Theorem(
            "one node has at most the heaviest node's votes",
            (self._left,),
            z3.Implies(at_most_one(left), self.votes(left) <= max(self.weights)),
            hints=(*self._each(between, left), *self._each(absent, left)),
        )

    @cached_property
    def whole_blocks_count(self) -> Theorem:
        """Whoever holds a whole block has all votes of it."""
        left = self._left.term
        blocks = [self._whole(left, block) for block in self.blocks]
        return Theorem(
            "a site that is there has all its votes",
            (self._left,),
            self.votes(left) >= total([votes * number(whole) for votes, whole, _ in blocks]),
            hints=tuple(
                implies(whole, has(left, index)) for _, whole, inside in blocks for index in inside
            )
            + tuple(self._each(between, left)),
        )

    @cached_property
    def blocks(self) -> tuple[tuple[str, ...], ...]:
        """The sets that fail together, and who is in none of them; no empty ones."""
        inside = set[str]().union(*self.fail_together)
        apart = tuple(name for name in self.names if name not in inside)
        return tuple(block for block in (*self.fail_together, apart) if block)

    def _whole(self, members: Members, block: Sequence[str]) -> tuple[int, Formula, Sequence[int]]:
        inside = [self.names.index(name) for name in block]
        bits = z3.BitVecVal(sum(1 << index for index in inside), len(self.names))
        return sum(self.weights[index] for index in inside), subset(bits, members), inside

    def _bits(self, left: Members, right: Members) -> Sequence[tuple[Formula, Formula]]:
        return [(has(left, index), has(right, index)) for index in range(len(self.names))]

    def _each(self, theorem: Theorem, members: Members) -> Sequence[Instance]:
        """A theorem about one Boolean, said of each node's being among `members`."""
        return [theorem(has(members, index)) for index in range(len(self.names))]

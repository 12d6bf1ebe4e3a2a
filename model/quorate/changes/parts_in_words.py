"""Parts of an action in words, so that a person can tell them apart, and the same rule in two
systems by the same words.

The words say which form a rule has and what it reads. Terms that are no variable are told by the
variables in them alone: two systems that compute a set in different ways read the same for it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

import z3

from quorate.changes.conjuncts import intersections, says_empty
from quorate.system import Action, Enumeration, Formula, System, Term
from quorate.system.terms import constants
from quorate.values import dataclass


def _by_name(_: Action, name: str) -> str:
    return name


@dataclass(frozen=True)
class Vocabulary:
    """What the variables of a system are called; by their names, if nothing is said.

    `called` is the word for a variable where it is looked at from an action: one word for those
    that each node, island or group has one of. Where a rule is told by what it reads, `summed_up`
    has a word for what is called several, and `unsaid` is what is not told, unless nothing else is
    read.
    """

    called: Callable[[Action, str], str] = _by_name
    summed_up: Mapping[str, str] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wording:
    """How the parts of `action`, one of `system`, are told in the words of `vocabulary`."""

    system: System
    action: Action
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def variable(self, name: str) -> str:
        return self.vocabulary.called(self.action, name)

    def formula(self, formula: Formula) -> str:
        """A part of a guard."""
        choice = self._choice(formula)
        if choice:
            return choice
        if z3.is_implies(formula):
            return f"{self.formula(formula.arg(1))} if {self.formula(formula.arg(0))}"
        if says_empty(formula):
            return self._emptiness(formula.arg(0))
        if z3.is_distinct(formula) and z3.is_bv_value(formula.arg(1)):
            return f"some {self._set(formula.arg(0))}"
        return f"that about {self._reads(formula)}"

    def _choice(self, formula: Formula) -> str:
        """Which of its values a variable has; empty for a formula that does not say that."""
        if not (z3.is_eq(formula) and _is_name(formula.arg(0)) and z3.is_bv_value(formula.arg(1))):
            return ""
        name = formula.arg(0).decl().name()
        variable = self.system.variable.get(name)
        if variable is None or not isinstance(variable.sort, Enumeration):
            return ""
        return f"{self.variable(name)} is {variable.sort.names[formula.arg(1).as_long()]}"

    def _emptiness(self, members: Term) -> str:
        """That a set is empty: if it is an intersection, that sets lie within others."""
        if members.decl().kind() != z3.Z3_OP_BAND:
            return f"no {self._set(members)}"
        factors = intersections(members)[0]
        inside = [factor for factor in factors if not _is_complement(factor)]
        outside = [factor.arg(0) for factor in factors if _is_complement(factor)]
        words = " and ".join(map(self._set, inside)) or "everything"
        return words + (f" within {self._union(outside)}" if outside else " is empty")

    def _set(self, members: Term) -> str:
        if _is_name(members):
            return self.variable(members.decl().name())
        reads = self._reads(members)
        return f"f({reads})" if reads else "a fixed set"

    def _union(self, sets: Sequence[Term]) -> str:
        if all(z3.is_const(members) for members in sets):
            return " or ".join(dict.fromkeys(map(self._set, sets)))
        return f"f({self._reads(*sets)})"

    def _reads(self, *terms: Term) -> str:
        summed_up = self.vocabulary.summed_up
        words = {self.variable(name) for name in constants(*terms)}
        words = {summed_up.get(word, word) for word in words}
        return ", ".join(sorted(words - self.vocabulary.unsaid or words))


def _is_name(term: Term) -> bool:
    """A variable or an input."""
    return bool(z3.is_const(term) and not z3.is_bv_value(term))


def _is_complement(members: Term) -> bool:
    return bool(members.decl().kind() == z3.Z3_OP_BNOT)

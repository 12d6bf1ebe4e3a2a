"""Whether a system, a lemma and a claim say anything, and the same to everybody.

A solver takes any constant that it is given, and an interpreter reads names. So a formula that
reads what is not there, or under a name what is of another sort, would mean one thing in a proof
and another in a run. The language has what models use; anything else is refused in one sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

import z3

from quorate.errors import EvidenceError
from quorate.system import (
    Action,
    Always,
    Ceases,
    Definition,
    EachStep,
    Formula,
    Instance,
    LeadsTo,
    Lemma,
    Property,
    System,
    Term,
    Theorem,
    Variable,
)
from quorate.system.speech import Speech
from quorate.values import dataclass


@dataclass(frozen=True)
class WellFormed:
    """Checks `system` and what is said of it; each check raises `EvidenceError`. A theorem is
    checked once, however many of its instances there are."""

    system: System
    _checked: dict[int, Theorem] = field(default_factory=dict, compare=False, repr=False)

    def check_system(self) -> None:
        """Formulas read variables, inputs where there are any, and nothing else; a definition reads
        its parameter; what stands in the place of another has its sort."""
        system = self.system
        for definition in system.definitions:
            _check_definition(definition)
        self._check_formulas("the first state", system.initial, system.variables)
        self.check_lemmas(system.lemmas)
        for action in system.actions:
            self._check_action(action)

    def check_lemmas(self, lemmas: Iterable[Lemma]) -> None:
        """They read variables only. An input would be taken for the input of each step, and the
        lemma be kept only by the steps of that choice. Where no function is defined none is to be
        written out."""
        for lemma in lemmas:
            place = f"the lemma {lemma.name!r}"
            self._check_formulas(place, [lemma.formula], self.system.variables)
            if lemma.written_out and not self.system.definitions:
                raise EvidenceError(f"{place} writes out functions where none is defined")

    def check_claim(self, claim: Property) -> None:
        """It reads variables only, or of a step also their values after it and the step's inputs;
        and it speaks of some step, and of none by an action that the system does not have."""
        variables = self.system.variables
        match claim:
            case Always():
                self._check_formulas("the property", [claim.formula], variables)
                self._check_instances("the property", claim.instances, variables)
            case EachStep():
                self._check_steps(claim.formulas)
            case LeadsTo():
                said = (claim.trigger, claim.goal, claim.waiting)
                self._check_formulas("the property", said, variables)
                self._check_instances("the property", claim.instances, variables)
                self._check_measure(claim.measure)
                self._check_actions((*claim.calm, *claim.fair))
            case Ceases():
                self._check_measure(claim.measure)
                self._check_actions((*claim.allowed, *claim.counted))

    @cached_property
    def _speech(self) -> Speech:
        return Speech(self.system.definitions)

    def _check_action(self, action: Action) -> None:
        place, variables = f"the action {action.name!r}", self.system.variables
        known = (*variables, *action.inputs)
        self._check_formulas(place, action.guard, known)
        self._check_instances(place, action.instances, known)
        self._check_terms(place, action.updates, self.system.variable, known)
        inputs = {variable.name: variable for variable in action.inputs}
        self._check_terms(f"a choice of {action.name!r}", action.choices, inputs, variables)

    def _check_steps(self, formulas: Mapping[str, Formula]) -> None:
        if not formulas:
            raise EvidenceError("the claim speaks of no step")
        self._check_actions(formulas)
        variables = self.system.variables
        after = tuple(Variable(f"{v.name}'", v.sort) for v in variables)
        for name, formula in formulas.items():
            known = (*variables, *after, *self.system.action[name].inputs)
            self._check_formulas(f"what is claimed of {name!r}", [formula], known)

    def _check_actions(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.system.action:
                raise EvidenceError(f"the claim speaks of an action that cannot happen: {name}")

    def _check_measure(self, measure: Sequence[Term]) -> None:
        self._check_read("the measure", measure, self.system.variables)
        if not all(z3.is_bv(term) for term in measure):
            raise EvidenceError("the measure is not made of sets")

    def _check_terms(
        self,
        place: str,
        terms: Mapping[str, Term],
        of: Mapping[str, Variable],
        known: Sequence[Variable],
    ) -> None:
        """The values of the variables that `terms` names."""
        self._check_read(place, terms.values(), known)
        for name, term in terms.items():
            # A choice may be named for an input that this action does not have.
            if name in of and term.sort() != of[name].term.sort():
                raise EvidenceError(f"{place} gives {name!r} a value of another sort")

    def _check_instances(
        self, place: str, instances: Sequence[Instance], known: Sequence[Variable]
    ) -> None:
        for instance in instances:
            self._check_theorem(instance.theorem)
            sorts = [variable.term.sort() for variable in instance.theorem.parameters]
            self._check_read(place, instance.arguments, known)
            if [argument.sort() for argument in instance.arguments] != sorts:
                name = instance.theorem.name
                raise EvidenceError(f"{place} says the theorem {name!r} of other sorts")

    def _check_theorem(self, theorem: Theorem) -> None:
        if id(theorem) in self._checked:
            return
        place = f"the theorem {theorem.name!r}"
        self._check_formulas(place, [theorem.statement], theorem.parameters)
        self._check_instances(place, theorem.hints, theorem.parameters)
        # It is kept, since what is thrown away leaves its identity to another.
        self._checked[id(theorem)] = theorem

    def _check_formulas(
        self, place: str, formulas: Sequence[Formula], known: Sequence[Variable]
    ) -> None:
        self._check_read(place, formulas, known)
        if not all(z3.is_bool(formula) for formula in formulas):
            raise EvidenceError(f"{place} says what is neither true nor false")

    def _check_read(self, place: str, terms: Iterable[Term], known: Iterable[Variable]) -> None:
        _check_read(self._speech, place, tuple(terms), tuple(known))


def _check_definition(definition: Definition) -> None:
    place = f"the definition of {definition.name!r}"
    _check_read(Speech(), place, (definition.body,), (definition.parameter,))
    if definition.body.sort() != definition.result.constant("value").sort():
        raise EvidenceError(f"{place} gives a value of another sort")


def _check_read(
    speech: Speech, place: str, terms: Sequence[Term], known: Sequence[Variable]
) -> None:
    if not all(isinstance(term, z3.ExprRef) for term in terms):
        raise EvidenceError(f"{place} holds what is no term")
    try:
        strange = speech.strange(terms, known)
    except TypeError as error:
        raise EvidenceError(f"{place} cannot be said: {error}") from error
    if strange:
        of_name = strange & {variable.name for variable in known}
        what = "under another sort than it has" if of_name else "what is not there"
        raise EvidenceError(f"{place} reads {what}: {', '.join(sorted(of_name or strange))}")

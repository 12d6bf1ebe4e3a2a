"""Systems, what is claimed of them, and lemmas, as data for JSON. Terms are SMT-LIB texts.

What obligations do not depend on, such as the verb of an action, is left out; otherwise
`quorate.system.reading` is the inverse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, TypeAlias

from quorate.system.actions import Action
from quorate.system.definitions import Definition, Instance, Theorem
from quorate.system.properties import Always, Ceases, EachStep, LeadsTo, Property
from quorate.system.smtlib import Writer
from quorate.system.systems import Lemma, System
from quorate.system.variables import (
    Bits,
    Boolean,
    Enumeration,
    Integer,
    Single,
    Sort,
    Term,
    Variable,
)
from quorate.values import dataclass

Data: TypeAlias = dict[str, Any]
"""What `json.dumps` writes."""


def _sort(sort: Sort) -> Any:
    match sort:
        case Boolean():
            return "boolean"
        case Integer():
            return "integer"
        case Enumeration(names):
            return {"one of": list(names)}
        case Bits(names):
            return {"some of": list(names)}
        case Single(names):
            return {"at most one of": list(names)}


@dataclass(frozen=True)
class Scribe:
    """Writes systems, properties and lemmas with one writer of terms."""

    writer: Writer = field(default_factory=Writer)

    def system(self, system: System) -> Data:
        used = [instance for action in system.actions for instance in action.instances]
        return {
            "name": system.name,
            "variables": [self._variable(variable) for variable in system.variables],
            "start": self._terms(system.initial),
            "actions": [self._action(action) for action in system.actions],
            "definitions": [self._definition(one) for one in system.definitions],
            "theorems": self._theorems(used),
            "lemmas": self.lemmas(system.lemmas),
        }

    def property(self, claim: Property) -> Data:
        match claim:
            case Always(name, formula, instances):
                return {
                    "kind": "always",
                    "name": name,
                    "formula": self._term(formula),
                    "instances": self._instances(instances),
                    "theorems": self._theorems(instances),
                }
            case EachStep(name, formulas):
                return {"kind": "each step", "name": name, "formulas": self._named(formulas)}
            case LeadsTo():
                return {
                    "kind": "leads to",
                    "name": claim.name,
                    "trigger": self._term(claim.trigger),
                    "goal": self._term(claim.goal),
                    "calm": list(claim.calm),
                    "fair": list(claim.fair),
                    "waiting": self._term(claim.waiting),
                    "measure": self._terms(claim.measure),
                    "instances": self._instances(claim.instances),
                    "theorems": self._theorems(claim.instances),
                }
            case Ceases(name, allowed, counted, measure):
                return {
                    "kind": "ceases",
                    "name": name,
                    "allowed": list(allowed),
                    "counted": list(counted),
                    "measure": self._terms(measure),
                }

    def lemmas(self, lemmas: Iterable[Lemma]) -> list[Data]:
        return [
            {
                "name": lemma.name,
                "stage": lemma.stage,
                "formula": self._term(lemma.formula),
                "written out": lemma.written_out,
            }
            for lemma in lemmas
        ]

    def _variable(self, variable: Variable) -> Data:
        return {"name": variable.name, "sort": _sort(variable.sort)}

    def _action(self, action: Action) -> Data:
        return {
            "name": action.name,
            "kind": action.kind.value,
            "inputs": [self._variable(variable) for variable in action.inputs],
            "subject": action.subject,
            "guard": self._terms(action.guard),
            "updates": self._named(action.updates),
            "instances": self._instances(action.instances),
            "choices": self._named(action.choices),
        }

    def _definition(self, definition: Definition) -> Data:
        return {
            "name": definition.name,
            "parameter": self._variable(definition.parameter),
            "result": _sort(definition.result),
            "body": self._term(definition.body),
        }

    def _theorems(self, used: Iterable[Instance]) -> list[Data]:
        """The theorems of the instances, after those that their hints are instances of."""
        theorems = dict[str, Theorem]()
        _collect(used, theorems)
        return [
            {
                "name": theorem.name,
                "parameters": [self._variable(variable) for variable in theorem.parameters],
                "statement": self._term(theorem.statement),
                "hints": self._instances(theorem.hints),
            }
            for theorem in theorems.values()
        ]

    def _instances(self, instances: Iterable[Instance]) -> list[Data]:
        return [
            {"theorem": instance.theorem.name, "of": self._terms(instance.arguments)}
            for instance in instances
        ]

    def _named(self, terms: Mapping[str, Term]) -> dict[str, str]:
        return {name: self._term(term) for name, term in terms.items()}

    def _terms(self, terms: Iterable[Term]) -> list[str]:
        return [self._term(term) for term in terms]

    def _term(self, term: Term) -> str:
        return self.writer.term(term)


def _collect(used: Iterable[Instance], theorems: dict[str, Theorem]) -> None:
    for theorem in (instance.theorem for instance in used):
        if theorem.name not in theorems:
            _collect(theorem.hints, theorems)
            theorems[theorem.name] = theorem
        elif theorem != theorems[theorem.name]:
            raise ValueError(f"two theorems have the name {theorem.name!r}")

"""Reads systems, what is claimed of them, and lemmas from what `quorate.system.writing` wrote.

What is read is written as the data that it was read from, and asks a solver the same. Raises
`ValueError`, `KeyError`, `TypeError` or `AttributeError` for what is no such data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

from quorate.system.actions import Action, ActionKind
from quorate.system.definitions import Definition, Instance, Theorem
from quorate.system.properties import Always, Ceases, EachStep, LeadsTo, Property
from quorate.system.smtlib import read
from quorate.system.systems import Lemma, System
from quorate.system.variables import (
    Bits,
    Boolean,
    Enumeration,
    Formula,
    Integer,
    Single,
    Sort,
    Term,
    Variable,
)
from quorate.system.writing import Data
from quorate.values import dataclass


def system_of(data: Data) -> System:
    """The system that was written as `data`."""
    variables = _variables(data["variables"])
    definitions = tuple(map(_definition_of, data["definitions"]))
    scope = _Scope(variables, definitions)
    theorems = scope.theorems(data["theorems"])
    inputs = [_variables(action["inputs"]) for action in data["actions"]]
    own, *steps = scope.terms_of_each(
        [(_texts(data), ()), *zip(map(_texts, data["actions"]), inputs, strict=True)]
    )
    actions = tuple(
        Action(
            name=str(action["name"]),
            kind=ActionKind(action["kind"]),
            guard=terms.all(action["guard"]),
            updates=terms.named(action["updates"]),
            inputs=chosen,
            subject=action["subject"],
            instances=terms.instances(action["instances"], theorems),
            choices=terms.named(action["choices"]),
        )
        for action, chosen, terms in zip(data["actions"], inputs, steps, strict=True)
    )
    return System(
        name=str(data["name"]),
        variables=variables,
        initial=own.all(data["start"]),
        actions=actions,
        lemmas=own.lemmas(data["lemmas"]),
        definitions=definitions,
    )


def lemmas_of(data: Sequence[Mapping[str, Any]], system: System) -> tuple[Lemma, ...]:
    """The lemmas about `system` that were written as `data`."""
    scope = _Scope(system.variables, system.definitions)
    return scope.terms(lemma["formula"] for lemma in data).lemmas(data)


def property_of(data: Data, system: System) -> Property:
    """The property of `system` that was written as `data`."""
    scope = _Scope(system.variables, system.definitions)
    name, kind = str(data["name"]), data["kind"]
    if kind == "each step":
        return EachStep(name, _formulas_of_steps(data["formulas"], system, scope))
    terms = scope.terms(_texts(data))
    theorems = scope.theorems(data.get("theorems", ()))
    match kind:
        case "always":
            instances = terms.instances(data["instances"], theorems)
            return Always(name, terms[data["formula"]], instances)
        case "leads to":
            return LeadsTo(
                name,
                terms[data["trigger"]],
                terms[data["goal"]],
                _names(data["calm"]),
                _names(data["fair"]),
                terms[data["waiting"]],
                terms.all(data["measure"]),
                terms.instances(data["instances"], theorems),
            )
        case "ceases":
            allowed, counted = _names(data["allowed"]), _names(data["counted"])
            return Ceases(name, allowed, counted, terms.all(data["measure"]))
    raise ValueError(f"{kind!r} is no kind of property")


def _formulas_of_steps(
    formulas: Mapping[str, str], system: System, scope: "_Scope"
) -> dict[str, Formula]:
    """What is claimed of each step, which may speak of its inputs and of the state after it."""
    after = tuple(Variable(f"{v.name}'", v.sort) for v in system.variables)
    parts = [([text], (*after, *system.action[name].inputs)) for name, text in formulas.items()]
    read_terms = scope.terms_of_each(parts)
    return {
        name: terms[text] for (name, text), terms in zip(formulas.items(), read_terms, strict=True)
    }


class _Terms(dict[str, Term]):
    """Terms by their text."""

    def all(self, texts: Iterable[str]) -> tuple[Term, ...]:
        return tuple(self[text] for text in texts)

    def named(self, texts: Mapping[str, str]) -> dict[str, Term]:
        return {name: self[text] for name, text in texts.items()}

    def lemmas(self, data: Iterable[Mapping[str, Any]]) -> tuple[Lemma, ...]:
        return tuple(
            Lemma(
                str(one["name"]),
                self[one["formula"]],
                _stage(one["stage"]),
                written_out=one["written out"] is True,
            )
            for one in data
        )

    def instances(
        self, data: Iterable[Data], theorems: Mapping[str, Theorem]
    ) -> tuple[Instance, ...]:
        return tuple(_instance(theorems[one["theorem"]], self.all(one["of"])) for one in data)


@dataclass(frozen=True)
class _Scope:
    """What terms may speak of wherever they stand."""

    variables: Sequence[Variable]
    definitions: Sequence[Definition]

    def terms(self, texts: Iterable[str]) -> _Terms:
        """The terms of these texts."""
        (terms,) = self.terms_of_each([(texts, ())])
        return terms

    def terms_of_each(
        self, parts: Iterable[tuple[Iterable[str], Sequence[Variable]]]
    ) -> list[_Terms]:
        """The terms of each part, which may speak of variables of its own besides. Parts that do
        not mean different things by a name are read at once."""
        batches: list[_Batch] = []
        placed = []
        for texts, variables in parts:
            if not batches or not batches[-1].admits(variables):
                batches.append(_Batch(dict(self._symbols)))
            batches[-1].add(texts, variables)
            placed.append(batches[-1])
        return [batch.terms for batch in placed]

    def theorems(self, data: Iterable[Data]) -> dict[str, Theorem]:
        """Theorems by name; each may have hints of those before it."""
        known = list(data)
        parameters = [_variables(one["parameters"]) for one in known]
        texts = [[one["statement"], *_arguments(one["hints"])] for one in known]
        bare = _Scope((), self.definitions)
        found: dict[str, Theorem] = {}
        for one, own, terms in zip(
            known, parameters, bare.terms_of_each(zip(texts, parameters, strict=True)), strict=True
        ):
            name, statement = str(one["name"]), terms[one["statement"]]
            found[name] = Theorem(name, own, statement, terms.instances(one["hints"], found))
        return found

    @cached_property
    def _symbols(self) -> Mapping[str, Any]:
        return {
            **{variable.name: variable.term for variable in self.variables},
            **{definition.name: definition.symbol for definition in self.definitions},
        }


@dataclass
class _Batch:
    """Texts that mean the same things by `symbols`."""

    symbols: dict[str, Any]
    texts: dict[str, None] = field(default_factory=dict)

    def admits(self, variables: Iterable[Variable]) -> bool:
        known = self.symbols
        return all(v.name not in known or known[v.name].eq(v.term) for v in variables)

    def add(self, texts: Iterable[str], variables: Iterable[Variable]) -> None:
        self.symbols |= {variable.name: variable.term for variable in variables}
        self.texts |= dict.fromkeys(texts)

    @cached_property
    def terms(self) -> _Terms:
        texts = list(self.texts)
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("a term is not a text")
        return _Terms(zip(texts, read(texts, self.symbols), strict=True))


def _texts(data: Data) -> Iterator[str]:
    """Every term in the data of a system, an action or a property, without those of its parts that
    have a name."""
    for key in ("formula", "trigger", "goal", "waiting"):
        if key in data:
            yield data[key]
    for key in ("start", "guard", "measure"):
        yield from data.get(key, ())
    for key in ("updates", "choices"):
        yield from data.get(key, {}).values()
    yield from _arguments(data.get("instances", ()))
    for lemma in data.get("lemmas", ()):
        yield lemma["formula"]


def _arguments(instances: Iterable[Data]) -> Iterator[str]:
    for instance in instances:
        yield from instance["of"]


def _variables(data: Iterable[Data]) -> tuple[Variable, ...]:
    return tuple(Variable(str(one["name"]), _sort_of(one["sort"])) for one in data)


def _definition_of(data: Data) -> Definition:
    (parameter,) = _variables([data["parameter"]])
    terms = _Scope((parameter,), ()).terms([data["body"]])
    return Definition(str(data["name"]), parameter, _sort_of(data["result"]), terms[data["body"]])


def _instance(theorem: Theorem, arguments: tuple[Term, ...]) -> Instance:
    sorts = [variable.term.sort() for variable in theorem.parameters]
    if [argument.sort() for argument in arguments] != sorts:
        raise ValueError(f"this is no instance of the theorem {theorem.name!r}")
    return theorem(*arguments)


def _names(data: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(str, data))


def _stage(data: Any) -> int:
    if type(data) is not int:
        raise ValueError(f"{data!r} is no stage")
    return data


def _sort_of(data: Any) -> Sort:
    match data:
        case "boolean":
            return Boolean()
        case "integer":
            return Integer()
        case {"one of": names}:
            return Enumeration(tuple(map(str, names)))
        case {"some of": names}:
            return Bits(tuple(map(str, names)))
        case {"at most one of": names}:
            return Single(tuple(map(str, names)))
    raise ValueError(f"{data!r} is no sort")

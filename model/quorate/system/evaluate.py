"""z3 expressions as plain Python functions over concrete values.

Replay, the explicit-state search and simulation run on these functions, so that they never pass
through the solver. Only the operators that models use are known; any other raises `TypeError`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import z3

from quorate.system.definitions import Definition
from quorate.system.terms import TermNode
from quorate.system.variables import Term, Value

_MODULE = "evaluate"


class Compiler:
    """Translates expressions into Python source, sharing common sub-expressions.

    `names` maps the name of a z3 constant to the Python expression that reads its value, and
    `functions` the name of a defined function to the Python name of its twin. Booleans become bool,
    bit-vectors and integers become int.
    """

    def __init__(self, names: Mapping[str, str], functions: Mapping[str, str]) -> None:
        self._names = names
        self._functions = functions
        self._known: dict[int, str] = {}
        self._alive: list[Any] = []
        self.lines: list[str] = []
        self.used: set[str] = set()

    def expression(self, term: Term) -> str:
        """A Python expression for `term`; the assignments it needs are appended to `lines`."""
        self._alive.append(term)
        root = TermNode.of(term)
        stack = [(root, root.identity)]
        while stack:
            node, identity = stack[-1]
            if identity in self._known:
                stack.pop()
                continue
            children = [(child, child.identity) for child in node.children]
            waiting = [child for child in children if child[1] not in self._known]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            arguments = [self._known[child] for _, child in children]
            self._known[identity] = self._assign(node, arguments)
        return self._known[root.identity]

    def _assign(self, node: TermNode, arguments: list[str]) -> str:
        source = self._operator(node, arguments)
        if not arguments:
            return source
        name = f"t{len(self.lines)}"
        self.lines.append(f"{name} = {source}")
        return name

    def _operator(self, node: TermNode, arguments: list[str]) -> str:
        kind = node.kind
        if kind == z3.Z3_OP_UNINTERPRETED:
            return self._uninterpreted(node.name, arguments)
        if kind in (z3.Z3_OP_ANUM, z3.Z3_OP_BNUM):
            return str(node.number)
        if kind in _CHAINS:
            return _CHAINS[kind].join(arguments) if arguments else _UNITS[kind]
        if kind in _TEMPLATES:
            return _TEMPLATES[kind].format(*arguments)
        if kind == z3.Z3_OP_DISTINCT:
            return f"len({{{', '.join(arguments)}}}) == {len(arguments)}"
        if kind == z3.Z3_OP_EXTRACT:
            high, low = node.parameters
            return f"({arguments[0]} >> {low}) & {(1 << (high - low + 1)) - 1}"
        if kind == z3.Z3_OP_CONCAT:
            widths = [child.width for child in node.children]
            parts, shift = [], sum(widths)
            for argument, width in zip(arguments, widths, strict=True):
                shift -= width
                parts.append(f"({argument} << {shift})")
            return " | ".join(parts)
        if kind in _MODULAR:
            joined = _MODULAR[kind].join(arguments)
            return f"({joined}) & {(1 << node.width) - 1}"
        if kind == z3.Z3_OP_BNOT:
            return f"{(1 << node.width) - 1} ^ {arguments[0]}"
        raise TypeError(f"cannot evaluate the operator {node.name!r}")

    def _uninterpreted(self, name: str, arguments: list[str]) -> str:
        if arguments:
            if name not in self._functions:
                raise TypeError(f"the expression uses {name!r}, which is not defined here")
            self.used.add(name)
            return f"{self._functions[name]}({', '.join(arguments)})"
        if name not in self._names:
            raise TypeError(f"the expression reads {name!r}, which is no variable here")
        return self._names[name]


_CHAINS = {
    z3.Z3_OP_AND: " and ",
    z3.Z3_OP_OR: " or ",
    z3.Z3_OP_ADD: " + ",
    z3.Z3_OP_SUB: " - ",
    z3.Z3_OP_MUL: " * ",
    z3.Z3_OP_BAND: " & ",
    z3.Z3_OP_BOR: " | ",
}

_UNITS = {z3.Z3_OP_AND: "True", z3.Z3_OP_OR: "False"}

_MODULAR = {z3.Z3_OP_BADD: " + ", z3.Z3_OP_BSUB: " - "}

_TEMPLATES = {
    z3.Z3_OP_TRUE: "True",
    z3.Z3_OP_FALSE: "False",
    z3.Z3_OP_NOT: "not {0}",
    z3.Z3_OP_IMPLIES: "(not {0}) or {1}",
    z3.Z3_OP_EQ: "{0} == {1}",
    z3.Z3_OP_XOR: "{0} != {1}",
    z3.Z3_OP_ITE: "{1} if {0} else {2}",
    z3.Z3_OP_UMINUS: "-{0}",
    z3.Z3_OP_BV2INT: "{0}",
    z3.Z3_OP_LE: "{0} <= {1}",
    z3.Z3_OP_LT: "{0} < {1}",
    z3.Z3_OP_GE: "{0} >= {1}",
    z3.Z3_OP_GT: "{0} > {1}",
    z3.Z3_OP_ULEQ: "{0} <= {1}",
    z3.Z3_OP_ULT: "{0} < {1}",
    z3.Z3_OP_UGEQ: "{0} >= {1}",
    z3.Z3_OP_UGT: "{0} > {1}",
}


Function: TypeAlias = Callable[..., Any]


def define(
    name: str, parameters: str, body: Sequence[str], functions: Mapping[str, Function]
) -> Function:
    """A Python function from generated source lines, with no names but its parameters' and those of
    `functions`."""
    source = f"def {name}({parameters}):\n" + "\n".join(f"    {line}" for line in body)
    scope: dict[str, Any] = {"__builtins__": {"len": len}, **functions}
    exec(compile(source, f"<{_MODULE}:{name}>", "exec"), scope)
    function: Function = scope[name]
    return function


@lru_cache(maxsize=64)
def _twin(definition: Definition) -> Function:
    """The Python twin of a defined function. Compiled once: models count in every guard."""
    compiler = Compiler({definition.parameter.name: "argument"}, {})
    result = compiler.expression(definition.body)
    return define("function", "argument", [*compiler.lines, f"return {result}"], {})


def evaluator(
    terms: Sequence[Term], definitions: Sequence[Definition] = ()
) -> Callable[[Mapping[str, Value]], tuple[Value, ...]]:
    """A function from a mapping of constants' names to values, to the values of `terms`."""
    names = {definition.name: f"function{i}" for i, definition in enumerate(definitions)}
    compiler = Compiler(_ByName(), names)
    results = [compiler.expression(term) for term in terms]
    body = [*compiler.lines, f"return ({', '.join(results)}{',' if results else ''})"]
    twins = {
        names[definition.name]: _twin(definition)
        for definition in definitions
        if definition.name in compiler.used
    }
    return define("values", "v", body, twins)


class _ByName(dict[str, str]):
    """Reads every constant from the mapping `v` that the generated function is given."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        return f"v[{name!r}]"

"""Mutants of helpers: functions that guards and updates are made with, one small part broken.

What is written in a guard, and can be dropped there, is only the surface of a rule: which groups
are avoided, which data is there, when a window is open is said in functions of their own. A helper
is broken in its source, and everything that is made while it is so is made with it broken, claims
as well; they notice, since they share no function with the rules.
"""

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from quorate.changes.mutants import Dropped, Part

_OF_GROUPS = (
    "clients",
    "configured_group",
    "failback",
    "failing",
    "failover",
    "group_state",
    "losses",
    "migration",
    "node_list",
    "operator",
    "placed_group",
    "required_data",
    "starting",
    "stopping",
    "surroundings",
    "updates",
    "volumes",
)
_OF_MEMBERSHIP = (
    "cuts",
    "disturbance",
    "forming",
    "quorum",
    "regroup",
    "running",
    "state",
)
MODULES = {
    "membership": tuple(f"quorate.windows.membership.{name}" for name in _OF_MEMBERSHIP),
    "groups": (
        *(f"quorate.windows.groups.{name}" for name in _OF_GROUPS),
        "quorate.cluster.groups",
    ),
}
"""Of each room, those in which its helpers are."""
NOT_RULES = {
    "bundles",
    "Group.online_at",
    "Group.avoids",
    "MembershipState.first_members",
    "MembershipState.isolated",
}
"""Which groups are looked at together, where a run begins, and what only a claim asks."""


@dataclass(frozen=True)
class Helper:
    """A function of a `room` with the part of `number` broken, in `words`."""

    room: str
    module: str
    name: str
    number: int
    words: str

    @property
    def part(self) -> Part:
        return Part(self.name, Dropped.HELPER, self.words)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """While it is broken."""
        function = _functions(importlib.import_module(self.module))[self.name]
        whole = function.__code__
        function.__code__ = _code(self)
        try:
            yield
        finally:
            function.__code__ = whole


@cache
def helpers() -> tuple[Helper, ...]:
    """All that can be broken, function by function."""
    return tuple(
        found
        for room, modules in MODULES.items()
        for module in modules
        for found in _of_module(room, module)
    )


def _of_module(room: str, name: str) -> Iterator[Helper]:
    module = importlib.import_module(name)
    for qualified, function in _functions(module).items():
        if qualified in NOT_RULES or _returns(function) not in _WORTH:
            continue
        for number, (words, _) in enumerate(_edits(_definition(_tree(module), qualified))):
            yield Helper(room, name, qualified, number, words)


_WORTH = {
    "dict[str, Term]",
    "Formula",
    "Members",
    "bool",
    "tuple[Formula, ...]",
    "list[Formula]",
    "Iterator[Formula]",
    "Candidates",
}
"""Sets and conditions are broken, and what collects them."""


def _returns(function: FunctionType) -> str:
    found = function.__annotations__.get("return", "")
    name = getattr(found, "__name__", str(found))
    tree = _definition(_tree(importlib.import_module(function.__module__)), function.__qualname__)
    return ast.unparse(tree.returns) if tree.returns is not None else name


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """Of the module and of its classes, by qualified name."""
    found: dict[str, FunctionType] = {}

    def add(one: Any) -> None:
        inner = getattr(one, "func", getattr(one, "fget", one))
        if isinstance(inner, FunctionType) and inner.__module__ == module.__name__:
            found[inner.__qualname__] = inner

    for one in vars(module).values():
        add(one)
        if inspect.isclass(one) and one.__module__ == module.__name__:
            for inner in vars(one).values():
                add(inner)
    return {name: one for name, one in found.items() if _is_written(module, name)}


def _is_written(module: ModuleType, name: str) -> bool:
    """Not made by a dataclass or an enumeration."""
    return any(found == name for found, _ in _definitions(_tree(module)))


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _definition(tree: ast.Module, name: str) -> ast.FunctionDef:
    return next(node for found, node in _definitions(tree) if found == name)


def _code(helper: Helper) -> CodeType:
    """The function's code with the part broken."""
    module = importlib.import_module(helper.module)
    tree = copy.deepcopy(_tree(module))
    edits = list(_edits(_definition(tree, helper.name)))
    edits[helper.number][1]()
    code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    return _named(code, helper.name)


def _named(code: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        inner = [const for const in code.co_consts if isinstance(const, CodeType)]
        code = next(const for const in inner if const.co_name == part)
    return code


Edit = tuple[str, Callable[[], None]]


def _edits(function: ast.FunctionDef) -> Iterator[Edit]:
    """Each way to break one part of it, in words and as a change of its tree."""
    returns = ast.unparse(function.returns) if function.returns is not None else ""
    for node in ast.walk(function):
        match node:
            case ast.Return(value=ast.expr() as value) if returns in _CONSTANTS:
                for words, code in _CONSTANTS[returns].items():
                    text = code.replace("it", f"({ast.unparse(value)})")
                    yield f"always {words}: {_short(value)}", _set(node, "value", text)
            case ast.BinOp(op=ast.BitAnd() | ast.BitOr(), left=left, right=right):
                yield f"without {_short(right)}", _become(node, left)
                yield f"without {_short(left)}", _become(node, right)
            case ast.For(iter=over) | ast.comprehension(iter=over):
                first = f"list({ast.unparse(over)})[:1]"
                yield f"only the first of {_short(over)}", _set(node, "iter", first)
            case ast.Compare(ops=[op]) if type(op) in _ONE_MORE:
                yield f"one more: {_short(node)}", _set_ops(node, _ONE_MORE[type(op)]())
            case _:
                pass


_CONSTANTS = {
    "Members": {"nothing": "it & 0", "everything": "it | -1"},
    # Of a value, and not of an expression, which may be another one when it is read again.
    "Formula": {
        "true": "(lambda told: told == told)(it)",
        "false": "(lambda told: told != told)(it)",
    },
}
_ONE_MORE: dict[type, type] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 48 else f"{text[:45]}..."


def _set(node: ast.AST, field: str, text: str) -> Callable[[], None]:
    return lambda: setattr(node, field, ast.parse(text, mode="eval").body)


def _set_ops(node: ast.Compare, op: ast.cmpop) -> Callable[[], None]:
    return lambda: setattr(node, "ops", [op])


def _become(node: ast.BinOp, other: ast.expr) -> Callable[[], None]:
    """The operation is one of its sides, united with itself."""

    def change() -> None:
        node.left = other
        node.right = copy.deepcopy(other)

    return change

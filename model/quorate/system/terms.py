"""What terms are made of, read with z3's C interface as plain numbers: its Python objects cost ten
times as much, and these walks are on the way to every answer."""

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import z3

from quorate.system.variables import Term


def _function(name: str, result: Any, *arguments: Any) -> Any:
    """A function of the library that z3 has loaded. Its own Python functions wrap each handle in an
    object and ask after every call whether it failed; none of those below fails for a term."""
    # Where z3's own Python functions have it.
    (wrapped,) = getattr(z3.z3core, name).__defaults__
    return ctypes.cast(wrapped.f, ctypes.CFUNCTYPE(result, *arguments))


_HANDLE, _NUMBER, _TEXT = ctypes.c_void_p, ctypes.c_uint, ctypes.c_char_p
_OF_ONE, _OF_PLACE = (_HANDLE, _HANDLE), (_HANDLE, _HANDLE, _NUMBER)

_IS_APPLICATION = _function("Z3_is_app", ctypes.c_bool, *_OF_ONE)
_COUNT = _function("Z3_get_app_num_args", _NUMBER, *_OF_ONE)
_ARGUMENT = _function("Z3_get_app_arg", _HANDLE, *_OF_PLACE)
_DECLARATION = _function("Z3_get_app_decl", _HANDLE, *_OF_ONE)
_KIND = _function("Z3_get_decl_kind", ctypes.c_int, *_OF_ONE)
_IDENTITY = _function("Z3_get_ast_id", _NUMBER, *_OF_ONE)
_SYMBOL = _function("Z3_get_decl_name", _HANDLE, *_OF_ONE)
_SYMBOL_KIND = _function("Z3_get_symbol_kind", ctypes.c_int, *_OF_ONE)
_SYMBOL_TEXT = _function("Z3_get_symbol_string", _TEXT, *_OF_ONE)
_PARAMETER_COUNT = _function("Z3_get_decl_num_parameters", _NUMBER, *_OF_ONE)
_PARAMETER = _function("Z3_get_decl_int_parameter", ctypes.c_int, *_OF_PLACE)
_DOMAIN_SIZE = _function("Z3_get_domain_size", _NUMBER, *_OF_ONE)
_DOMAIN = _function("Z3_get_domain", _HANDLE, *_OF_PLACE)
_RANGE = _function("Z3_get_range", _HANDLE, *_OF_ONE)
_SORT = _function("Z3_get_sort", _HANDLE, *_OF_ONE)
_SORT_KIND = _function("Z3_get_sort_kind", ctypes.c_int, *_OF_ONE)
_SORT_NAME = _function("Z3_get_sort_name", _HANDLE, *_OF_ONE)
_WIDTH = _function("Z3_get_bv_sort_size", _NUMBER, *_OF_ONE)
_NUMERAL = _function("Z3_get_numeral_string", _TEXT, *_OF_ONE)


class TermNode(NamedTuple):
    """One node of a term, as z3 keeps it; it lives no longer than the term it was read from."""

    context: int
    identity: int
    """Where z3 keeps the node, which is in one place only as long as it lives."""

    @classmethod
    def of(cls, term: Term) -> "TermNode":
        return cls(term.ctx.ref().value, term.as_ast().value)

    @property
    def ast(self) -> Any:
        """The node as z3's Python objects take it."""
        return z3.Ast.from_buffer(_HANDLE(self.identity))

    @property
    def children(self) -> "Sequence[TermNode]":
        """Raises `TypeError` for what only stands in quantifiers, and for these."""
        context, identity = self
        if not _IS_APPLICATION(context, identity):
            raise TypeError("the language does not have quantifiers")
        return [
            TermNode(context, _ARGUMENT(context, identity, place))
            for place in range(_COUNT(context, identity))
        ]

    @property
    def _declaration(self) -> int:
        return int(_DECLARATION(*self))

    @property
    def kind(self) -> int:
        """One of z3's Z3_OP_ numbers."""
        return int(_KIND(self.context, _DECLARATION(*self)))

    @property
    def function(self) -> int:
        """The identity of the function that is applied, as z3's Python objects give it."""
        return int(_IDENTITY(self.context, self._declaration))

    @property
    def _symbol(self) -> int:
        return int(_SYMBOL(self.context, self._declaration))

    @property
    def name(self) -> str:
        return _text(_SYMBOL_TEXT(self.context, self._symbol))

    @property
    def is_nameless(self) -> bool:
        """What z3 knows by a number instead of a name."""
        return bool(_SYMBOL_KIND(self.context, self._symbol) == z3.Z3_INT_SYMBOL)

    @property
    def parameters(self) -> Sequence[int]:
        """Those of the operator, such as the bounds of an extraction."""
        context, declaration = self.context, self._declaration
        count = _PARAMETER_COUNT(context, declaration)
        return [int(_PARAMETER(context, declaration, place)) for place in range(count)]

    @property
    def _sort(self) -> int:
        return int(_SORT(*self))

    @property
    def is_integer(self) -> bool:
        return bool(_SORT_KIND(self.context, self._sort) == z3.Z3_INT_SORT)

    @property
    def is_choice_of_numbers(self) -> bool:
        """One number or another, as a condition says."""
        return self.kind == z3.Z3_OP_ITE and self.is_integer

    @property
    def width(self) -> int:
        """The bits of a bit-vector."""
        return int(_WIDTH(self.context, self._sort))

    @property
    def sort(self) -> str:
        """The sort, as SMT-LIB writes it. Raises `TypeError` for one that no variable has."""
        return _sort(self.context, self._sort)

    @property
    def signature(self) -> Sequence[str]:
        """The sorts of the arguments of the function that is applied, and that of its value."""
        context, declaration = self.context, self._declaration
        count = _DOMAIN_SIZE(context, declaration)
        sorts = [_DOMAIN(context, declaration, place) for place in range(count)]
        return [_sort(context, sort) for sort in (*sorts, _RANGE(context, declaration))]

    @property
    def number(self) -> int:
        """The value of a numeral."""
        return int(_NUMERAL(*self))


def _sort(context: int, sort: int) -> str:
    match _SORT_KIND(context, sort):
        case z3.Z3_BOOL_SORT:
            return "Bool"
        case z3.Z3_INT_SORT:
            return "Int"
        case z3.Z3_BV_SORT:
            return f"(_ BitVec {_WIDTH(context, sort)})"
    name = _text(_SYMBOL_TEXT(context, _SORT_NAME(context, sort)))
    raise TypeError(f"the language does not have the sort {name}")


def _text(said: bytes) -> str:
    return said.decode("utf-8")


def constants(*terms: Term) -> frozenset[str]:
    """The names of the uninterpreted constants in `terms`."""
    found: set[str] = set()
    seen: set[int] = set()
    stack = [TermNode.of(term) for term in terms]
    while stack:
        node = stack.pop()
        identity = node.identity
        if identity not in seen:
            seen.add(identity)
            children = node.children
            stack.extend(children)
            if not children:
                found |= named(node)
    return frozenset(found)


def constants_of_each(terms: Sequence[Term]) -> Sequence[frozenset[str]]:
    """The names of the uninterpreted constants in each of `terms`; what they share is read once."""
    found: dict[int, frozenset[str]] = {}
    roots = [(node.identity, node) for node in map(TermNode.of, terms)]
    stack: list[tuple[int, TermNode | Sequence[int]]] = [*roots]
    while stack:
        identity, unread = stack.pop()
        if not isinstance(unread, TermNode):
            found[identity] = frozenset[str]().union(*(found[part] for part in unread))
        elif identity not in found:
            parts = [(part.identity, part) for part in unread.children]
            if parts:
                stack.append((identity, [part for part, _ in parts]))
                stack += [part for part in parts if part[0] not in found]
            else:
                found[identity] = named(unread)
    return [found[identity] for identity, _ in roots]


def named(leaf: TermNode) -> frozenset[str]:
    """The name of an uninterpreted constant; none for any other term without parts."""
    return frozenset([leaf.name]) if is_constant(leaf) else frozenset()


def is_constant(leaf: TermNode) -> bool:
    """A term without parts that can be anything."""
    return bool(leaf.kind == z3.Z3_OP_UNINTERPRETED)


def is_numeral(leaf: TermNode) -> bool:
    """A whole number, or one in bits."""
    kind = leaf.kind
    return bool(kind == z3.Z3_OP_BNUM or (kind == z3.Z3_OP_ANUM and leaf.is_integer))

"""What terms are made of, read with z3's C interface: its Python objects cost ten times as much,
and these walks are on the way to every answer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import z3

from quorate.system.variables import Term


class TermNode(NamedTuple):
    """One node of a term, as z3 keeps it; it lives no longer than the term it was read from."""

    context: Any
    ast: Any

    @classmethod
    def of(cls, term: Term) -> "TermNode":
        return cls(term.ctx.ref(), term.as_ast())

    @property
    def identity(self) -> int:
        return int(z3.Z3_get_ast_id(self.context, self.ast))

    @property
    def children(self) -> Sequence["TermNode"]:
        """Raises `TypeError` for what only stands in quantifiers, and for these."""
        context, ast = self
        if not z3.Z3_is_app(context, ast):
            raise TypeError("the language does not have quantifiers")
        count = z3.Z3_get_app_num_args(context, ast)
        return [TermNode(context, z3.Z3_get_app_arg(context, ast, place)) for place in range(count)]

    @property
    def _declaration(self) -> Any:
        return z3.Z3_get_app_decl(self.context, self.ast)

    @property
    def kind(self) -> int:
        """One of z3's Z3_OP_ numbers."""
        return int(z3.Z3_get_decl_kind(self.context, self._declaration))

    @property
    def function(self) -> int:
        """The identity of the function that is applied."""
        return int(z3.Z3_get_ast_id(self.context, self._declaration))

    @property
    def _symbol(self) -> Any:
        return z3.Z3_get_decl_name(self.context, self._declaration)

    @property
    def name(self) -> str:
        return str(z3.Z3_get_symbol_string(self.context, self._symbol))

    @property
    def is_nameless(self) -> bool:
        """What z3 knows by a number instead of a name."""
        return bool(z3.Z3_get_symbol_kind(self.context, self._symbol) == z3.Z3_INT_SYMBOL)

    @property
    def parameters(self) -> Sequence[int]:
        """Those of the operator, such as the bounds of an extraction."""
        declaration = self._declaration
        count = z3.Z3_get_decl_num_parameters(self.context, declaration)
        return [z3.Z3_get_decl_int_parameter(self.context, declaration, i) for i in range(count)]

    @property
    def _sort(self) -> Any:
        return z3.Z3_get_sort(self.context, self.ast)

    @property
    def is_integer(self) -> bool:
        return bool(z3.Z3_get_sort_kind(self.context, self._sort) == z3.Z3_INT_SORT)

    @property
    def is_choice_of_numbers(self) -> bool:
        """One number or another, as a condition says."""
        return self.kind == z3.Z3_OP_ITE and self.is_integer

    @property
    def width(self) -> int:
        """The bits of a bit-vector."""
        return int(z3.Z3_get_bv_sort_size(self.context, self._sort))

    @property
    def sort(self) -> str:
        """The sort, as SMT-LIB writes it. Raises `TypeError` for one that no variable has."""
        return _sort(self.context, self._sort)

    @property
    def signature(self) -> Sequence[str]:
        """The sorts of the arguments of the function that is applied, and that of its value."""
        context, declaration = self.context, self._declaration
        count = z3.Z3_get_domain_size(context, declaration)
        sorts = [z3.Z3_get_domain(context, declaration, place) for place in range(count)]
        return [_sort(context, sort) for sort in (*sorts, z3.Z3_get_range(context, declaration))]

    @property
    def number(self) -> int:
        """The value of a numeral."""
        return int(z3.Z3_get_numeral_string(self.context, self.ast))


def _sort(context: Any, sort: Any) -> str:
    match z3.Z3_get_sort_kind(context, sort):
        case z3.Z3_BOOL_SORT:
            return "Bool"
        case z3.Z3_INT_SORT:
            return "Int"
        case z3.Z3_BV_SORT:
            return f"(_ BitVec {z3.Z3_get_bv_sort_size(context, sort)})"
    name = z3.Z3_get_symbol_string(context, z3.Z3_get_sort_name(context, sort))
    raise TypeError(f"the language does not have the sort {name}")


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

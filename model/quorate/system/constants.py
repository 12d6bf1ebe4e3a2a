"""What a formula is made of, read with z3's C interface: its Python objects cost ten times as much,
and these walks are on the way to every answer."""

from collections.abc import Iterator
from typing import Any

import z3

from quorate.system.variables import Term


def constants(*terms: Term) -> frozenset[str]:
    """The names of the uninterpreted constants in `terms`."""
    names = set()
    for context, node, arity in _nodes(*terms):
        if arity == 0:
            declared = z3.Z3_get_app_decl(context, node)
            if z3.Z3_get_decl_kind(context, declared) == z3.Z3_OP_UNINTERPRETED:
                symbol = z3.Z3_get_decl_name(context, declared)
                names.add(z3.Z3_get_symbol_string(context, symbol))
    return frozenset(names)


def counts(term: Term) -> bool:
    """Whether whole numbers are computed anywhere in `term`."""
    return any(
        z3.Z3_get_sort_kind(context, z3.Z3_get_sort(context, z3.Z3_app_to_ast(context, node)))
        == z3.Z3_INT_SORT
        for context, node, _ in _nodes(term)
    )


def _nodes(*terms: Term) -> Iterator[tuple[Any, Any, int]]:
    """Every node below and including `terms`, each once: context, node, number of arguments."""
    if not terms:
        return
    context = terms[0].ctx.ref()
    seen: set[int] = set()
    stack = [term.as_ast() for term in terms]
    while stack:
        node = stack.pop()
        identifier = z3.Z3_get_ast_id(context, node)
        if identifier in seen:
            continue
        seen.add(identifier)
        application = z3.Z3_to_app(context, node)
        arity = z3.Z3_get_app_num_args(context, application)
        yield context, application, arity
        stack.extend(z3.Z3_get_app_arg(context, application, i) for i in range(arity))

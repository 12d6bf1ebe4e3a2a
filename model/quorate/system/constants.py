"""Which constants a formula reads."""

import z3

from quorate.system.variables import Term


def constants(*terms: Term) -> frozenset[str]:
    """The names of the uninterpreted constants in `terms`."""
    names: set[str] = set()
    seen: set[int] = set()
    stack = list(terms)
    while stack:
        node = stack.pop()
        identifier = node.get_id()
        if identifier in seen:
            continue
        seen.add(identifier)
        children = node.children()
        if children:
            stack.extend(children)
        elif node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            names.add(node.decl().name())
    return frozenset(names)

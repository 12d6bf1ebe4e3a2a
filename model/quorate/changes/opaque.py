"""Formulas in which numbers that are chosen by a condition are not looked into.

A sum over Booleans is a sum of such choices, 1 or 0. A solver that looks into them tries the
Booleans one by one, of which there are exponentially many cases, where what is known of each number
would settle the matter in one line of arithmetic. With a constant in place of each choice there is
nothing to try. What cannot be satisfied with any numbers at all cannot be satisfied with those that
are chosen.
"""

from itertools import count

import z3

from quorate.system.terms import TermNode, named
from quorate.system.variables import Formula


def opaque(*formulas: Formula) -> tuple[Formula, ...]:
    """`formulas` with a whole number of its own in place of each choice between numbers, the same
    in all of them; nothing else in them has its name. There must be a formula."""
    whole = z3.And(*formulas)
    choices, taken = list[TermNode](), set[str]()
    seen, stack = set[int](), [TermNode.of(whole)]
    while stack:
        node = stack.pop()
        identity = node.identity
        if identity in seen:
            continue
        seen.add(identity)
        if node.is_choice_of_numbers:
            choices.append(node)
            continue
        children = node.children
        stack.extend(reversed(children))
        if not children:
            taken |= named(node)
    names = (name for name in (f"number {place}" for place in count(1)) if name not in taken)
    pairs = [
        (z3.ArithRef(choice.ast, whole.ctx), z3.Int(name, whole.ctx))
        for choice, name in zip(choices, names, strict=False)
    ]
    return tuple(z3.substitute(whole, *pairs).children())

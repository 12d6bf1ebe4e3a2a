"""What terms speak of: the constants, by name and by sort, and whether the language has all that
they are made of.

Two constants of one name and of different sorts are two things to a solver and one to whoever reads
names, so a name alone is not believed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field

from quorate.system.definitions import Definition
from quorate.system.smtlib import OPERATORS
from quorate.system.terms import TermNode, is_constant, is_numeral
from quorate.system.variables import Term, Variable
from quorate.values import dataclass


@dataclass
class Speech:
    """Reads terms, each node once. Raises `TypeError` for what the language does not have: an
    operator, a quantifier, a function that `definitions` do not define."""

    definitions: Sequence[Definition] = ()
    _spoken: dict[int, frozenset[int]] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _functions: frozenset[int] = frozenset()
    # z3 gives the identity of a term that was freed to another.
    _alive: list[Term] = field(default_factory=list)

    def __post_init__(self) -> None:
        symbols = [definition.symbol for definition in self.definitions]
        self._functions = frozenset(symbol.get_id() for symbol in symbols)

    def strange(self, terms: Iterable[Term], variables: Iterable[Variable]) -> frozenset[str]:
        """The names of the constants in `terms` that are none of `variables`."""
        spoken = frozenset[int]().union(*map(self._read, terms))
        names = {self._names[identity] for identity in spoken}
        asked = (variable.term for variable in variables if variable.name in names)
        known = frozenset(TermNode.of(term).identity for term in asked)
        return frozenset(self._names[identity] for identity in spoken - known)

    def _read(self, term: Term) -> frozenset[int]:
        """The identities of the constants in `term`."""
        root = TermNode.of(term)
        spoken = self._spoken
        if root.identity not in spoken:
            self._alive.append(term)
        stack: list[tuple[TermNode, int, Sequence[int] | None]] = [(root, root.identity, None)]
        while stack:
            node, identity, read = stack.pop()
            if read is not None:
                spoken[identity] = frozenset[int]().union(*(spoken[part] for part in read))
            elif identity not in spoken:
                parts = [(part, part.identity) for part in node.children]
                if parts:
                    self._refuse_unknown(node)
                    stack.append((node, identity, [part for _, part in parts]))
                    stack += [(*part, None) for part in parts if part[1] not in spoken]
                else:
                    spoken[identity] = self._leaf(node, identity)
        return spoken[root.identity]

    def _refuse_unknown(self, node: TermNode) -> None:
        if node.kind not in OPERATORS and node.function not in self._functions:
            raise TypeError(f"the language does not have {node.name!r}")

    def _leaf(self, node: TermNode, identity: int) -> frozenset[int]:
        if is_constant(node):
            if node.is_nameless:
                raise TypeError("the language does not have constants without a name")
            self._names[identity] = node.name
            return frozenset([identity])
        if not is_numeral(node) and node.kind not in OPERATORS:
            raise TypeError(f"the language does not have {node.name!r}")
        return frozenset()

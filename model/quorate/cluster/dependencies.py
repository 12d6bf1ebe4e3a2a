"""What a resource needs before it may be online: an AND of ORs.

`dependency_text` reads it as Windows writes it.
"""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from quorate.values import dataclass

Clause = tuple[str, ...]


@dataclass(frozen=True)
class Dependency:
    """A conjunction of `clauses`, each a disjunction of names of resources; without clauses nothing
    is needed. A provider stands in one clause only (rule R5)."""

    clauses: tuple[Clause, ...] = ()

    @property
    def providers(self) -> tuple[str, ...]:
        """Every resource that is named, in the order in which it is."""
        return tuple(name for clause in self.clauses for name in clause)

    def satisfied_by(self, online: Collection[str]) -> bool:
        """Rules R3 and R4: of each clause at least one resource is online."""
        return all(any(name in online for name in clause) for clause in self.clauses)

    def __str__(self) -> str:
        """The text that `parse_dependency` reads."""
        if len(self.clauses) == 1:
            return " or ".join(f"[{name}]" for name in self.clauses[0])
        parts = (" or ".join(f"[{name}]" for name in clause) for clause in self.clauses)
        return " and ".join(f"({part})" for part in parts)


NOTHING = Dependency()
"""What a resource that needs no other depends on."""


def providers_first(needs: Mapping[str, Dependency]) -> tuple[str, ...]:
    """The resources in an order in which each comes after all that it names. Raises `CycleFound`
    where there is none."""
    graph = {name: dependency.providers for name, dependency in needs.items()}
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise CycleFound(tuple(reversed(error.args[1]))) from None


class CycleFound(ValueError):
    """Resources that wait for each other: each of `names` needs the next, the last is the first."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(" -> ".join(names))
        self.names = names

"""Names that have an order, and sets of them as sentences list them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from quorate.drawing.names import LISTED, LONGEST, distinct_forms, enumerated, quoted
from quorate.values import dataclass


@dataclass(frozen=True)
class OrderedNames:
    """Different names in their configured order, in which sets of them are always listed."""

    names: tuple[str, ...]

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        forms = distinct_forms(self.names, lambda text: len(text) <= LONGEST)
        return {name: quoted(form) for name, form in forms.items()}

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {name: index for index, name in enumerate(self.names)}

    def form(self, name: str) -> str:
        """One of the names as sentences write it."""
        return self._forms[name]

    def ordered(self, members: Collection[str]) -> list[str]:
        return [name for name in self.names if name in members]

    def by_order(self, sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
        """Sets of names, none of them empty, by their first members."""
        return sorted(sets, key=lambda members: min(map(self._position.__getitem__, members)))

    def listed(self, members: Collection[str]) -> str:
        """The members in words: "A, B and C", and where they are many "A to M and P", or "A to C,
        E, G and 13 others"."""
        ordered = self.ordered(members)
        if len(ordered) <= LISTED:
            return enumerated([self.form(name) for name in ordered])
        runs = self._runs(ordered)
        words = [self._run(run) for run in runs]
        if len(words) <= LISTED:
            return enumerated(words)
        return enumerated([*words[:3], f"{sum(map(len, runs[3:]))} others"])

    def _runs(self, ordered: Sequence[str]) -> list[list[str]]:
        """Names that follow each other in the order, three or more together."""
        runs: list[list[str]] = []
        for name in ordered:
            if runs and self._position[runs[-1][-1]] + 1 == self._position[name]:
                runs[-1].append(name)
            else:
                runs.append([name])
        pieces = ([run] if len(run) > 2 else [[name] for name in run] for run in runs)
        return [piece for several in pieces for piece in several]

    def _run(self, run: Sequence[str]) -> str:
        first = self.form(run[0])
        return first if len(run) == 1 else f"{first} to {self.form(run[-1])}"

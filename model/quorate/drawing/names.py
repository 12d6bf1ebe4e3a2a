"""How the cluster's own names are written: whatever they contain, readable and told apart."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from quorate.cluster import Cluster

LONGEST = 40
"""Longer names are shortened in the middle, where generated names differ least."""

LISTED = 6
"""Lists of more names than this are abbreviated."""

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def escaped(text: str) -> str:
    """`text` with everything that cannot be seen written as a Python escape. Also what reorders
    text (bidirectional controls), so that no name can pass for another."""
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character == " " or unicodedata.category(character) not in INVISIBLE:
        return character
    code = ord(character)
    plain = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return ESCAPES.get(character, plain if code < 0x10000 else f"\\U{code:08x}")


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """`text`, or its two ends with an ellipsis between them, as much as `fits`."""
    if fits(text):
        return text
    for kept in range(len(text) - 1, 1, -1):
        head = (kept + 1) // 2
        candidate = f"{text[:head]}…{text[len(text) - (kept - head) :]}"
        if fits(candidate):
            return candidate
    return f"{text[:1]}…"


def told_apart(names: Sequence[str], fits: Callable[[str], bool]) -> dict[str, str]:
    """A visible form of each of the different `names` that `fits`, no two alike. Names that would
    look the same carry their position in the configured order."""
    numbered: set[str] = set()
    while True:
        forms = {
            name: _form(name, f" (#{number})" if name in numbered else "", fits)
            for number, name in enumerate(names, 1)
        }
        looks = {name: unicodedata.normalize("NFKC", form) for name, form in forms.items()}
        common = Counter(looks.values())
        alike = {name for name, look in looks.items() if common[look] > 1} - numbered
        if not alike:
            return forms
        numbered |= alike


def _form(name: str, suffix: str, fits: Callable[[str], bool]) -> str:
    return shortened(escaped(name), lambda text: fits(text + suffix)) + suffix


def quoted(form: str) -> str:
    """`form` in quotation marks where a sentence would otherwise swallow it."""
    words = f" {form} "
    plain = (
        form == form.strip()
        and "  " not in form
        and not form.isdigit()
        and not any(mark in form for mark in ',;:"')
        and " and " not in words
        and " to " not in words
    )
    return form if plain else '"' + form.replace('"', '\\"') + '"'


@dataclass(frozen=True)
class Names:
    """The names of one cluster, as sentences write them. Sets are always told in configured
    order."""

    cluster: Cluster

    @cached_property
    def _nodes(self) -> dict[str, str]:
        forms = told_apart(self.cluster.node_names, lambda text: len(text) <= LONGEST)
        return {name: quoted(form) for name, form in forms.items()}

    @cached_property
    def _sites(self) -> dict[str, str]:
        sites = [site.name for site in self.cluster.sites]
        forms = told_apart(sites, lambda text: len(text) <= LONGEST)
        return {name: quoted(form) for name, form in forms.items()}

    def node(self, name: str) -> str:
        return self._nodes[name]

    def site(self, name: str) -> str:
        return self._sites[name]

    def ordered(self, members: Collection[str]) -> list[str]:
        return [name for name in self.cluster.node_names if name in members]

    def by_order(self, sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
        """Sets of nodes by their first members."""
        position = {name: index for index, name in enumerate(self.cluster.node_names)}
        return sorted(sets, key=lambda members: min(map(position.__getitem__, members)))

    def listed(self, members: Collection[str]) -> str:
        """The members in words: "A, B and C", and where they are many "A to M and P", or "A to C,
        E, G and 13 others"."""
        ordered = self.ordered(members)
        if len(ordered) <= LISTED:
            return enumerated([self.node(name) for name in ordered])
        runs = self._runs(ordered)
        words = [self._run(run) for run in runs]
        if len(words) <= LISTED:
            return enumerated(words)
        return enumerated([*words[:3], f"{sum(map(len, runs[3:]))} others"])

    def _runs(self, ordered: Sequence[str]) -> list[list[str]]:
        """Names that follow each other in configured order, three or more together."""
        position = {name: index for index, name in enumerate(self.cluster.node_names)}
        runs: list[list[str]] = []
        for name in ordered:
            if runs and position[runs[-1][-1]] + 1 == position[name]:
                runs[-1].append(name)
            else:
                runs.append([name])
        pieces = ([run] if len(run) > 2 else [[name] for name in run] for run in runs)
        return [piece for several in pieces for piece in several]

    def _run(self, run: Sequence[str]) -> str:
        first = self.node(run[0])
        return first if len(run) == 1 else f"{first} to {self.node(run[-1])}"


def enumerated(words: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def witness_name(cluster: Cluster) -> str:
    """The witness's name as sentences write it; empty without a witness."""
    if cluster.witness is None:
        return ""
    name = escaped(cluster.witness.name)
    return quoted(shortened(name, lambda text: len(text) <= LONGEST))


def written(text: str) -> str:
    """Free text, such as a title or a cluster's name, on one line of visible characters."""
    return shortened(escaped(text), lambda form: len(form) <= 4 * LONGEST)

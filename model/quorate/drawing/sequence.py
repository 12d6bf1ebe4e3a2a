"""A run as text that other tools draw: a sequence diagram of Mermaid, and a log of ShiViz."""

import json
import re
from collections.abc import Sequence

from quorate.drawing.names import escaped
from quorate.values import dataclass


@dataclass(frozen=True)
class Spoken:
    """A step in a sentence, and of whom it speaks; of nobody, it is of all."""

    who: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Sequenced:
    """The steps of a run, the start first, among `lanes`; `loop_start` is the step after which all
    repeats."""

    title: str
    lanes: tuple[str, ...]
    steps: Sequence[Spoken]
    end: str
    loop_start: int | None = None

    def mermaid(self) -> str:
        """What repeats for ever stands in a frame."""
        lines = ["sequenceDiagram", f"    title {_plain(self.title)}"]
        lines += [f"    participant n{i} as {_plain(n)}" for i, n in enumerate(self.lanes)]
        for number, step in enumerate(self.steps):
            lines.append(f"    Note over {self._over(step)}: {_plain(step.sentence)}")
            if number == self.loop_start:
                lines.append("    loop for ever")
        if self.loop_start is not None:
            if self.loop_start == len(self.steps) - 1:
                lines.append(f"    Note over {self._over(Spoken((), ''))}: nothing more happens")
            lines.append("    end")
        lines.append(f"    Note over {self._over(Spoken((), ''))}: {_plain(self.end)}")
        return "\n".join(lines) + "\n"

    def _over(self, step: Spoken) -> str:
        places = sorted(self.lanes.index(name) for name in step.who if name in self.lanes)
        ends = (places[0], places[-1]) if places else (0, len(self.lanes) - 1)
        return ",".join(f"n{place}" for place in dict.fromkeys(ends))

    def shiviz(self) -> str:
        """A line for the clock and one for the event, in the form `(?<host>\\S*) (?<clock>{.*})\\n
        (?<event>.*)`. One step comes after the other, so each knows of all before it."""
        clock: dict[str, int] = {}
        lines = []
        for step in self.steps:
            host = _host(next((n for n in step.who if n in self.lanes), self.lanes[0]))
            clock[host] = clock.get(host, 0) + 1
            lines += [f"{host} {json.dumps(clock)}", escaped(step.sentence)]
        return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without what ends a line or begins something in Mermaid."""
    return re.sub(r"[;#{}<>]", lambda found: f"#{ord(found[0])};", escaped(text))


def _host(name: str) -> str:
    return re.sub(r"\s+", "_", escaped(name))

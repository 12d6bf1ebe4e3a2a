"""What stands above a run, whatever it is a run of and however it is shown."""

from collections.abc import Iterator

from quorate.drawing.names import escaped, written
from quorate.values import dataclass


@dataclass(frozen=True)
class Heading:
    """The `title` says which claim is refuted and in how many steps, `claim` what it claims and
    `why` that matters, where that is known; `deviation` what is broken on purpose, `assuming`
    what is assumed beside the usual, empty for nothing."""

    title: str
    cluster: str
    claim: str = ""
    why: str = ""
    deviation: str | None = None
    assuming: str = ""

    def lines(self) -> Iterator[tuple[str, str]]:
        """What is said below the title, each with what it is; nothing that the title says."""
        yield "cluster", written(self.cluster)
        if self.claim:
            yield "claim", escaped(self.claim)
        if self.why:
            yield "why it matters", escaped(self.why)
        yield from self.rules()

    def rules(self) -> Iterator[tuple[str, str]]:
        """Which rules the run follows."""
        if self.deviation:
            if self.deviation not in self.title:
                yield "broken on purpose", written(self.deviation)
        else:
            beside = f", and {escaped(self.assuming)}" if self.assuming else ""
            yield "rules", f"as they are{beside}"

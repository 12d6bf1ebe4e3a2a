"""How a run is laid out for the terminal, whatever it is a run of."""

from collections.abc import Sequence

from quorate.drawing.names import written


def numbered(entries: Sequence[Sequence[str]]) -> list[str]:
    """The sentences of each entry on a line that begins with its number, from 0."""
    width = len(str(len(entries) - 1))
    return [f"{number:>{width}}. {' '.join(said)}" for number, said in enumerate(entries)]


def page(headline: str, cluster: str, deviation: str | None, lines: Sequence[str]) -> str:
    """Headline, the name of the cluster, what is broken on purpose, and the lines."""
    head = [headline, f"cluster: {written(cluster)}"]
    if deviation:
        head.append(f"broken on purpose: {written(deviation)}")
    return "\n".join([*head, "", *lines]) + "\n"

"""The head of a picture: the claim, the cluster, and what is broken on purpose."""

from quorate.drawing.metrics import wrapped
from quorate.drawing.names import written
from quorate.drawing.palette import TEXT
from quorate.drawing.shapes import Block, Words

TITLE, SUBTITLE = 15.0, 11.0


def headline(text: str, cluster: str, deviation: str | None, width: float) -> Block:
    """`deviation` is said unless the claim's own words in `text` say it."""
    title = wrapped(text, width, TITLE, bold=True)
    head = Words("title", 0, 0, width, title, TITLE, bold=True, left=True)
    said = [f"Cluster: {written(cluster)}"]
    if deviation and deviation not in text:
        said.append(f"Broken on purpose: {written(deviation)}")
    lines = tuple(line for one in said for line in wrapped(one, width, SUBTITLE))
    below = Words("subtitle", 0, head.height + 2, width, lines, SUBTITLE, color=TEXT, left=True)
    return Block(width, head.height + 2 + below.height, (head, below))

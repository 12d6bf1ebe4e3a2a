"""A story as one picture: a panel a moment in reading order, and at the end the violated fact."""

from quorate.drawing.banner import banner
from quorate.drawing.headline import headline
from quorate.drawing.metrics import text_width
from quorate.drawing.palette import CHANGED, DOWN_FILL, DOWN_TEXT, FAINT, FRAME, TEAMS
from quorate.drawing.shapes import Block, Box, Shape, Words, column, dot_source, row
from quorate.windows.membership.picture.panel import WIDTH, Panel, assembled, panel
from quorate.windows.membership.picture.scene import MARK, Scene
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.words.sentences import Wording
from quorate.windows.membership.words.text import story_headline

GAP = 10.0
TITLE, SUBTITLE = 15.0, 11.0


def dot(story: Story) -> str:
    """The counterexample as DOT source. The same story always gives the same text."""
    scene, wording = Scene(story), Wording(story)
    panels = [panel(scene, wording, entry) for entry in explain(story)]
    columns = _columns(len(panels))
    width = columns * (WIDTH + GAP) - GAP
    rows = [_row(panels[start : start + columns]) for start in range(0, len(panels), columns)]
    free = width - rows[-1].width - GAP
    fact = banner(wording, conclude(story), free if free > 0 else width)
    rows = [*rows[:-1], row([rows[-1], fact], GAP)] if free > 0 else [*rows, fact]
    title = headline(story_headline(story), story.cluster.name, story.deviation, width)
    blocks = [title, *rows, _legend(scene, width)]
    return dot_source(story_headline(story), column(blocks, GAP))


def _columns(panels: int) -> int:
    """Two panels a row for two or four, else three: readable at the width of a page."""
    return 2 if panels in {2, 4} else min(panels, 3)


def _row(panels: list[Panel]) -> Block:
    heading = max(part.heading.height for part in panels)
    body = max(part.body.height for part in panels)
    return row([assembled(part, heading, body) for part in panels], GAP)


def _legend(scene: Scene, width: float) -> Block:
    """What the looks mean; only those that occur."""
    situations = [moment.situation for moment in scene.story.moments]
    team = TEAMS[0]
    items: list[tuple[str, Box]] = [
        ("runs the cluster", Box("", 0, 0, 0, 0, team.fill)),
        ("listens: up, but runs no cluster", Box("", 0, 0, 0, 0)),
        ("down", Box("", 0, 0, 0, 0, DOWN_FILL, FRAME, style="dashed")),
        (
            "network: nodes connected to each other",
            Box("", 0, 0, 0, 0, FAINT, FRAME, style="rounded"),
        ),
        ("changed in this step", Box("", 0, 0, 0, 0, "white", CHANGED, 2.6)),
    ]
    shown = [
        True,
        any(situation.up - situation.running for situation in situations),
        any(situation.up < set(scene.cluster.node_names) for situation in situations),
        True,
        len(situations) > 1,
    ]
    shapes: list[Shape] = []
    x, y = 0.0, 0.0
    for number, ((text, look), show) in enumerate(zip(items, shown, strict=True)):
        if not show:
            continue
        wide = 18 + 5 + text_width(text, MARK) + 16
        if x and x + wide - 16 > width:
            x, y = 0.0, y + 16
        key = f"legend {number}"
        shapes.append(Box(key, x, y, 18, 12, look.fill, look.stroke, look.pen, look.style))
        shapes.append(
            Words(
                f"{key} words",
                x + 23,
                y + 0.6,
                wide - 39,
                (text,),
                MARK,
                color=DOWN_TEXT,
                left=True,
            )
        )
        x += wide
    return Block(width, y + 12, tuple(shapes))


__all__ = ["WIDTH", "dot"]

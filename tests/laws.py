"""The laws of every picture, whatever it is of: read off the shapes that it is made of, and off
what Graphviz made of it."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from xml.etree import ElementTree

from pictured import SVG
from quorate.drawing.metrics import DEJAVU, DEJAVU_BOLD, HELVETICA, HELVETICA_BOLD
from quorate.drawing.shapes import Block, Box, Line, Shape, Words

FONTS: Mapping[str, Mapping[bool, Mapping[str, int]]] = {
    "Liberation": {False: HELVETICA, True: HELVETICA_BOLD},
    "DejaVu": {False: DEJAVU, True: DEJAVU_BOLD},
}
PAGE = 510.0
"""The width of an A4 page between its margins, in points."""

LEAST = 7.0
"""The smallest letters that can be read in print."""

NEUTRAL = 20.0
"""How far from grey a colour may be and still mean nothing."""

Rect = tuple[float, float, float, float]


def line_width(line: str, size: float, bold: bool, font: str) -> float:
    table = FONTS[font][bold]
    return sum(table.get(c, 278 if c == "\xa0" else 1050) for c in line) * size / 1000


def rect(words: Words, font: str) -> Rect:
    """Where the letters are: left, top, right, bottom."""
    wide = max((line_width(line, words.size, words.bold, font) for line in words.lines), default=0)
    left = words.x if words.left else words.x + (words.width - wide) / 2
    return left, words.y, left + wide, words.y + words.height


def broken_by(block: Block) -> list[str]:
    """What is against the laws, for whoever reads it; none where all is well."""
    return [*_outside(block), *_crowded(block), *_without_meaning(block), *_pale(block)]


def _outside(block: Block) -> Iterator[str]:
    boxes = [shape for shape in block.shapes if isinstance(shape, Box)]
    for words in _words(block.shapes):
        for font in FONTS:
            left, top, right, bottom = rect(words, font)
            if right > block.width + 1 or left < -1 or bottom > block.height + 2:
                yield f"{words.lines} leaves the picture in {font}"
            for box in boxes:
                inside = _contains(box, (left + right) / 2, (top + bottom) / 2)
                if inside and (left < box.x - 0.5 or right > box.right + 0.5):
                    yield f"{words.lines} leaves {box.key} in {font}"
                if inside and (top < box.y - 1.5 or bottom > box.bottom + 1.5):
                    yield f"{words.lines} is higher than {box.key}"


def _contains(box: Box, x: float, y: float) -> bool:
    return box.x < x < box.right and box.y < y < box.bottom and box.height > 1


def _crowded(block: Block) -> Iterator[str]:
    """Letters on letters, or a line through them."""
    several = list(_words(block.shapes))
    for one, other in combinations(several, 2):
        if _meet(_shrunk(rect(one, "DejaVu")), _shrunk(rect(other, "DejaVu"))):
            yield f"{one.lines} is written over {other.lines}"
    for line in (shape for shape in block.shapes if isinstance(shape, Line)):
        for words in several:
            for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
                way = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
                if _meet(_shrunk(rect(words, "Liberation")), way):
                    yield f"a line goes through {words.lines}"


def _shrunk(found: Rect) -> Rect:
    left, top, right, bottom = found
    return left + 1, top + 2, right - 1, bottom - 2


def _meet(one: Rect, other: Rect) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


def _without_meaning(block: Block) -> Iterator[str]:
    """Every look that is told from others by more than grey has a meaning, and every meaning that
    occurs is in the legend, once, and nothing else is."""
    legend = [w.lines for w in _words(block.shapes) if re.fullmatch(r"legend \d+ words", w.key)]
    drawn = [s for s in block.shapes if not isinstance(s, Words) and not _is_sample(s)]
    meant = {s.meaning.words for s in drawn if s.meaning is not None}
    said = [" ".join(lines) for lines in legend]
    if sorted(said) != sorted(meant):
        yield f"the legend has {sorted(set(said) ^ meant)} too many or too few"
    known = {_look(s) for s in drawn if isinstance(s, Box) and s.meaning is not None}
    fills = {s.fill for s in drawn if isinstance(s, Box) and s.meaning is not None}
    for shape in drawn:
        if isinstance(shape, Box) and shape.meaning is None and _look(shape) not in known:
            colours = [c for c in (shape.fill, shape.stroke) if not _is_grey(c)]
            if set(colours) - fills and not shape.key.endswith(("reasons",)):
                yield f"{shape.key} has a look without a meaning: {colours}"


def _is_sample(shape: Shape) -> bool:
    return isinstance(shape, Box | Words) and shape.key.startswith("legend ")


def _look(box: Box) -> tuple[str, str, str, str]:
    return box.fill, box.stroke, box.style, box.shape


def _pale(block: Block) -> Iterator[str]:
    """Letters have 4.5 to 1 on the last box that was filled beneath them."""
    boxes = [s for s in block.shapes if isinstance(s, Box) and s.fill != "transparent"]
    for words in _words(block.shapes):
        left, top, right, bottom = rect(words, "Liberation")
        beneath = [b for b in boxes if _contains(b, (left + right) / 2, (top + bottom) / 2)]
        ground = beneath[-1].fill if beneath else "white"
        if contrast(words.color, ground) < 4.5:
            yield f"{words.lines}, {words.color} on {ground}, is too pale"


def _words(shapes: Sequence[Shape]) -> Iterator[Words]:
    return (shape for shape in shapes if isinstance(shape, Words) and shape.lines)


_NAMED = {"black": "#000000", "white": "#FFFFFF"}


def _rgb(color: str) -> tuple[int, int, int]:
    code = _NAMED.get(color, color)
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _is_grey(color: str) -> bool:
    if color == "transparent":
        return True
    return max(_rgb(color)) - min(_rgb(color)) <= NEUTRAL


def contrast(one: str, other: str) -> float:
    """As WCAG counts it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = [part / 255 for part in _rgb(color)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_small(block: Block) -> list[str]:
    """Letters of less than 7 points where the picture is as wide as a page, or as high."""
    scale = min(1.0, PAGE / (block.width + 12))
    return [
        f"{words.lines} in {words.size * scale:.1f} points"
        for words in _words(block.shapes)
        if words.size * scale < LEAST
    ]


def not_accessible(picture: str) -> list[str]:
    """What a reader that speaks, or a page that has the picture in it, would stumble over."""
    root = ElementTree.fromstring(picture)
    found = []
    if root.get("role") != "img" or root.get("lang") != "en":
        found.append("no role or no language")
    first = [child.tag for child in root][:2]
    if first != [f"{SVG}title", f"{SVG}desc"] or not all((c.text or "").strip() for c in root[:2]):
        found.append("no title or no description at the root")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    if len(ids) != len(set(ids)):
        found.append("an id twice")
    if "<!DOCTYPE" in picture or "<script" in picture:
        found.append("a document type or a script")
    return found


def description(picture: str) -> str:
    found = re.search(r"<desc>(.*?)</desc>", picture, re.DOTALL)
    return html.unescape(found[1]) if found is not None else ""

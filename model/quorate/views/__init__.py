"""How a result reads: text, data, a picture and a table, all pure functions of values."""

from quorate.views.data import story_data
from quorate.views.diagram import dot
from quorate.views.layout import LayoutError, svg
from quorate.views.story import Story
from quorate.views.table import Row, plain_table, rich_table
from quorate.views.text import story_lines, story_text

__all__ = [
    "LayoutError",
    "Row",
    "Story",
    "dot",
    "plain_table",
    "rich_table",
    "story_data",
    "story_lines",
    "story_text",
    "svg",
]

"""A story for the terminal: numbered lines, one a step. The terminal wraps them."""

from quorate.drawing.grammar import number_of
from quorate.drawing.names import written
from quorate.drawing.page import numbered, page
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.words.sentences import Wording


def story_entries(story: Story) -> list[list[str]]:
    """The sentences of each entry: the start, every step, and at last the violated fact."""
    wording = Wording(story)
    entries = [wording.entry(entry) for entry in explain(story)]
    return [*entries, wording.conclusion(conclude(story))]


def story_headline(story: Story) -> str:
    """The claim, and in how many steps it is refuted."""
    steps = number_of(story.steps, "step")
    return f"{written(story.title)}: REFUTED in {steps}"


def story_lines(story: Story) -> list[str]:
    """The entries as lines "0. ..." to "n. ...": number 0 is the start, a step has the number that
    its panel in the diagram has, the last line is what they come to."""
    return numbered(story_entries(story))


def story_text(story: Story) -> str:
    """Headline, cluster, what is broken on purpose, and the numbered lines."""
    lines = story_lines(story)
    return page(story_headline(story), story.cluster, story.deviation, lines)

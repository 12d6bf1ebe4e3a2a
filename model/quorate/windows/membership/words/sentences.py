"""All sentences of a story: start, steps, end, and the captions of its picture."""

from dataclasses import dataclass
from functools import cached_property

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.windows.membership.reasons.reasons import Conclusion, Entry
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.words.captions import caption
from quorate.windows.membership.words.ending import ending
from quorate.windows.membership.words.opening import opening
from quorate.windows.membership.words.steps import Steps


@dataclass(frozen=True)
class Wording:
    story: Story

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.story)

    def entry(self, entry: Entry) -> list[str]:
        """All that is to be said of a step, or of the start."""
        if entry.event is None:
            return list(opening(self._steps, entry))
        return list(self._steps.step(entry))

    def caption(self, entry: Entry) -> str:
        """The step, or the start, in short."""
        return caption(self._steps, entry)

    def broken(self) -> str:
        """The violated fact as a sentence."""
        return capital(written(self.story.broken)) + "."

    def shown(self, conclusion: Conclusion) -> list[str]:
        """What makes it one in the final situation."""
        said = list(ending(self._steps, conclusion))
        if self.story.loop_start is not None:
            said.append(f"From here all repeats as after step {self.story.loop_start}, for ever.")
        return said

    def conclusion(self, conclusion: Conclusion) -> list[str]:
        """The violated fact, and what makes it one."""
        return [self.broken(), *self.shown(conclusion)]

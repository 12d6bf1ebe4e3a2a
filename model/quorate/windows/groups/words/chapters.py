"""All sentences of a chronicle: start, steps, end, and the captions of its picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.windows.groups.reasons.causes import BREACHES
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.consequences import Chapter, Kind
from quorate.windows.groups.words.activity_in_words import ActivityInWords
from quorate.windows.groups.words.deeds import told
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.reasons_in_words import ReasonsInWords


@dataclass(frozen=True)
class Telling:
    """How one chronicle is told."""

    chronicle: Chronicle

    @cached_property
    def names(self) -> GroupNames:
        return GroupNames(self.chronicle.cluster)

    @cached_property
    def _reasons(self) -> ReasonsInWords:
        return ReasonsInWords(self.chronicle, self.names)

    @cached_property
    def _activity(self) -> ActivityInWords:
        return ActivityInWords(self.names)

    def entry(self, chapter: Chapter) -> list[str]:
        """All that is to be said of a step, or of the start."""
        if chapter.deed is None:
            return list(self._opening())
        return [
            self._happened(chapter),
            *map(self._reasons.cause, chapter.causes),
            *(self._reasons.effect(chapter, effect) for effect in chapter.effects),
        ]

    def caption(self, chapter: Chapter) -> str:
        """In short, for a picture that shows the rest: what happened, which rule it broke, and
        what was lost."""
        if chapter.deed is None:
            start = self.chronicle.activity(0)
            groups = (start.group(group.name) for group in self.chronicle.told)
            return " ".join(f"{self._activity.owner(start, group)}." for group in groups)
        causes = (cause for cause in chapter.causes if cause.why in BREACHES)
        lost = (e for e in chapter.effects if e.kind in {Kind.LOSES, Kind.FORGETS})
        said = [self._happened(chapter), *map(self._reasons.cause, causes)]
        return " ".join([*said, *(self._reasons.effect(chapter, effect) for effect in lost)])

    def broken(self) -> str:
        """The violated fact as a sentence."""
        return capital(written(self.chronicle.broken)) + "."

    def shown(self) -> list[str]:
        """What makes it one in the final scene."""
        last = self.chronicle.activity(self.chronicle.steps)
        said: list[str] = []
        for group in self.chronicle.told:
            said += self._activity.twice(last, group.name)
            said += self._activity.group(last, group.name)
        return [*said, *self._for_ever()]

    def conclusion(self) -> list[str]:
        """The violated fact, and what makes it one."""
        return [self.broken(), *self.shown()]

    def _opening(self) -> Iterator[str]:
        start = self.chronicle.activity(0)
        yield from self._activity.nodes(start)
        for group in self.chronicle.told:
            yield from self._activity.group(start, group.name)

    def _happened(self, chapter: Chapter) -> str:
        assert chapter.deed is not None
        before, after = map(self.chronicle.activity, (chapter.number - 1, chapter.number))
        return told(self.names, chapter.deed, before, after)

    def _for_ever(self) -> Iterator[str]:
        start, steps = self.chronicle.loop_start, self.chronicle.steps
        if start is None:
            return
        if self.chronicle.stands_still:
            yield "From here nothing more happens, for ever."
        elif start + 1 == steps:
            yield f"From here step {steps} repeats for ever."
        else:
            yield f"From here it goes on for ever as in steps {start + 1} to {steps}."

"""All sentences of an account: start, steps, end, and the captions of its picture."""

from collections.abc import Iterator
from functools import cached_property

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.caveats import caveats
from quorate.windows.groups.reasons.entries import Entry
from quorate.windows.groups.reasons.hindrances import hindrances
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.words.caveats_in_words import caveat_in_words
from quorate.windows.groups.words.events import sentence_of, who_goes_with_it
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.hindrances_in_words import hindrance_in_words
from quorate.windows.groups.words.reasons_in_words import ReasonsInWords
from quorate.windows.groups.words.situation_in_words import SituationInWords


@dataclass(frozen=True)
class Telling:
    """How one account is told."""

    account: Account

    @cached_property
    def names(self) -> GroupNames:
        return GroupNames(self.account.cluster)

    @cached_property
    def _reasons(self) -> ReasonsInWords:
        return ReasonsInWords(self.account, self.names)

    @cached_property
    def _situation(self) -> SituationInWords:
        return SituationInWords(self.names)

    def sentences(self, entry: Entry) -> list[str]:
        """All that is to be said of a step, or of the start."""
        step = entry.step
        if step is None:
            return list(self._opening())
        return [
            *self._happened(step),
            *(self._reasons.cause(cause) for cause in entry.causes),
            *(self._reasons.effect(step, effect) for effect in entry.effects),
        ]

    def caption(self, entry: Entry) -> str:
        """In short, for a picture that shows the rest: what happened, which rule it broke, and
        what was lost."""
        step = entry.step
        if step is None:
            return " ".join(self._owners())
        breaches = (cause for cause in entry.causes if cause.why.breaks_rule)
        losses = (effect for effect in entry.effects if effect.fate.is_loss)
        said = [
            *self._happened(step),
            *(self._reasons.cause(cause) for cause in breaches),
            *(self._reasons.effect(step, effect) for effect in losses),
        ]
        return " ".join(said)

    def _happened(self, step: Transition) -> Iterator[str]:
        yield sentence_of(self.names, step)
        yield from who_goes_with_it(self.names, step)

    def violation(self) -> str:
        """The violated fact as a sentence."""
        return capital(written(self.account.violation)) + "."

    def shown(self) -> list[str]:
        """What makes it one in the final situation."""
        end = self.account.end
        said: list[str] = []
        for group in self.account.groups_shown:
            said += self._situation.twice(end, group.name)
            said += self._situation.group(end, group.name)
        kept = [hindrance_in_words(self.names, found) for found in hindrances(self.account)]
        return [*said, *kept, *self._for_ever()]

    def conclusion(self) -> list[str]:
        """The violated fact, and what makes it one."""
        return [self.violation(), *self.shown()]

    def caveats(self) -> list[str]:
        """What that depends on and the file did not say."""
        return [caveat_in_words(self.names, caveat) for caveat in caveats(self.account)]

    def _opening(self) -> Iterator[str]:
        start = self.account.start
        yield from self._situation.nodes(start)
        for group in self.account.groups_shown:
            yield from self._situation.group(start, group.name)

    def _owners(self) -> Iterator[str]:
        start = self.account.start
        for group in self.account.groups_shown:
            yield f"{self._situation.owner(start, start.group(group.name))}."

    def _for_ever(self) -> Iterator[str]:
        start, steps = self.account.loop_start, self.account.steps
        if start is None:
            return
        if self.account.stands_still:
            yield "From here nothing more happens, for ever."
        elif start + 1 == steps:
            yield f"From here step {steps} repeats for ever."
        else:
            yield f"From here it goes on for ever as in steps {start + 1} to {steps}."

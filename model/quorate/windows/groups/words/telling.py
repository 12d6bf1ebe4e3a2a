"""All sentences of an account: start, steps, end, and the captions of its picture."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from quorate.drawing.grammar import capital
from quorate.drawing.names import written
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.caveats import caveats
from quorate.windows.groups.reasons.entries import Entry, entries
from quorate.windows.groups.reasons.facts import Fact
from quorate.windows.groups.reasons.hindrances import hindrances
from quorate.windows.groups.reasons.resting import chosen, resting
from quorate.windows.groups.reasons.seen import Seen
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.reasons.violated import violated
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.words.caveats_in_words import caveat_in_words
from quorate.windows.groups.words.events import sentence_of, who_goes_with_it
from quorate.windows.groups.words.facts_in_words import fact_in_words
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
            *self._reasons.breach(entry),
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
            *self._reasons.breach(entry),
            *(self._reasons.effect(step, effect) for effect in losses),
        ]
        return " ".join(said)

    def row(self, entries: Sequence[Entry]) -> str:
        """The caption of the steps that share a row."""
        *_, last = entries
        if len(entries) == 1 or last.step is None:
            return self.caption(last)
        step = last.step
        changed = {e.step.event.resource for e in entries if e.step is not None}
        things = self.names.things_listed({name for name in changed if name is not None})
        where = self.names.node(step.old.owner)
        match step.verb:
            case Verb.START | Verb.COME_ONLINE:
                return f"{things} come online on {where}, one after another."
            case _:
                return f"{things} go offline on {where}, one after another."

    def captions(self) -> list[str]:
        """Those of all steps."""
        return [self.caption(entry) for entry in entries(self.account)]

    def _happened(self, step: Transition) -> Iterator[str]:
        yield sentence_of(self.names, step)
        yield from who_goes_with_it(self.names, step)

    def violation(self) -> str:
        """Who and what breaks the promise, as a sentence; where that is not to be seen, what is
        said of every run that breaks it."""
        said = self._said(self.wrong) if self.wrong else written(self.account.violation)
        return capital(said) + "."

    @cached_property
    def wrong(self) -> Fact | None:
        return violated(self.account)

    @cached_property
    def rests_on(self) -> Sequence[Fact]:
        """What was found to make the run what it is, after the steps that led there."""
        if self.wrong is None:
            return []
        return chosen(resting(Seen(self.account), self.wrong), self.wrong, self.account.because)

    def _said(self, fact: Fact) -> str:
        return fact_in_words(self.names, self.account.end.group(fact.group), fact)

    def reasons(self) -> list[str]:
        """Why it came to that, what keeps it so, and what repeats. Where it is not known who and
        what, the last situation has to do."""
        said = [capital(self._said(fact)) + "." for fact in self.rests_on]
        if self.wrong is None:
            said += self._end()
        kept = [hindrance_in_words(self.names, found) for found in hindrances(self.account)]
        return [*said, *kept, *self._rules(), *self._for_ever()]

    def _end(self) -> Iterator[str]:
        end = self.account.end
        for group in self.account.groups_shown:
            yield from self._situation.twice(end, group.name)
            yield from self._situation.group(end, group.name)

    def _rules(self) -> Iterator[str]:
        """Which rule lets it happen, or what is assumed."""
        if self.account.assuming and self.account.deviation is None:
            yield f"It is assumed that {self.account.assuming}."
        if self.account.deviation is not None:
            yield f"The rule against it is broken on purpose: {written(self.account.deviation)}."

    def conclusion(self) -> list[str]:
        """Who and what, and why."""
        return [self.violation(), *self.reasons()]

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

"""Looks for the nearest configuration of which every claim holds, and says what it changes."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from quorate.advice import Neighbour, nearest
from quorate.cli.changed_lines import changed_lines
from quorate.cli.choosing import Choice
from quorate.cli.report import ALL_AS_EXPECTED, NOT_AS_EXPECTED
from quorate.cli.telling import one_line
from quorate.cli.verdicts import counted, verdict_text
from quorate.cli.wrapping import flowing
from quorate.cluster import Cluster
from quorate.drawing.names import enumerated
from quorate.importers import Imported, read_cluster
from quorate.inquiry.finding import Asked, Finding, NeverHappens, Question, with_premises
from quorate.inquiry.run import Limits, run
from quorate.inquiry.seam import Subject
from quorate.values import dataclass

MOST_DECISIONS = 2
"""Of more decisions there are too many combinations to prove."""


@dataclass(frozen=True)
class Advice:
    """A change that was proved, with every claim that has another verdict after it: its title, and
    the verdicts before and after, None where it is asked of one of the two only."""

    change: Neighbour
    verdicts: Mapping[str, tuple[str | None, str | None]]
    patch: str


def advise_about(file: Path, beside: Path | None, limits: Limits, *, as_json: bool) -> int:
    """The exit code: 0 where nothing fails or something helps, else 1. Raises `InputError` for
    what cannot be used."""
    search = _Search(read_cluster(file, beside), limits)
    advice = search.advice()
    if as_json:
        click.echo(json.dumps(_data(search, advice), indent=2, ensure_ascii=False))
    else:
        for line in _lines(search, advice):
            click.echo(flowing(line))
    return ALL_AS_EXPECTED if advice or not search.failing else NOT_AS_EXPECTED


@dataclass(frozen=True)
class _Candidates:
    """Claims about several clusters: a source of questions for other processes. Of each only those
    of these titles are asked, all of them where there are none."""

    choices: tuple[Choice, ...]
    titles: frozenset[str] = frozenset()

    def questions(self) -> Sequence[Question]:
        return [
            question
            for choice in self.choices
            for question in choice.questions()
            if not self.titles or question.claim.title in self.titles
        ]


@dataclass(frozen=True)
class _Search:
    """`imported` is the cluster as it is."""

    imported: Imported
    limits: Limits

    def advice(self) -> Sequence[Advice]:
        """The nearest changes that were proved to help, or none."""
        if not self.failing:
            return ()
        found = nearest(self.imported.cluster, self._good, MOST_DECISIONS)
        return [self._explained(change) for change in found]

    @cached_property
    def failing(self) -> frozenset[str]:
        """The titles of the claims that are not as expected."""
        return frozenset(_failing(self._before))

    @cached_property
    def undecided(self) -> Sequence[str]:
        """The titles of the claims of which nobody knows."""
        return [f.question.claim.title for f in _claims(self._before) if _is_unknown(f)]

    @cached_property
    def _before(self) -> Sequence[Finding]:
        return self._asked([self.imported.cluster])[self.imported.cluster]

    @cached_property
    def _after(self) -> dict[Subject, Sequence[Finding]]:
        return {}

    def _good(self, candidates: Sequence[Neighbour]) -> Collection[Neighbour]:
        """Those of which all that fails now holds, and nothing fails or is unknown that holds.
        What is refuted is found soonest, so first only what fails now is asked."""
        repaired = self._asked([one.cluster for one in candidates], self.failing)
        hopeful = [one for one in candidates if self._repairs(repaired[one.cluster])]
        self._after.update(self._asked([one.cluster for one in hopeful]))
        return [one for one in hopeful if self._keeps(self._after[one.cluster])]

    def _repairs(self, found: Sequence[Finding]) -> bool:
        holding = {f.question.claim.title for f in _claims(found) if f.as_expected}
        return self.failing <= holding

    def _keeps(self, found: Sequence[Finding]) -> bool:
        decided = {f.question.claim.title for f in _claims(self._before) if f.as_expected}
        unknown = {f.question.claim.title for f in _claims(found) if _is_unknown(f)}
        return not _failing(found) and not decided & unknown

    def _asked(
        self, clusters: Sequence[Cluster], titles: frozenset[str] = frozenset()
    ) -> Mapping[Subject, Sequence[Finding]]:
        read = self.imported
        choices = tuple(Choice(one, read.requirements, (), read.unmodelled) for one in clusters)
        source = _Candidates(choices, titles)
        found: dict[Subject, list[Finding]] = {one: [] for one in clusters}
        answers = list(run(source.questions(), self.limits, certify=False, source=source))
        not_asked = [finding for choice in choices for finding in choice.not_asked()]
        for finding in with_premises([*not_asked, *answers]):
            found[finding.question.claim.circumstances.subject].append(finding)
        return found

    def _explained(self, change: Neighbour) -> Advice:
        old, new = _verdicts(self._before), _verdicts(self._after[change.cluster])
        differing = {
            title: (old.get(title), new.get(title))
            for title in dict.fromkeys((*old, *new))
            if old.get(title) != new.get(title)
        }
        changed = replace(self.imported, cluster=change.cluster)
        return Advice(change, differing, changed_lines(self.imported, changed))


def _claims(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.question.asked is Asked.CLAIM]


def _is_unknown(finding: Finding) -> bool:
    return finding.as_expected is None and not isinstance(finding.answer, NeverHappens)


def _failing(found: Sequence[Finding]) -> list[str]:
    return [f.question.claim.title for f in _claims(found) if f.as_expected is False]


def _verdicts(found: Sequence[Finding]) -> Mapping[str, str]:
    return {f.question.claim.title: verdict_text(f) for f in _claims(found)}


def _lines(search: _Search, advice: Sequence[Advice]) -> Iterator[str]:
    name = one_line(search.imported.cluster.name)
    if search.undecided:
        yield f"{name}: not decided and so not looked after: {enumerated(search.undecided)}."
    if not search.failing:
        yield f"{name}: no claim fails, so there is nothing to change."
        return
    failing = enumerated([one_line(title) for title in sorted(search.failing)])
    if not advice:
        most = counted(MOST_DECISIONS, "decision")
        yield f"{name}: what fails is {failing}. Nothing of at most {most} that was tried helps."
        return
    size = counted(len(advice[0].change.decisions), "decision")
    yield f"{name}: what fails is {failing}. The smallest change after which all holds is {size}:"
    for number, one in enumerate(advice, 1):
        yield ""
        yield f"{number}. {_capital(enumerated(list(map(one_line, one.change.decisions))))}."
        yield from _verdict_lines(one.verdicts)
        yield from (f"   {line}" for line in one.patch.splitlines())


def _verdict_lines(verdicts: Mapping[str, tuple[str | None, str | None]]) -> Iterator[str]:
    """What has another verdict; what is asked of one of the two only is counted."""
    asked_more = [title for title, (before, _) in verdicts.items() if before is None]
    asked_no_more = [title for title, (_, after) in verdicts.items() if after is None]
    for title, (before, after) in verdicts.items():
        if before is not None and after is not None:
            yield f"   {one_line(title)}: {before} -> {after}"
    if asked_more:
        yield f"   {counted(len(asked_more), 'claim')} more asked, all as expected"
    if asked_no_more:
        titles = enumerated(list(map(one_line, asked_no_more)))
        yield f"   asked no more: {titles}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _data(search: _Search, advice: Sequence[Advice]) -> Mapping[str, Any]:
    return {
        "cluster": search.imported.cluster.name,
        "failing": sorted(search.failing),
        "undecided": list(search.undecided),
        "advice": [
            {
                "decisions": list(one.change.decisions),
                "verdicts": {
                    title: {"before": before, "after": after}
                    for title, (before, after) in one.verdicts.items()
                },
                "patch": one.patch,
            }
            for one in advice
        ],
    }

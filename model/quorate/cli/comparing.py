"""Which verdicts hang on the version of Windows, where nobody says which it is."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from quorate.cli.choosing import is_called
from quorate.cli.lacking import Lacking
from quorate.cli.telling import one_line
from quorate.cli.verdicts import verdict_text, verdict_word
from quorate.cluster import Cluster, Requirements
from quorate.drawing.names import enumerated
from quorate.importers import Unmodelled
from quorate.inquiry.finding import Asked, Finding, Question, questions_about, with_premises
from quorate.values import dataclass
from quorate.windows.membership.catalogue import claims_about_membership
from quorate.windows.other_versions import OtherRules, other_rules


@dataclass(frozen=True)
class Changed:
    """A claim has another verdict there."""

    there: Finding


@dataclass(frozen=True)
class OnlyThere:
    """A claim is made there and not here."""

    there: Finding


@dataclass(frozen=True)
class OnlyHere:
    """A claim is made here and not there."""

    here: Finding


Difference: TypeAlias = Changed | OnlyThere | OnlyHere


@dataclass(frozen=True)
class Differences:
    """What would be found under other rules and is not found under the current ones."""

    rules: OtherRules
    found: Sequence[Difference]

    @property
    def changed(self) -> list[Finding]:
        return [one.there for one in self.found if isinstance(one, Changed)]

    @property
    def only_there(self) -> list[Finding]:
        return [one.there for one in self.found if isinstance(one, OnlyThere)]

    @property
    def only_here(self) -> list[Finding]:
        return [one.here for one in self.found if isinstance(one, OnlyHere)]


@dataclass(frozen=True)
class Comparison:
    """The claims about votes under the rules of each other version: a source of questions for other
    processes. Of `names` only these, where there are some; what something `unmodelled` touches is
    not asked, here as there."""

    cluster: Cluster
    requirements: Requirements
    names: tuple[str, ...] = ()
    unmodelled: tuple[Unmodelled, ...] = ()

    def questions(self) -> Sequence[Question]:
        """What is asked; nothing where the version is known."""
        return [question for _, asked in self._under for question in asked]

    def differences(
        self, here: Sequence[Finding], there: Sequence[Finding]
    ) -> Iterator[Differences]:
        """For each other set of rules what differs of what was found `here` about votes; `there`
        are the findings of `questions`."""
        answers = {id(finding.question): finding for finding in there}
        for rules, asked in self._under:
            found = with_premises([answers[id(q)] for q in asked if id(q) in answers])
            yield Differences(rules, list(_differences(_of_claims(here), _of_claims(found))))

    @cached_property
    def _under(self) -> Sequence[tuple[OtherRules, Sequence[Question]]]:
        return [(rules, self._asked(rules.cluster)) for rules in other_rules(self.cluster)]

    def _asked(self, cluster: Cluster) -> Sequence[Question]:
        lacking = Lacking(cluster, self.requirements, self.unmodelled)
        return [
            question
            for claim in claims_about_membership(cluster, self.requirements)
            if is_called(claim, self.names) and lacking.of(claim) is None
            for question in questions_about(claim, thorough=False)
        ]


def _of_claims(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Those that answer whether a claim about membership holds, by its name."""
    return {
        finding.question.claim.name: finding
        for finding in findings
        if finding.question.asked is Asked.CLAIM and not finding.question.claim.about
    }


def _differences(here: dict[str, Finding], there: dict[str, Finding]) -> Iterator[Difference]:
    for name, own in here.items():
        other = there.get(name)
        if other is None:
            yield OnlyHere(own)
        elif verdict_word(other) != verdict_word(own):
            yield Changed(other)
    yield from (OnlyThere(other) for name, other in there.items() if name not in here)


def in_words(differences: Sequence[Differences], cluster: Cluster) -> Iterator[str]:
    """A sentence for each other set of rules, and what was not asked under them."""
    for one in differences:
        parts = [*_changed(one), *_made_there(one), *_not_made_there(one)]
        what = "; ".join(parts) if parts else "every verdict about votes would be the same"
        yield f"As {one.rules.title}: {what}."
    if differences and cluster.groups:
        yield f"Claims about groups were asked as {cluster.version.title} only."


def _changed(one: Differences) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for finding in one.changed:
        alike.setdefault(verdict_text(finding), []).append(_title(finding))
    for verdict, titles in alike.items():
        yield f"{enumerated(titles)} would be {verdict}"


def _made_there(one: Differences) -> Iterator[str]:
    named = [f"{_title(finding)} ({verdict_text(finding)})" for finding in one.only_there]
    if named:
        yield f"asked besides would be {enumerated(named)}"


def _not_made_there(one: Differences) -> Iterator[str]:
    named = [_title(finding) for finding in one.only_here]
    if named:
        yield f"not asked would be {enumerated(named)}"


def _title(finding: Finding) -> str:
    return one_line(finding.question.title)


def data(differences: Sequence[Differences]) -> list[dict[str, Any]]:
    """The same as JSON values."""
    return [
        {
            "versions": [version.value for version in one.rules.versions],
            "changed": [_row(finding) for finding in one.changed],
            "only_there": [_row(finding) for finding in one.only_there],
            "only_here": [finding.question.claim.name for finding in one.only_here],
        }
        for one in differences
    ]


def _row(finding: Finding) -> dict[str, str]:
    return {
        "claim": finding.question.claim.name,
        "verdict": verdict_word(finding),
        "verdict_text": verdict_text(finding),
    }

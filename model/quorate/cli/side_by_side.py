"""Two clusters and their verdicts, side by side."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from quorate.cli import check_report
from quorate.cli.changed_lines import changed_lines
from quorate.cli.choosing import Choice
from quorate.cli.report import ALL_AS_EXPECTED, NOT_AS_EXPECTED
from quorate.cli.telling import one_line
from quorate.cli.verdicts import counted, verdict_text
from quorate.cli.wrapping import flowing
from quorate.drawing.names import enumerated
from quorate.drawing.table import plain_columns
from quorate.importers import Imported, read_cluster
from quorate.inquiry.finding import Asked, Finding, with_premises
from quorate.inquiry.run import Limits, run
from quorate.values import dataclass


@dataclass(frozen=True)
class Comparative:
    """Two clusters, and what was found of the claims about each, by their titles."""

    clusters: tuple[Imported, Imported]
    found: tuple[Mapping[str, Finding], Mapping[str, Finding]]

    @cached_property
    def titles(self) -> list[str]:
        """Of every claim about either."""
        return list(dict.fromkeys((*self.found[0], *self.found[1])))

    def verdicts(self, title: str) -> tuple[str | None, str | None]:
        """Before and after; None where it is not asked."""
        before, after = (found.get(title) for found in self.found)
        return _verdict(before), _verdict(after)

    @cached_property
    def differing(self) -> list[str]:
        """The titles of the claims that are asked of both and have another verdict."""
        both = [title for title in self.titles if None not in self.verdicts(title)]
        return [title for title in both if len(set(self.verdicts(title))) > 1]

    @cached_property
    def worse(self) -> list[str]:
        """The titles of what is as expected before and after is not, or is unknown."""
        before, after = self.found
        common = [title for title in before if title in after]
        return [t for t in common if before[t].as_expected and not after[t].as_expected]

    @cached_property
    def patch(self) -> str:
        """The lines of the cluster file that differ, as `quorate convert` writes it."""
        return changed_lines(*self.clusters)


def compare_files(before: Path, after: Path, limits: Limits, *, as_json: bool) -> int:
    """The exit code. Raises `InputError` for what cannot be used."""
    read = (read_cluster(before), read_cluster(after))
    compared = Comparative(read, (found(read[0], limits), found(read[1], limits)))
    if as_json:
        click.echo(json.dumps(_data(compared), indent=2, ensure_ascii=False))
    else:
        for line in _lines(compared):
            click.echo(flowing(line))
    return NOT_AS_EXPECTED if compared.worse else ALL_AS_EXPECTED


def found(imported: Imported, limits: Limits) -> Mapping[str, Finding]:
    """What is found of every claim about the cluster, by its title."""
    choice = Choice(imported.cluster, imported.requirements, (), imported.unmodelled)
    answers = run(choice.questions(), limits, certify=False, source=choice)
    return {
        finding.question.claim.title: finding
        for finding in with_premises([*choice.not_asked(), *answers])
        if finding.question.asked is Asked.CLAIM
    }


def _verdict(finding: Finding | None) -> str | None:
    return None if finding is None else verdict_text(finding)


def _lines(compared: Comparative) -> Iterator[str]:
    before, after = compared.clusters
    yield f"before: {check_report.describe(before)}"
    yield f"after: {check_report.describe(after)}"
    yield ""
    if compared.differing:
        rows = [(title, *compared.verdicts(title)) for title in compared.differing]
        header = ("claim", "before", "after")
        yield plain_columns(
            [header, *(tuple(one_line(text or "") for text in row) for row in rows)]
        ).rstrip()
        yield ""
    same = len([t for t in compared.titles if None not in compared.verdicts(t)])
    yield f"{counted(same - len(compared.differing), 'claim')} of {same} alike."
    yield from _only("before", compared, 1)
    yield from _only("after", compared, 0)
    if compared.worse:
        yield f"Worse: {enumerated(list(map(one_line, compared.worse)))}."
    if compared.patch:
        yield ""
        yield from compared.patch.splitlines()


def _only(when: str, compared: Comparative, absent: int) -> Iterator[str]:
    """What is asked of one of the two only, with its verdict."""
    here = 1 - absent
    titles = [title for title in compared.titles if compared.verdicts(title)[absent] is None]
    if titles:
        said = [f"{one_line(t)} ({compared.verdicts(t)[here]})" for t in titles]
        yield f"Asked {when} only: {enumerated(said)}."


def _data(compared: Comparative) -> Mapping[str, Any]:
    names: Sequence[str] = [one.cluster.name for one in compared.clusters]
    return {
        "before": names[0],
        "after": names[1],
        "claims": [
            {"claim": title, "before": before, "after": after}
            for title in compared.titles
            for before, after in [compared.verdicts(title)]
        ],
        "differing": compared.differing,
        "worse": compared.worse,
        "patch": compared.patch,
    }

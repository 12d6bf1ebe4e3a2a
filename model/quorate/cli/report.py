"""The table of findings, their sum, and the code to exit with."""

import sys
from collections.abc import Sequence
from dataclasses import replace

from quorate.cli.verdicts import counted, expected_text, verdict_text
from quorate.drawing.table import Row, plain_table, rich_table
from quorate.inquiry.finding import Asked, Finding, NeverHappens

ALL_AS_EXPECTED, NOT_AS_EXPECTED, UNDECIDED, SAYS_NOTHING = 0, 1, 3, 4


def exit_code(findings: Sequence[Finding]) -> int:
    """1 if something is not as expected, else 3 if something was not decided, else 4 if a claim
    speaks of what never happens, else 0."""
    if any(finding.as_expected is False for finding in findings):
        return NOT_AS_EXPECTED
    if any(map(_undecided, findings)):
        return UNDECIDED
    return SAYS_NOTHING if any(map(_says_nothing, findings)) else ALL_AS_EXPECTED


def _says_nothing(finding: Finding) -> bool:
    """What the claim speaks of never happens, and nobody expected that."""
    return finding.as_expected is None and isinstance(finding.answer, NeverHappens)


def _undecided(finding: Finding) -> bool:
    return finding.as_expected is None and not isinstance(finding.answer, NeverHappens)


FEW = 2
"""Claims that come out alike for more groups than this are one line of a table."""


def rows(findings: Sequence[Finding]) -> list[Row]:
    """A line of the table for each finding."""
    return [_row(finding) for finding in findings]


def merged(findings: Sequence[Finding], everyone: int) -> list[Row]:
    """A line of the table for each finding; one for all groups of which the same was found, of
    `everyone` that there are."""
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        question = finding.question
        own = question.claim.about if question.asked is not Asked.CLAIM else ""
        about = (question.claim.name, bool(question.claim.about), own, question.asked)
        found = (verdict_text(finding), finding.as_expected, finding.answer.engine)
        alike.setdefault((about, found), []).append(finding)
    result: list[Row] = []
    for same in alike.values():
        if len(same) <= FEW:
            result += rows(same)
            continue
        many = f"all {len(same)}" if len(same) == everyone else str(len(same))
        result.append(
            replace(
                _row(same[0]),
                claim=f"{same[0].question.claim.name} of {many} groups",
                seconds=sum(finding.seconds for finding in same),
            )
        )
    return result


def table(rows: Sequence[Row]) -> str:
    """The verdicts as a table, in colour on a terminal."""
    if not sys.stdout.isatty():
        return plain_table(rows)
    from rich.console import Console  # noqa: PLC0415 - only terminals need it

    console = Console()
    with console.capture() as captured:
        console.print(rich_table(rows, console.width))
    return captured.get()


def _row(finding: Finding) -> Row:
    question = finding.question
    return Row(
        question.title,
        question.claim.subject.name,
        verdict_text(finding),
        expected_text(finding),
        finding.answer.engine,
        finding.seconds,
    )


def summary(findings: Sequence[Finding]) -> str:
    """One line: how many answers were as expected."""
    outcomes = [finding.as_expected for finding in findings]
    premises = sum(finding.question.asked is Asked.PREMISE for finding in findings)
    teeth = sum(finding.question.asked is Asked.TOOTH for finding in findings)
    asked = [counted(len(findings) - premises - teeth, "claim")]
    asked += [f"{teeth} " + ("tooth" if teeth == 1 else "teeth")] if teeth else []
    asked += [counted(premises, "premise")] if premises else []
    parts = [f"{outcomes.count(True)} of {len(outcomes)} as expected"]
    parts += [f"{outcomes.count(False)} not"] if False in outcomes else []
    undecided, silent = (sum(map(kind, findings)) for kind in (_undecided, _says_nothing))
    parts += [f"{undecided} not decided"] if undecided else []
    parts += [f"{silent} about what never happens"] if silent else []
    return f"{', '.join(asked)}: {', '.join(parts)}."

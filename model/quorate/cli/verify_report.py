"""What `quorate verify` prints."""

from collections import Counter
from collections.abc import Iterator, Sequence

from quorate.cli import report
from quorate.cli.finding_data import finding_data
from quorate.cli.finding_data import printed as printed_data
from quorate.cli.output import Output
from quorate.cli.telling import one_line, reason_lines, story_lines
from quorate.cli.verdicts import verdict_word
from quorate.drawing.names import written
from quorate.drawing.table import plain_columns, plain_table
from quorate.inquiry.finding import Asked, Finding

FEW = 40
"""Of more questions than this a claim is one line, whatever it is asked of."""


def printed(found: Sequence[Finding], form: Output) -> Iterator[str]:
    """The findings: all in a table, and what is not as expected in sentences."""
    match form:
        case Output.JSON:
            yield printed_data(map(finding_data, found))
        case Output.TEXT:
            yield from _text(found, found)
            yield f"\n{report.summary(found)}"
        case Output.QUIET:
            yield from _text(found, [finding for finding in found if not finding.as_expected])


def _text(found: Sequence[Finding], shown: Sequence[Finding]) -> Iterator[str]:
    if shown:
        subjects = {finding.question.claim.subject.name for finding in shown}
        if len(subjects) == 1:
            # The table says it no more.
            yield f"{one_line(*subjects)}\n"
        yield table(shown) if len(shown) <= FEW else summed(shown)
    unexpected = [finding for finding in found if not finding.as_expected]
    for finding in unexpected:
        yield from story_lines(finding)
    yield from reason_lines(unexpected)


def table(found: Sequence[Finding]) -> str:
    """A line for each question."""
    return report.table(report.rows(found)).rstrip()


def plain(found: Sequence[Finding]) -> str:
    """The same for a file."""
    return plain_table(report.rows(found))


def summed(found: Sequence[Finding]) -> str:
    """A line for each claim: of how many subjects it was asked, what was found, how many broken
    rules refute it, how often what it speaks of happens, and whether all that was expected. What
    was not has a line of its own."""
    claims: dict[str, list[Finding]] = {}
    for finding in found:
        claims.setdefault(finding.question.claim.name, []).append(finding)
    header = ("claim", "asked", "verdicts", "teeth", "premises", "as expected", "seconds")
    lines = [_sum(name, findings) for name, findings in claims.items()]
    unexpected = [finding for finding in found if not finding.as_expected]
    folded = plain_columns([header, *lines]).rstrip()
    return f"{folded}\n\n{table(unexpected)}" if unexpected else folded


def _sum(name: str, findings: Sequence[Finding]) -> tuple[str, ...]:
    asked = [finding for finding in findings if finding.question.asked is Asked.CLAIM]
    words = Counter(verdict_word(finding) for finding in asked)
    outcomes = [finding.as_expected for finding in findings]
    return (
        written(name),
        str(len(asked)),
        ", ".join(f"{word} {number}" for word, number in words.most_common()),
        _met(findings, Asked.TOOTH),
        _met(findings, Asked.PREMISE),
        "yes" if all(outcomes) else f"NO: {outcomes.count(False) + outcomes.count(None)} not",
        f"{sum(finding.seconds for finding in findings):.2f}",
    )


def _met(findings: Sequence[Finding], asked: Asked) -> str:
    """How many of what was asked came out as they should; nothing where none was."""
    outcomes = [one.as_expected for one in findings if one.question.asked is asked]
    met = outcomes.count(True)
    return "" if not outcomes else str(met) if met == len(outcomes) else f"{met} of {len(outcomes)}"

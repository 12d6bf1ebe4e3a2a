"""What `quorate verify` prints."""

from collections.abc import Iterator, Sequence

from quorate.cli import report
from quorate.cli.finding_data import finding_data
from quorate.cli.finding_data import printed as printed_data
from quorate.cli.output import Output
from quorate.cli.telling import one_line, reason_lines, story_lines
from quorate.inquiry.finding import Finding


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
        yield report.table(report.rows(shown)).rstrip()
    unexpected = [finding for finding in found if not finding.as_expected]
    for finding in unexpected:
        yield from story_lines(finding)
    yield from reason_lines(unexpected)

"""Findings in sentences: the run that was found, how to replay it, and why something is unknown."""

from collections.abc import Iterator, Sequence

from quorate.cli.attempts import Failed, attempted
from quorate.cli.verdicts import counted, verdict_text, why
from quorate.cli.wrapping import flowing
from quorate.drawing.names import enumerated
from quorate.explaining.because import account_of
from quorate.inquiry.finding import Finding

NAMED = 3
"""Of more questions than this that have one reason, this many are named."""


def story_lines(finding: Finding) -> Iterator[str]:
    """The run that refutes a claim, if there is one, and how to replay it. What cannot be told is
    said not to be; the verdict stands."""
    if finding.counterexample is None:
        return
    yield ""
    text = attempted(lambda: _text(finding))
    if isinstance(text, Failed):
        yield flowing(f"{one_line(finding.question.title)}: {verdict_text(finding)}")
        yield flowing(f"The run cannot be told: {text.why}")
        # An account ends in an empty line.
        yield ""
    else:
        yield flowing(text)
    from quorate.cli.archive import Families  # noqa: PLC0415 - only runs need it
    from quorate.inquiry.line import trace_line  # noqa: PLC0415

    line = attempted(lambda: trace_line(finding, Families()))
    if isinstance(line, Failed):
        yield flowing(f"The run cannot be written as a line: {line.why}")
    else:
        yield f"Replay: quorate show {line}"


def shown_by(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """Those of the others whose run refutes the claim of this one as well."""
    claim = finding.question.claim
    same = (claim.about, claim.circumstances)
    return [
        other
        for other in others
        if finding.counterexample is not None
        and other.counterexample is not None
        and other.question.claim.name in claim.shown_by
        and (other.question.claim.about, other.question.claim.circumstances) == same
    ]


def also_lines(finding: Finding, others: Sequence[Finding]) -> Iterator[str]:
    """Which of the others the run of this one refutes as well."""
    refuted = [other for other in others if finding in shown_by(other, [finding])]
    if refuted:
        titles = enumerated([one_line(other.question.title) for other in refuted])
        yield flowing(f"This run refutes {titles} as well.")


def _text(finding: Finding) -> str:
    account = account_of(finding)
    if account is None:
        raise ValueError("there is no run to tell")
    return str(account.text())


def reason_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Why something was not decided; what is the reason of several questions is said once."""
    alike: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        if finding.as_expected is None:
            question = finding.question
            same = one_line(question.claim.subject.name), one_line(why(finding) or "")
            alike.setdefault(same, []).append(one_line(question.title))
    for (subject, reason), titles in alike.items():
        named = titles[:NAMED] if len(titles) > NAMED + 1 else titles
        others = len(titles) - len(named)
        listed = enumerated([*named, *([counted(others, "other")] if others else [])])
        yield flowing(f"{subject}, {listed}: {reason}")


def one_line(name: str) -> str:
    """A name without what would end the line or steer a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)

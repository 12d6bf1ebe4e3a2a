"""What commands print of findings."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quorate.cluster import Cluster, bundles
from quorate.drawing.table import Row, plain_table, rich_table
from quorate.inquiry.finding import Finding, Kind
from quorate.windows.account import Account, account
from quorate.windows.told_traces import groups_told

ALL_AS_EXPECTED, NOT_AS_EXPECTED, UNDECIDED = 0, 1, 3


def exit_code(findings: Sequence[Finding]) -> int:
    """1 if something is not as expected, else 3 if something was not decided, else 0."""
    outcomes = [finding.as_expected for finding in findings]
    if False in outcomes:
        return NOT_AS_EXPECTED
    return UNDECIDED if None in outcomes else ALL_AS_EXPECTED


FEW = 2
"""Claims that come out alike for more groups than this are one line of a table."""


def rows(findings: Sequence[Finding]) -> list[Row]:
    """A line of the table for each finding."""
    return [_row(finding) for finding in findings]


def merged(findings: Sequence[Finding]) -> list[Row]:
    """A line of the table for each finding; one for all groups of which the same was found."""
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        question = finding.question
        own = question.claim.about if question.kind is not Kind.CLAIM else ""
        about = (question.claim.name, bool(question.claim.about), own, question.kind)
        found = (finding.verdict, finding.as_expected, finding.answer.engine)
        alike.setdefault((about, found), []).append(finding)
    result: list[Row] = []
    for same in alike.values():
        if len(same) <= FEW:
            result += rows(same)
            continue
        result.append(
            replace(
                _row(same[0]),
                claim=f"{same[0].question.claim.name} of {_how_many(same)} groups",
                seconds=sum(finding.seconds for finding in same),
            )
        )
    return result


def _how_many(same: Sequence[Finding]) -> str:
    claim = same[0].question.claim
    everyone = len(same) == len(claim.cluster.groups)
    return f"all {len(same)}" if everyone else str(len(same))


def together(cluster: Cluster) -> Iterator[str]:
    """Which groups were looked at together, and that the others were not."""
    if len(cluster.groups) < FEW:
        return
    shared = [bundle for bundle in bundles(cluster.groups) if len(bundle) > 1]
    for bundle in shared:
        listed = ", ".join(one_line(group.name) for group in bundle)
        yield f"Proved together, because they avoid each other or share a disk: {listed}."
    rest = "All other groups" if shared else "The groups"
    if sum(map(len, shared)) < len(cluster.groups):
        yield f"{rest} avoid no other and share no disk, and were proved one by one."


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
        question.claim.cluster.name,
        finding.verdict,
        finding.as_expected,
        finding.answer.engine,
        finding.seconds,
    )


def account_of(finding: Finding) -> Account | None:
    """The run that refutes a claim or a twin of it; None where there is none."""
    question, claim = finding.question, finding.question.claim
    if finding.answer.trace is None or question.kind is Kind.PREMISE:
        return None
    return account(
        claim.title,
        claim.cluster,
        finding.answer.moments,
        claim.broken,
        question.deviation.value if question.deviation is not None else None,
        finding.answer.trace.loop_start,
        groups_told(claim.about, claim.assumptions),
    )


def story_lines(finding: Finding) -> Iterator[str]:
    """The run that refutes a claim, if there is one, and how to replay it."""
    told = account_of(finding)
    if told is not None:
        from quorate.inquiry.line import trace_line  # noqa: PLC0415 - only refutations need it
        from quorate.windows.told_views import account_text  # noqa: PLC0415

        yield ""
        yield account_text(told)
        yield f"Replay: quorate show {trace_line(finding)}"


def reason_lines(finding: Finding) -> Iterator[str]:
    """Why something was not decided, if it was not."""
    if finding.as_expected is None:
        question = finding.question
        why = finding.answer.reason or f"{finding.verdict}; longer runs were not decided"
        yield f"{one_line(question.claim.cluster.name)}, {question.title}: {why}"


def finding_data(finding: Finding) -> Mapping[str, Any]:
    """A finding as JSON values."""
    question, answer = finding.question, finding.answer
    claim, told = question.claim, account_of(finding)
    data: dict[str, Any] = {
        "cluster": claim.cluster.name,
        "claim": claim.name,
        "group": claim.about or None,
        "kind": question.kind.value,
        "deviation": question.deviation.value if question.deviation is not None else None,
        "sentence": claim.sentence,
        "why": claim.why,
        "sources": list(claim.sources),
        "assumptions": list(claim.assumptions.sentences()),
        "verdict": _word(finding),
        "verdict_text": finding.verdict,
        "expected": claim.expectation.value,
        "as_expected": finding.as_expected,
        "engine": answer.engine,
        "depth": answer.depth,
        "shortest": answer.shortest,
        "reason": answer.reason or None,
        "lemmas": list(answer.lemmas),
        "seconds": round(finding.seconds, 3),
    }
    if answer.trace is not None:
        from quorate.inquiry.line import trace_line  # noqa: PLC0415 - only runs need it

        data["trace"] = answer.trace.to_json()
        data["trace_line"] = trace_line(finding)
    if told is not None:
        from quorate.windows.told_views import account_data  # noqa: PLC0415

        data["story"] = account_data(told)
    return data


def describe(cluster: Cluster) -> str:
    """A cluster in one line."""
    votes = cluster.votes
    nodes = f"{len(cluster.nodes)} node" + ("" if len(cluster.nodes) == 1 else "s")
    quorum = f"quorum is {votes.needed} of {votes.total} votes"
    return f"{one_line(cluster.name)}: {nodes}, {cluster.rule.title}, {quorum}"


def _word(finding: Finding) -> str:
    """The verdict for programs; a premise is reached or not."""
    if finding.question.kind is not Kind.PREMISE:
        return finding.answer.word
    return {"refuted": "reached", "holds": "not reached"}.get(finding.answer.word, "unknown")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def one_line(name: str) -> str:
    """A name without what would end the line or steer a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)


def summary(findings: Sequence[Finding]) -> str:
    """One line: how many answers were as expected."""
    outcomes = [finding.as_expected for finding in findings]
    premises = sum(finding.question.kind is Kind.PREMISE for finding in findings)
    teeth = sum(finding.question.kind is Kind.TOOTH for finding in findings)
    asked = [_counted(len(findings) - premises - teeth, "claim", "claims")]
    asked += [_counted(teeth, "tooth", "teeth")] if teeth else []
    asked += [_counted(premises, "premise", "premises")] if premises else []
    parts = [f"{outcomes.count(True)} of {len(outcomes)} as expected"]
    parts += [f"{outcomes.count(False)} not"] if False in outcomes else []
    parts += [f"{outcomes.count(None)} not decided"] if None in outcomes else []
    return f"{', '.join(asked)}: {', '.join(parts)}."

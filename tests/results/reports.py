"""A report with one result of each outcome, and names that want to be more than names."""

from quorate.errors import Place
from quorate.results import (
    Outcome,
    Report,
    ReportedFinding,
    ReportedNote,
    ReportedStep,
    ReportedSubject,
    Run,
    Severity,
)

HOSTILE = "a|b <script>alert(1)</script> @team `x` ]]> \x00\x1b[31m \u202e ::error::\n100%,"

RUN = Run(
    "Start: all run.\n1. N1 crashes.\nEnd: nothing runs.",
    (ReportedStep(0, "All run."), ReportedStep(1, "N1 crashes.")),
    "quorate1:abc",
    ("out/one.svg",),
)


def result(outcome: Outcome, title: str = "", run: Run | None = None) -> ReportedFinding:
    """A result of the outcome, named after it."""
    return ReportedFinding(
        claim=outcome.name.lower(),
        title=title or f"{outcome.name.lower()} of SQL",
        sentence="all is well",
        why="somebody has to know",
        sources=("Q1: more than half",),
        verdict=outcome.value.upper(),
        outcome=outcome,
        reason="nobody knows" if outcome in {Outcome.UNDECIDED, Outcome.NEVER_HAPPENS} else "",
        engine="induction",
        seconds=0.25,
        place=Place("sites/my cluster.toml", 7, "groups[0]"),
        run=run,
    )


def report(name: str = "Berlin", title: str = "") -> Report:
    """One cluster with a result of each outcome and a remark of each severity."""
    runs = {Outcome.OPEN: RUN, Outcome.NOT_AS_EXPECTED: RUN}
    place = Place("sites/my cluster.toml", 3, "quorum.mode")
    return Report(
        "0.1.0",
        (
            ReportedSubject(
                name,
                f"{name}: 3 nodes",
                Place("sites/my cluster.toml"),
                tuple(
                    ReportedNote(severity, place, f"{name} is {severity.value}")
                    for severity in Severity
                ),
                tuple(result(outcome, title, runs.get(outcome)) for outcome in Outcome),
            ),
        ),
    )

"""Results as JUnit XML, which build servers show as tests.

A suite a cluster, a case a question. What is not as expected is a failure, what was not decided an
error, and what says nothing is skipped: the three that a build server tells apart. The dialect is
the one that Jenkins, GitLab and the Maven Surefire plugin share.
"""

import xml.etree.ElementTree as ET
from typing import assert_never

from quorate.drawing.names import escaped
from quorate.results.result import Outcome, Report, ReportedFinding, ReportedSubject


def junit(report: Report) -> str:
    """The text of the file."""
    root = ET.Element("testsuites", {"name": "quorate", **_counts(list(report.results()))})
    for subject in report.subjects:
        root.append(_suite(subject))
    ET.indent(root)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _suite(subject: ReportedSubject) -> ET.Element:
    suite = ET.Element("testsuite", {"name": escaped(subject.name), **_counts(subject.results)})
    for result in subject.results:
        suite.append(_case(subject, result))
    return suite


def _case(subject: ReportedSubject, result: ReportedFinding) -> ET.Element:
    case = ET.Element(
        "testcase",
        # Build servers group by what stands before a dot, and a name may have one.
        classname=escaped(f"quorate.{subject.name.replace('.', '_')}"),
        name=escaped(result.title),
        time=f"{result.seconds:.3f}",
    )
    if result.place is not None:
        case.set("file", escaped(result.place.source))
        if result.place.line is not None:
            case.set("line", str(result.place.line))
    match result.outcome:
        case Outcome.AS_EXPECTED:
            return case
        case Outcome.OPEN:
            element = ET.SubElement(case, "system-out")
        case Outcome.NOT_AS_EXPECTED:
            element = ET.SubElement(
                case, "failure", message=escaped(result.verdict), type="verdict"
            )
        case Outcome.UNDECIDED:
            element = ET.SubElement(case, "error", message=escaped(result.reason), type="undecided")
        case Outcome.NEVER_HAPPENS:
            element = ET.SubElement(case, "skipped", message=escaped(result.reason))
        case _:
            assert_never(result.outcome)
    # Escaped, since XML 1.0 has no way to write some characters.
    element.text = "\n".join(map(escaped, _lines(result)))
    return case


def _lines(result: ReportedFinding) -> list[str]:
    lines = [f"{result.title}: {result.verdict}", f"claim: {result.sentence}"]
    lines += [result.reason] if result.reason else []
    if result.run is not None:
        lines += ["", *result.run.text.split("\n")]
        lines += [f"Replay: quorate show {result.run.line}"] if result.run.line else []
        lines += [f"Picture: {path}" for path in result.run.pictures]
    return lines


def _counts(results: tuple[ReportedFinding, ...] | list[ReportedFinding]) -> dict[str, str]:
    outcomes = [result.outcome for result in results]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(Outcome.NOT_AS_EXPECTED)),
        "errors": str(outcomes.count(Outcome.UNDECIDED)),
        "skipped": str(outcomes.count(Outcome.NEVER_HAPPENS)),
        "time": f"{sum(result.seconds for result in results):.3f}",
    }

"""Results as JUnit, SARIF, Markdown and annotations: each outcome its own way, and no name of a
user's more than a name."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import HOSTILE, RUN, report, result

from quorate.errors import Place
from quorate.results import Outcome, Report, annotations, junit, markdown, sarif

JUNIT = {
    Outcome.AS_EXPECTED: [],
    Outcome.OPEN: ["system-out"],
    Outcome.NOT_AS_EXPECTED: ["failure"],
    Outcome.UNDECIDED: ["error"],
    Outcome.NEVER_HAPPENS: ["skipped"],
}

SARIF = {
    Outcome.AS_EXPECTED: ("pass", "none"),
    Outcome.OPEN: ("fail", "note"),
    Outcome.NOT_AS_EXPECTED: ("fail", "error"),
    Outcome.UNDECIDED: ("open", "none"),
    Outcome.NEVER_HAPPENS: ("notApplicable", "none"),
}

ANNOTATED = {
    Outcome.AS_EXPECTED: None,
    Outcome.OPEN: "notice",
    Outcome.NOT_AS_EXPECTED: "error",
    Outcome.UNDECIDED: "warning",
    Outcome.NEVER_HAPPENS: "warning",
}


def only(outcome: Outcome) -> Report:
    """The report with nothing but the result of one outcome."""
    [subject] = report().subjects
    kept = tuple(one for one in subject.results if one.outcome is outcome)
    return Report("0.1.0", (replace(subject, remarks=(), results=kept),))


@pytest.mark.parametrize("outcome", Outcome)
def test_junit_tells_what_failed_from_what_nobody_knows(outcome):
    root = ET.fromstring(junit(only(outcome)))
    [case] = root.iter("testcase")
    assert [child.tag for child in case] == JUNIT[outcome]
    assert case.get("file") == "sites/my cluster.toml"
    assert case.get("line") == "7"
    counted = {tag: int(root.get(tag, "")) for tag in ("tests", "failures", "errors", "skipped")}
    assert counted == {
        "tests": 1,
        "failures": JUNIT[outcome] == ["failure"],
        "errors": JUNIT[outcome] == ["error"],
        "skipped": JUNIT[outcome] == ["skipped"],
    }


def test_junit_has_the_run_and_the_line_that_replays_it():
    [case] = ET.fromstring(junit(only(Outcome.NOT_AS_EXPECTED))).iter("testcase")
    told = case.findtext("failure") or ""
    assert RUN.text in told
    assert "Replay: quorate show quorate1:abc" in told
    assert "Picture: out/one.svg" in told


@pytest.mark.parametrize("outcome", Outcome)
def test_sarif_has_a_kind_and_a_level_for_each_outcome(outcome):
    [run] = json.loads(sarif(only(outcome)))["runs"]
    [found] = run["results"]
    assert (found["kind"], found["level"]) == SARIF[outcome]
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    where = found["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "sites/my%20cluster.toml"
    assert where["region"] == {"startLine": 7}


def test_sarif_steps_through_a_run_that_is_news():
    [run] = json.loads(sarif(only(Outcome.OPEN)))["runs"]
    [flow] = run["results"][0]["codeFlows"]
    steps = flow["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == ["All run.", "N1 crashes."]


def test_sarif_says_the_same_question_with_the_same_fingerprint_whatever_was_found():
    def fingerprints(outcome: Outcome) -> object:
        changed = replace(result(outcome, "no-split-brain"), claim="no-split-brain")
        [subject] = report().subjects
        one = Report("0.1.0", (replace(subject, remarks=(), results=(changed,)),))
        return json.loads(sarif(one))["runs"][0]["results"][0]["partialFingerprints"]

    assert fingerprints(Outcome.AS_EXPECTED) == fingerprints(Outcome.NOT_AS_EXPECTED)


def test_an_absolute_path_is_a_file_address():
    [subject] = report().subjects
    place = Place("/srv/c.toml", 1)
    moved = replace(subject, remarks=(), results=(replace(subject.results[0], place=place),))
    [found] = json.loads(sarif(Report("0.1.0", (moved,))))["runs"][0]["results"]
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "file:///srv/c.toml"


@pytest.mark.parametrize("outcome", Outcome)
def test_annotations_stand_at_the_line_of_the_file(outcome):
    said = list(annotations(only(outcome)))
    level = ANNOTATED[outcome]
    if level is None:
        assert said == []
        return
    [line] = said
    assert line.startswith(f"::{level} file=sites/my cluster.toml,line=7,title=Berlin%3A ")


def test_remarks_of_the_reader_are_told_in_each_format():
    whole = report()
    assert "3 notes of the reader" in markdown(whole)
    assert sum("is unsupported" in line for line in annotations(whole)) == 1
    levels = [one["level"] for one in json.loads(sarif(whole))["runs"][0]["results"]][-3:]
    assert levels == ["note", "note", "warning"]


def test_the_comment_begins_with_the_sum_and_what_is_not_as_expected():
    head, _, rest = markdown(report()).partition("<details>")
    assert "1 as expected, 1 open, 1 not as expected, 1 not decided, 1 never happens." in head
    assert "| **NO** | not\\_as\\_expected of SQL | NOT AS EXPECTED | all is well |" in head
    assert "N1 crashes." in rest


def test_a_comment_has_at_most_as_many_characters_as_a_host_takes():
    [subject] = report().subjects
    many = tuple(
        replace(subject.results[1], title=f"survives of G{number}", claim=f"c{number}")
        for number in range(400)
    )
    full = markdown(Report("0.1.0", (replace(subject, results=many),)), most=10**9)
    assert "Replay" in full
    short = markdown(Report("0.1.0", (replace(subject, results=many),)), most=len(full) - 1)
    assert len(short) < len(full)
    assert "The runs have no room here" in short
    assert "Replay" not in short


def test_many_of_which_the_same_was_found_are_one_row():
    [subject] = report().subjects
    many = tuple(replace(subject.results[0], title=f"ok of G{number}") for number in range(9))
    text = markdown(Report("0.1.0", (replace(subject, results=many),)))
    assert "ok of G0 and 8 more like it" in text
    assert "ok of G1" not in text


def test_no_name_is_more_than_a_name():
    hostile = report(HOSTILE, HOSTILE)
    root = ET.fromstring(junit(hostile))
    assert [case.tag for case in root.iter("testcase")] == ["testcase"] * len(Outcome)
    assert all("\n" not in line for line in annotations(hostile))
    assert all(line.count("::") == 2 for line in annotations(hostile) if "NEVER" in line)
    text = markdown(hostile)
    assert "<script>" not in text
    assert "\x1b" not in text
    json.loads(sarif(hostile))


@given(st.text(), st.text())
def test_every_name_can_be_written(name, title):
    any_report = report(name, title)
    ET.fromstring(junit(any_report).encode("utf-8"))
    json.loads(sarif(any_report))
    assert all("\n" not in line for line in annotations(any_report))
    markdown(any_report).encode("utf-8")

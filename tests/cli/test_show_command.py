"""quorate show: a line is replayed before it is told."""

import json
import re
import textwrap
from itertools import pairwise

import pytest
from running import CLUSTERS, quorate, refused

from quorate.system.trace_lines import from_line, to_line


@pytest.fixture(scope="module")
def line() -> str:
    run = quorate(
        "check", CLUSTERS / "four-two-sites-share.toml", "--claim", "no-split-brain-if-forced"
    )
    found = re.search(r"quorate1:\S+", run.stdout)
    assert found is not None, run.stdout + run.stderr
    return found[0]


def test_a_line_is_replayed_and_told(line):
    run = quorate("show", line)
    assert run.returncode == 0, run.stderr
    assert "forced quorum" in run.stdout
    assert "every step is possible, and its end breaks the claim" in run.stdout


def test_a_line_is_drawn_and_printed_as_data(line):
    assert quorate("show", line, "--svg").stdout.startswith("<?xml")
    assert quorate("show", line, "--dot").stdout.startswith(("graph", "digraph", "strict"))
    data = json.loads(quorate("show", line, "--json").stdout)
    assert len(data["trace"]["steps"]) + 1 == len(data["story"]["steps"])
    itf = json.loads(quorate("show", line, "--itf").stdout)
    assert itf["#meta"]["format"] == "ITF"
    assert len(itf["states"]) == len(data["trace"]["steps"]) + 1


def test_a_line_is_said_for_other_tools(line):
    diagram = quorate("show", line, "--mermaid").stdout
    assert diagram.startswith("sequenceDiagram\n")
    assert "participant n0 as HV1" in diagram
    assert "forced quorum" in diagram
    log = quorate("show", line, "--shiviz").stdout.splitlines()
    clocks = [json.loads(text.partition(" ")[2]) for text in log[::2]]
    assert all(sum(one.values()) + 1 == sum(two.values()) for one, two in pairwise(clocks))


def test_a_line_is_read_from_a_file_and_from_the_standard_input(line, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(f"Replay: quorate show {line}\n")
    told = quorate("show", line).stdout
    assert quorate("show", file).stdout == told
    assert quorate("show", "-", stdin=line).stdout == told


def test_a_line_whose_steps_are_not_possible_is_refused(line):
    data = from_line(line)
    data["steps"] = data["steps"][1:]
    said = refused(quorate("show", to_line(data)))
    assert "step 1" in said


def test_a_line_that_allows_more_than_its_claim_does_not_count_as_judged(line):
    data = from_line(line)
    data["claim"] = "no-split-brain"
    run = quorate("show", to_line(data))
    assert run.returncode == 0, run.stderr
    assert "not judged" in run.stdout


@pytest.mark.parametrize("text", ["quorate1:", "quorate1:AAAA", "quorate1:eNqrrgUAAXUA-Q"])
def test_a_damaged_line_is_refused_in_one_sentence(text):
    refused(quorate("show", text))


def test_a_line_is_read_from_a_report_that_powershell_wrote(line, tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(f"Köln\r\nReplay: quorate show {line}\r\n".encode("utf-16"))
    assert quorate("show", file).stdout == quorate("show", line).stdout


def test_a_line_is_read_from_a_mail_that_was_wrapped_and_quoted(line, tmp_path):
    file = tmp_path / "mail.eml"
    text = f"Replay: quorate show {line}\n\nAll of this assumes that ...\n"
    wrapped = "\n".join(f"> {part}" for part in textwrap.wrap(text, 70))
    file.write_bytes(wrapped.encode("latin-1"))
    assert quorate("show", file).stdout == quorate("show", line).stdout
    assert quorate("show", wrapped).stdout == quorate("show", line).stdout


def test_what_is_neither_a_line_nor_a_file_is_refused(tmp_path):
    assert "no such file" in refused(quorate("show", tmp_path / "none"))
    (tmp_path / "empty").write_text("")
    assert "starts with" in refused(quorate("show", tmp_path / "empty"))

"""What `check` and `verify` leave for teams: at the lines of the file, whatever CI reads it."""

import json
import xml.etree.ElementTree as ET

import pytest
from running import quorate, refused

CLUSTER = """\
version = "2008"

[quorum]
mode = "node-majority"

[[nodes]]
name = "A"

[[nodes]]
name = "B"

[[nodes]]
name = "C"

[survives]
crash = 2
in_order = [{ faults = ["crash", "isolation"] }]

[[groups]]
name = "FS"

[[groups.resources]]
name = "IP"
kind = "ip-address"
"""


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    (folder / "cluster.toml").write_text(CLUSTER, encoding="utf-8")
    run = quorate(
        "check",
        "cluster.toml",
        "--junit=out/junit.xml",
        "--sarif=out/quorate.sarif",
        "--markdown=out/comment.md",
        "--output=out",
        "--json",
        cwd=folder,
        env={"GITHUB_ACTIONS": "true"},
    )
    assert run.returncode == 1, run.stderr
    return folder, run


def line_of(key: str) -> int:
    return CLUSTER.splitlines().index(key) + 1


def test_answers_stand_at_the_lines_that_they_speak_of(left):
    folder, _ = left
    [run] = json.loads((folder / "out/quorate.sarif").read_text())["runs"]
    lines = {
        one["message"]["text"].split(": ")[1]: one["locations"][0]["physicalLocation"]["region"]
        for one in run["results"]
    }
    assert lines["survives-crash(2)"]["startLine"] == line_of("crash = 2")
    assert lines["acyclic of FS"]["startLine"] == line_of("[[groups]]")
    assert lines["no-split-brain"]["startLine"] == line_of('mode = "node-majority"')
    [in_order] = [name for name in lines if name.startswith("survives-crash-")]
    assert lines[in_order]["startLine"] == line_of(
        'in_order = [{ faults = ["crash", "isolation"] }]'
    )


def test_each_format_has_what_was_found(left):
    folder, run = left
    [found] = json.loads(run.stdout)
    refuted = [one["claim"] for one in found["findings"] if one["as_expected"] is False]
    root = ET.parse(folder / "out/junit.xml").getroot()
    failed = [
        case.get("name") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert failed == refuted
    comment = (folder / "out/comment.md").read_text(encoding="utf-8")
    assert comment.count("| **NO** |") == len(refuted)
    assert run.stderr.count("::error file=cluster.toml,line=") == len(refuted)


def test_a_failure_names_its_picture(left):
    folder, _ = left
    told = ET.parse(folder / "out/junit.xml").getroot().findtext(".//failure") or ""
    [picture] = [line for line in told.splitlines() if line.startswith("Picture: ")]
    assert (folder / picture.removeprefix("Picture: ")).is_file()


def test_nothing_is_annotated_where_nobody_reads_annotations(left):
    folder, _ = left
    run = quorate(
        "check", "cluster.toml", "--claim=acyclic", cwd=folder, env={"GITHUB_ACTIONS": ""}
    )
    assert run.stderr == ""


def test_what_cannot_be_left_is_refused_before_the_work(left, tmp_path):
    folder, _ = left
    file = tmp_path / "file"
    file.write_text("")
    said = refused(quorate("check", "cluster.toml", "--junit", file / "junit.xml", cwd=folder))
    assert "name a folder to write in" in said
    assert "name a file to write" in refused(
        quorate("check", "cluster.toml", "--sarif", tmp_path, cwd=folder)
    )


def test_claim_files_leave_them_too(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(
        "from quorate.cluster import Cluster, Node, NodeMajority\n"
        "from quorate.windows.membership.catalogue import split_brain\n"
        "NODES = tuple(Node(name) for name in 'ABC')\n"
        "CLAIMS = (split_brain(Cluster('three', NODES, NodeMajority())),)\n"
    )
    run = quorate("verify", file, "--junit=junit.xml", "--sarif=a.sarif", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    [case] = ET.parse(tmp_path / "junit.xml").getroot().iter("testcase")
    assert (case.get("name"), case.get("file")) == ("no-split-brain", "claims.py")
    [found] = json.loads((tmp_path / "a.sarif").read_text())["runs"][0]["results"]
    assert found["kind"] == "pass"

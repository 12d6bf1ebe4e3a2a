"""quorate check, as a user runs it."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from running import CLUSTERS, quorate, refused

UNSAFE = """
version = "2008"
nodes = ["A", "B", "C"]

[quorum]
mode = "node-majority"

[survives]
crash = 2
"""


def test_a_sound_cluster_is_proved_and_what_force_does_is_told_when_asked():
    run = quorate("check", CLUSTERS / "three-nodes.toml")
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert any(line.startswith("no-split-brain ") and "PROVED" in line for line in lines)
    assert any(line.startswith("no-split-brain-if-forced") and "REFUTED" in line for line in lines)
    assert "started by force" not in run.stdout
    assert "\033" not in run.stdout
    assert run.stderr == ""
    asked = quorate("check", CLUSTERS / "three-nodes.toml", "--claim", "no-split-brain-if-forced")
    assert "started by force" in asked.stdout


def test_the_first_line_says_which_windows_is_modelled_and_so_does_json():
    run = quorate("check", CLUSTERS / "three-nodes.toml", "--claim", "no-split-brain")
    said = "votes are static as in Windows Server 2008"
    assert said in run.stdout.splitlines()[0]
    run = quorate("check", CLUSTERS / "three-nodes.toml", "--claim", "no-split-brain", "--json")
    (document,) = json.loads(run.stdout)
    assert document["votes"] == said
    assert all(finding["assumptions"][0].startswith(said) for finding in document["findings"])


def test_the_closing_line_speaks_of_late_detection_only_where_a_claim_has_it(tmp_path):
    late, at_once = "but for no-dual-activity", "follows the network at once"
    said = quorate("check", CLUSTERS / "three-nodes.toml", "--claim", "no-split-brain").stdout
    assert at_once in said
    assert late not in said
    file = tmp_path / "shop.toml"
    file.write_text(SHOP)
    both = ("--claim", "acyclic", "--claim", "no-dual-activity")
    assert late in quorate("check", file, *both).stdout
    assert at_once not in quorate("check", file, *both[2:]).stdout


SHOP = """
version = "2008"
nodes = ["A", "B", "C"]
[quorum]
mode = "node-majority"
[[groups]]
name = "Shop"
[[groups.resources]]
name = "Disk"
kind = "disk"
[[groups.resources]]
name = "Application"
depends_on = "[Cache]"
writes_to = ["Disk"]
[[groups.resources]]
name = "Cache"
"""


def test_a_badly_ordered_group_is_told_and_drawn_with_the_dependency_that_it_lacks(tmp_path):
    file, out = tmp_path / "shop.toml", tmp_path / "out"
    file.write_text(SHOP)
    run = quorate("check", file, "--claim", "no-lost-write", "-o", out)
    assert run.returncode == 1
    assert "no-lost-write of Shop: REFUTED in 4 steps" in run.stdout
    assert "Application loses what it had not written" in run.stdout
    pictures = sorted(path.name for path in out.glob("*.svg"))
    assert pictures == [
        "no-lost-write-of-shop--shop--dependencies.svg",
        "no-lost-write-of-shop--shop.svg",
    ]
    assert "without a dependency" in (out / pictures[0]).read_text(encoding="utf-8")


def test_a_circle_of_dependencies_is_named_and_drawn(tmp_path):
    file, out = tmp_path / "shop.toml", tmp_path / "out"
    file.write_text(SHOP + 'depends_on = "[Application]"\n')
    run = quorate("check", file, "-o", out)
    assert run.returncode == 2
    assert "'Application', which needs 'Cache', which needs 'Application'" in run.stderr
    assert (out / "acyclic--shop.svg").is_file()
    assert "Traceback" not in run.stderr


def test_what_is_found_alike_of_many_groups_is_one_line(tmp_path):
    file = tmp_path / "many.toml"
    groups = [
        f'[[groups]]\nname = "G{number}"\n[[groups.resources]]\nname = "R{number}"\n'
        for number in range(4)
    ]
    top = 'version = "2008"\nnodes = ["A", "B", "C"]\nquorum.mode = "node-majority"\n'
    file.write_text(top + "".join(groups))
    run = quorate("check", file, "--claim", "right-owner")
    assert run.returncode == 0, run.stderr
    assert [
        line for line in run.stdout.splitlines() if line.startswith("right-owner of all 4 groups")
    ]
    assert "proved one by one" in run.stdout


REACHED = """
version = "2008"
nodes = ["A", "B", "C"]
[quorum]
mode = "node-majority"
[[groups]]
name = "Shop"
[[groups.resources]]
name = "Disk"
kind = "disk"
[[groups.resources]]
name = "IP"
kind = "ip-address"
"""


def test_one_run_is_told_once_for_all_claims_that_it_refutes(tmp_path):
    file = tmp_path / "shop.toml"
    file.write_text(REACHED)
    run = quorate("check", file)
    # What clients see for a moment is told, and is no failure.
    assert run.returncode == 0, run.stderr
    assert re.search("one-owner of Shop +REFUTED in 3 steps +open", run.stdout)
    assert re.search("answers-from-owner of Shop +REFUTED in 2 steps +open", run.stdout)
    assert re.findall("(?m)^([a-z-]+) of Shop: REFUTED", run.stdout) == ["one-answers"]
    also = "This run refutes answers-from-owner of Shop and one-owner of Shop as well."
    assert also in run.stdout
    asked = quorate("check", file, "--claim", "one-owner", "--claim", "one-answers")
    found = re.findall("(?m)^([a-z-]+) of Shop: REFUTED", asked.stdout)
    assert found == ["one-answers", "one-owner"]


def test_what_is_open_of_many_groups_alike_is_told_of_the_first(tmp_path):
    file = tmp_path / "many.toml"
    head, _, group = REACHED.partition("[[groups]]")
    groups = [
        ("[[groups]]" + group).replace('"Shop"', f'"G{n}"').replace('"Disk"', f'"Disk {n}"')
        for n in range(3)
    ]
    groups = [one.replace('"IP"', f'"IP {n}"') for n, one in enumerate(groups)]
    file.write_text(head + "".join(groups))
    only = ("--claim", "one-answers")
    run = quorate("check", file)
    assert re.findall("(?m)^([a-z-]+ of G.): REFUTED", run.stdout) == ["one-answers of G0"]
    assert (
        "The same is found of 2 other groups; --claim one-answers tells it of each." in run.stdout
    )
    asked = quorate("check", file, *only)
    told = re.findall("(?m)^([a-z-]+ of G.): REFUTED", asked.stdout)
    assert told == [f"one-answers of G{n}" for n in range(3)]
    assert "The same is found" not in asked.stdout


def test_a_promise_that_is_not_kept_is_told_with_its_arithmetic_and_drawn(tmp_path):
    file = tmp_path / "promising.toml"
    file.write_text(UNSAFE)
    run = quorate("check", file, "--claim", "survives-crash(2)", "-o", tmp_path / "out")
    assert run.returncode == 1
    assert "REFUTED in 2 steps" in run.stdout
    assert "1 of 3 votes, quorum is 2" in run.stdout
    pictures = sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_file())
    assert pictures == ["survives-crash-2--promising.dot", "survives-crash-2--promising.svg"]
    root = ET.parse(tmp_path / "out" / pictures[1]).getroot()
    assert root.tag.endswith("svg")


def test_json_has_the_story_the_trace_and_the_assumptions(tmp_path):
    file = tmp_path / "promising.toml"
    file.write_text(UNSAFE)
    run = quorate("check", file, "--json", "--claim", "survives-crash(2)")
    [document] = json.loads(run.stdout)
    [finding] = [f for f in document["findings"] if f["kind"] == "claim"]
    assert finding["verdict"] == "refuted"
    assert finding["as_expected"] is False
    assert finding["depth"] == len(finding["trace"]["steps"]) == 2
    assert "nothing is repaired" in finding["assumptions"]
    assert finding["story"]["steps"]


def test_json_has_the_place_of_a_note_as_data(tmp_path):
    file = tmp_path / "promising.toml"
    file.write_text(UNSAFE + "\nwitness = 1\n")
    run = quorate("check", file, "--json", "--claim", "force-ends")
    [document] = json.loads(run.stdout)
    [note] = document["notes"]
    assert note.pop("text").startswith("1 are promised, but there are 0 witnesses")
    assert note == {
        "kind": "doubtful",
        "where": f"{file}:11: survives.witness",
        "file": str(file),
        "line": 11,
        "key": "survives.witness",
    }


def test_quiet_says_nothing_of_what_is_as_expected():
    run = quorate("check", CLUSTERS / "three-nodes.toml", "--quiet")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_claim_that_there_is_not_is_refused_with_those_that_there_are():
    said = refused(quorate("check", CLUSTERS / "three-nodes.toml", "--claim", "no-split-brian"))
    assert "no-split-brain," in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "says nothing"),
        (b"\x00\x01", "binary file"),
        (b"nodes = [", "not TOML"),
        (b'nodes = ["A"]\n[quorum]\nmode = "node-majorty"\n', "bad.toml:3: quorum.mode: "),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_file(tmp_path, content, words):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    said = refused(quorate("check", file))
    assert said.startswith(str(file))
    assert words in said


def test_a_directory_and_a_missing_file_are_refused(tmp_path):
    assert "directory" in refused(quorate("check", tmp_path))
    assert "no such file" in refused(quorate("check", tmp_path / "none.toml"))


def test_nothing_can_be_written_below_a_file(tmp_path):
    (tmp_path / "taken").write_text("")
    run = quorate("check", CLUSTERS / "three-nodes.toml", "-o", tmp_path / "taken" / "out")
    assert "nothing can be written" in refused(run)


def test_names_cannot_steer_the_terminal(tmp_path):
    file = tmp_path / "steering.toml"
    name = '"a\\u001b[31m\\nb"'
    file.write_text(
        f'name = {name}\nversion = "2008"\nnodes = [{name}, "B", "C"]\n'
        '[quorum]\nmode = "node-majority"\n'
    )
    run = quorate("check", file, "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    assert "\033" not in run.stdout
    assert quorate("recheck", tmp_path / "out").returncode == 0


def test_two_clusters_of_one_name_keep_their_files_apart(tmp_path):
    for folder, nodes in (("a", '"A", "B", "C"'), ("b", '"A", "B", "C", "D", "E"')):
        (tmp_path / folder).mkdir()
        text = f'version = "2008"\nnodes = [{nodes}]\n[quorum]\nmode = "node-majority"\n'
        (tmp_path / folder / "cluster.toml").write_text(text)
    both = (tmp_path / "a" / "cluster.toml", tmp_path / "b" / "cluster.toml")
    run = quorate("check", *both, "--claim", "no-split-brain", "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    manifests = list((tmp_path / "out").rglob("no-split-brain.json"))
    assert len(manifests) == 2


def test_a_cluster_that_is_too_large_for_its_time_ends_as_unknown(tmp_path):
    nodes = ", ".join(f'"N{i}"' for i in range(600))
    file = tmp_path / "vast.toml"
    file.write_text(f'version = "2008"\nnodes = [{nodes}]\n[quorum]\nmode = "node-majority"\n')
    run = quorate("check", file, "--claim", "no-split-brain", "--seconds", "0.5")
    assert run.returncode == 3, run.stdout + run.stderr
    assert "UNKNOWN" in run.stdout
    assert "PROVED" not in run.stdout
    # Whoever notices first says so: who asks, who builds or who judges.
    reasons = ("within 0.5 seconds", "no time was left to check the answer")
    assert any(reason in run.stdout for reason in reasons)


def test_nodes_that_do_not_reach_the_witness_are_said_not_to(tmp_path):
    file = tmp_path / "one-cable.toml"
    file.write_text(
        'version = "2008"\nnodes = ["FS1", "FS2"]\n[quorum]\nmode = "node-and-disk-majority"\n'
        '[witness]\nreached_by = ["FS1"]\n'
    )
    run = quorate("check", file, "--claim", "survives-crash(1)")
    assert run.returncode == 1
    assert "its cluster service stops. FS2 has no path to the witness." in run.stdout
    assert "the disk witness has 1 vote" in run.stdout

"""Without a version the current rules are asked, and each verdict is named that hangs on that."""

import json
from collections.abc import Mapping

import pytest
from running import quorate

from quorate.cli.choosing import Choice, is_called
from quorate.cli.comparing import Comparison
from quorate.cli.verdicts import verdict_word
from quorate.importers import Imported, parse_native
from quorate.inquiry.finding import Asked, Finding, with_premises
from quorate.inquiry.run import Limits, run

LIMITS = Limits(60.0)
COUNTED = ("planned-stop-keeps-quorum", "all-join", "force-ends")
CLUSTERS = {
    "two nodes": ('nodes = ["A", "B"]\nquorum.mode = "node-majority"', ()),
    "three nodes and a share": (
        'nodes = ["A", "B", "C"]\nquorum.mode = "node-and-file-share-majority"\n'
        'witness.name = "W"\nsurvives.crash = 2',
        (*COUNTED, "survives-crash(2)"),
    ),
    "three nodes, one of which loses its vote first": (
        'nodes = ["A", "B", "C"]\n[quorum]\nmode = "node-majority"\nlower_priority = "B"\n'
        "[survives]\ncrash = 2",
        (*COUNTED, "survives-crash(2)"),
    ),
    "four nodes in two sites": (
        'sites = ["X", "Y"]\nnodes = [{ name = "A", site = "X" }, { name = "B", site = "X" }, '
        '{ name = "C", site = "Y" }, { name = "D", site = "Y" }]\nquorum.mode = "node-majority"',
        (*COUNTED, "survives-site(1)", "survives-crash(1)"),
    ),
}
TWO = CLUSTERS["two nodes"][0]


def read(text: str, version: str | None = None) -> Imported:
    return parse_native((f'version = "{version}"\n' if version else "") + text, "cluster.toml")


def found(read: Imported, names: tuple[str, ...] = ()) -> list[Finding]:
    """Of the claims of these names, as far as they are made; of all where none is given."""
    every = Choice(read.cluster, read.requirements).questions()
    questions = [question for question in every if is_called(question.claim, names)]
    answers = {id(f.question): f for f in run(questions, LIMITS, certify=False)}
    return with_premises([answers[id(question)] for question in questions])


def verdicts(findings: list[Finding]) -> dict[str, str]:
    claims = [finding for finding in findings if finding.question.asked is Asked.CLAIM]
    return {finding.question.claim.name: verdict_word(finding) for finding in claims}


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str | None]:
    """The verdicts there that are not those here, None where the claim is not made there."""
    names = [*here, *(name for name in there if name not in here)]
    return {name: there.get(name) for name in names if here.get(name) != there.get(name)}


@pytest.mark.parametrize(("text", "names"), CLUSTERS.values(), ids=CLUSTERS)
def test_what_is_named_is_exactly_what_a_file_with_each_version_has(text, names):
    """And the file without a version has the verdicts of the current one."""
    nameless = read(text)
    here = found(nameless, names)
    assert verdicts(here) == verdicts(found(read(text, "2025"), names))
    comparison = Comparison(nameless.cluster, nameless.requirements, names)
    there = list(run(comparison.questions(), LIMITS, certify=False))
    named = {}
    for one in comparison.differences(here, there):
        said = verdicts([*one.changed, *one.only_there])
        of = said | {finding.question.claim.name: None for finding in one.only_here}
        named |= {version.value: of for version in one.rules.versions}
    assert named
    for version in ("2008", "2012", "2012 R2", "2022"):
        own = verdicts(found(read(text, version), names))
        assert difference(verdicts(here), own) == named.get(version, {}), version


THREE = (
    'nodes = ["A", "B", "C"]\n[quorum]\nmode = "node-and-file-share-majority"\n[witness]\n'
    "[survives]\ncrash = 2\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cluster.toml"
    path.write_text(THREE, encoding="utf-8")
    return path


def test_the_first_line_says_so_and_a_note_and_a_line_for_each_other_set_of_rules(file):
    told = quorate("check", file, "--claim", "survives-crash(2)")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert "the file names no version: asked as Windows Server 2025; votes follow" in lines[0]
    assert any(
        line.startswith("  defaulted: ") and "version: nothing says" in line for line in lines
    )
    assert [line for line in lines if line.startswith("As Windows")] == [
        "As Windows Server 2008 or 2008 R2: survives-crash(2) would be REFUTED in 2 steps.",
        "As Windows Server 2012: every verdict about votes would be the same.",
    ]


def test_only_the_claims_that_are_named_are_asked_again(file):
    told = quorate("check", file, "--claim", "no-minority-rule", "--claim", "force-outranks")
    assert "2012: every verdict about votes would be the same." in told.stdout
    assert "survives" not in told.stdout.partition("As Windows")[2]


def test_json_names_them_and_what_is_not_expected_alone_does_not(file):
    names = ("--claim", "survives-crash(2)")
    (document,) = json.loads(quorate("check", file, *names, "--json").stdout)
    assert document["version"] == {"asked_as": "2025", "source": "assumed"}
    assert document["other_versions"] == [
        {
            "versions": ["2008", "2008 R2"],
            "changed": [
                {
                    "claim": "survives-crash(2)",
                    "verdict": "refuted",
                    "verdict_text": "REFUTED in 2 steps",
                }
            ],
            "only_there": [],
            "only_here": [],
        },
        {"versions": ["2012"], "changed": [], "only_there": [], "only_here": []},
    ]
    assert len(document["findings"]) == 2
    assert quorate("check", file, *names, "--quiet").stdout == ""


def test_a_file_that_names_its_version_is_compared_with_none(file):
    file.write_text(f'version = "2025"\n{THREE}', encoding="utf-8")
    told = quorate("check", file, "--claim", "survives-crash(2)")
    assert "votes follow who runs, as in Windows Server 2025" in told.stdout.splitlines()[0]
    assert "As Windows" not in told.stdout
    (document,) = json.loads(quorate("check", file, "--claim", "recovers", "--json").stdout)
    assert document["version"] == {"asked_as": "2025", "source": "named"}
    assert document["other_versions"] == []


def test_what_no_model_reads_is_asked_under_no_rules():
    row = '[[unmodelled]]\nsetting = "x"\ntouches = "survival"\nwhy = "y"\n'
    lacking = parse_native(THREE + row, "cluster.toml")
    asked = Comparison(lacking.cluster, lacking.requirements, (), lacking.unmodelled).questions()
    assert asked
    assert not [q for q in asked if q.claim.name.startswith("survives")]


def test_proofs_under_other_rules_leave_no_certificate(file, tmp_path):
    told = quorate("check", file, "--claim", "no-minority-rule", "-o", tmp_path / "review")
    assert "Certificates of 1 proof" in told.stdout
    left = [*(tmp_path / "review").rglob("*.json")]
    assert left
    assert not [path for path in left if '"2012"' in path.read_text(encoding="utf-8")]


def test_claims_about_groups_are_said_to_be_asked_once(file):
    group = '[[groups]]\nname = "G"\nresources = ["app"]\nstateless = true\n'
    file.write_text(THREE + group, encoding="utf-8")
    told = quorate("check", file, "--claim", "no-minority-rule", "--claim", "acyclic")
    assert "Claims about groups were asked as Windows Server 2025 only." in told.stdout


def test_a_cluster_of_two_is_the_same_from_2012_on():
    """It is asked once for all of them, so its verdicts had better be the same."""
    text = TWO.replace("node-majority", "node-and-disk-majority") + '\nwitness.name = "Q:"'
    names = (*COUNTED, "survives-crash(1)", "survives-witness(1)")
    found_ = [verdicts(found(read(text, version), names)) for version in ("2012", "2025")]
    assert found_[0] == found_[1]

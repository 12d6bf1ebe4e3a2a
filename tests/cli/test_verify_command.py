"""quorate verify: claim files, teeth, premises, the gallery."""

import xml.etree.ElementTree as ET

import pytest
from running import quorate, refused

CLAIM_FILE = """
from quorate.cluster import Cluster, Node, NodeMajority
from quorate.windows.membership import Deviation
from quorate.windows.membership.catalogue import split_brain, split_brain_needs_force

CLUSTER = Cluster("pair and one", (Node("A"), Node("B"), Node("C")), NodeMajority())
CLAIMS = (
    split_brain(CLUSTER).with_teeth(Deviation.RUNS_WITHOUT_QUORUM, Deviation.VOTES_OF_THE_LIVING),
    split_brain_needs_force(CLUSTER),
)
"""


def test_a_claim_file_is_decided_with_teeth_and_premise_and_drawn(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(CLAIM_FILE)
    gallery, certificates = tmp_path / "gallery", tmp_path / "certificates"
    run = quorate("verify", file, "--all-pictures", "-o", gallery, "--certificates", certificates)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no-split-brain, premise" in run.stdout
    assert "no-split-brain, if an island that loses quorum keeps running" in run.stdout
    pictures = sorted(gallery.glob("*.svg"))
    assert len(pictures) == run.stdout.count("REFUTED")
    page = (gallery / "README.md").read_text()
    for picture in pictures:
        ET.parse(picture)
        assert f"({picture.name})" in page
    assert quorate("recheck", certificates).returncode == 0


def test_the_gallery_has_the_best_of_each_kind_with_its_run(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(CLAIM_FILE)
    assert quorate("verify", file, "-o", tmp_path / "gallery").returncode == 0
    runs = (tmp_path / "gallery" / "runs.txt").read_text().splitlines()
    names = [line.partition(" ")[0] for line in runs]
    assert sorted(f"{name}.svg" for name in names) == sorted(
        path.name for path in (tmp_path / "gallery").glob("*.svg")
    )
    assert len(names) == 2
    shown = quorate("show", runs[0].partition(" ")[2])
    assert "at the same time" in shown.stdout
    page = (tmp_path / "gallery" / "README.md").read_text()
    assert "## Two clusters at once" in page
    assert f"]({names[0]}.svg)" in page


def test_pictures_that_are_drawn_no_more_are_removed_and_others_are_left(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(CLAIM_FILE)
    gallery = tmp_path / "gallery"
    quorate("verify", file, "-o", gallery)
    (gallery / "mine.svg").write_text("<svg/>")
    before = set(gallery.glob("*.svg"))
    file.write_text(CLAIM_FILE + "CLAIMS = CLAIMS[1:]\n")
    assert quorate("verify", file, "-o", gallery).returncode == 0
    after = set(gallery.glob("*.svg"))
    assert gallery / "mine.svg" in after
    assert len(after) < len(before)


def test_what_is_not_as_expected_is_told_and_fails(tmp_path):
    file = tmp_path / "claims.py"
    text = CLAIM_FILE + "from dataclasses import replace\n"
    text += "from quorate.inquiry.claim import Expectation\n"
    text += "CLAIMS = (replace(CLAIMS[1], expectation=Expectation.HOLDS),)\n"
    file.write_text(text)
    run = quorate("verify", file, "--quiet")
    assert run.returncode == 1
    assert "run another at the same time" in run.stdout


def test_a_claim_file_that_does_not_run_is_refused_in_one_sentence(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text("CLAIMS = 1 / 0\n")
    assert "does not run" in refused(quorate("verify", file))
    file.write_text("CLAIMS = 'none'\n")
    assert "a tuple of claims" in refused(quorate("verify", file))


def test_a_folder_without_claim_files_is_refused(tmp_path):
    assert "no claim files" in refused(quorate("verify", tmp_path))
    assert "no such file" in refused(quorate("verify", tmp_path / "none"))


def test_a_claim_that_two_files_make_is_asked_once_with_all_its_teeth(tmp_path):
    (tmp_path / "one.py").write_text(CLAIM_FILE)
    (tmp_path / "two.py").write_text(CLAIM_FILE.replace("RUNS_WITHOUT_QUORUM", "COUNTS_NEIGHBOURS"))
    run = quorate("verify", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 claims, 3 teeth, 1 premise: 6 of 6 as expected." in run.stdout


def test_a_rule_that_cannot_be_broken_here_is_said_to_be_none(tmp_path):
    """Without a share there is no tag to ignore."""
    file = tmp_path / "claims.py"
    file.write_text(CLAIM_FILE.replace("RUNS_WITHOUT_QUORUM", "SHARE_TAG_IGNORED"))
    run = quorate("verify", file)
    assert run.returncode == 3
    assert "no-split-brain, if the file share's tag is ignored" in run.stdout
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CLAIMS = ()\n", "CLAIMS is empty"),
        ("import sys\nsys.exit(0)\n", "SystemExit: 0 (in <module>, "),
        ("def f():\n    return 1 / 0\n\nCLAIMS = f()\n", "division by zero (in f, "),
    ],
)
def test_nothing_to_decide_is_no_pass(tmp_path, text, said):
    file = tmp_path / "claims.py"
    file.write_text(text)
    assert said in refused(quorate("verify", file))


def test_a_claim_that_raises_says_where_once(tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(
        CLAIM_FILE
        + "from dataclasses import replace\n"
        + "def raises(model):\n    return model.islands\n"
        + "CLAIMS = (*CLAIMS, *(replace(CLAIMS[0], name=n, make_property=raises) for n in 'ab'))\n"
    )
    run = quorate("verify", file)
    assert run.returncode == 3
    assert "Traceback" not in run.stderr
    assert run.stdout.count("no attribute 'islands' (in raises, ") == 1
    assert "pair and one, a, a, if " in run.stdout
    assert "no-split-brain  " in run.stdout


def test_many_questions_are_a_line_a_claim_and_a_file_has_them_all(tmp_path):
    """Of forty questions and fewer each has its line."""
    file, rows = tmp_path / "claims.py", tmp_path / "out" / "rows.txt"
    few = "CLUSTERS = [Cluster(n, tuple(map(Node, 'ABC')), NodeMajority()) for n in 'abcdefghijkl']"
    many = few.replace("'abcdefghijkl'", "'abcdefghijklmnopqrstu'")
    claims = "\nCLAIMS = tuple(split_brain(one) for one in CLUSTERS)\n"
    head = "\n".join(CLAIM_FILE.splitlines()[:4])
    file.write_text(f"{head}\n{few}{claims}")
    assert quorate("verify", file).stdout.count("no-split-brain, premise") == 12
    file.write_text(f"{head}\n{many}{claims}")
    run = quorate("verify", file, "--table", rows)
    assert run.returncode == 0, run.stdout + run.stderr
    table = run.stdout.partition("\n\n")[0].splitlines()
    assert [line.split()[:5] for line in table[1:]] == [
        ["no-split-brain", "21", "proved", "21", "21"]
    ]
    assert rows.read_text().count("no-split-brain, premise") == 21


def test_what_is_not_as_expected_has_its_line_among_many(tmp_path):
    file = tmp_path / "claims.py"
    head = "\n".join(CLAIM_FILE.splitlines()[:4])
    file.write_text(
        f"{head}\nfrom dataclasses import replace\n"
        "from quorate.inquiry.claim import Expectation\n"
        "NODES = tuple(map(Node, 'ABC'))\n"
        "CLUSTERS = [Cluster(f'c{n}', NODES, NodeMajority()) for n in range(21)]\n"
        "CLAIMS = tuple(split_brain(one) for one in CLUSTERS)\n"
        "CLAIMS = (replace(CLAIMS[0], expectation=Expectation.REFUTED), *CLAIMS[1:])\n"
    )
    run = quorate("verify", file)
    assert run.returncode == 1
    assert "NO: 1 not" in run.stdout
    assert run.stdout.splitlines()[4].split()[:3] == ["no-split-brain", "PROVED", "NO"]

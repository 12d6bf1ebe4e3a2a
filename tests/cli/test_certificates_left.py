"""What check leaves of certificates, and what it never touches."""

import json
import shutil
from pathlib import Path

import pytest
from running import CLUSTERS, quorate

SHARE = CLUSTERS / "two-nodes-share.toml"


def checked(folder: Path, *names: str, file: Path = SHARE) -> Path:
    """Where the certificates of these claims are, of all if none is named."""
    claims = [part for name in names for part in ("--claim", name)]
    run = quorate("check", file, *claims, "-o", folder)
    assert run.returncode in (0, 1), run.stderr
    return folder / "certificates"


@pytest.fixture(scope="module")
def of_all_claims(tmp_path_factory) -> Path:
    """A folder with what is left when all claims are asked; nobody changes it."""
    folder = tmp_path_factory.mktemp("left")
    checked(folder)
    return folder


@pytest.fixture
def copied(of_all_claims, tmp_path) -> Path:
    """Where the certificates of all claims are, for one test to change; `tmp_path` is the folder
    that they were left in."""
    shutil.copytree(of_all_claims, tmp_path, dirs_exist_ok=True)
    return tmp_path / "certificates"


def manifests(folder: Path) -> set[str]:
    return {path.stem for path in folder.rglob("*.json") if path.name.count(".") == 1} - {
        "contents"
    }


def test_a_claim_that_is_asked_alone_leaves_the_others_alone(tmp_path):
    folder = checked(tmp_path, "no-split-brain", "no-minority-rule", "survives-crash(1)")
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    assert manifests(folder) == {"no-split-brain", "no-minority-rule", "survives-crash-1"}
    checked(tmp_path, "no-minority-rule")
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    checked(tmp_path, "recovers")
    assert manifests(folder) == {
        "no-split-brain",
        "no-minority-rule",
        "survives-crash-1",
        "recovers",
    }
    assert quorate("recheck", folder).returncode == 0


def test_another_cluster_leaves_the_certificates_of_the_first_alone(tmp_path):
    folder = checked(tmp_path, "no-split-brain")
    checked(tmp_path, "no-split-brain", file=CLUSTERS / "three-nodes.toml")
    assert len(list(folder.rglob("no-split-brain.json"))) == 2
    assert quorate("recheck", folder).returncode == 0


def test_what_is_not_proved_any_more_leaves_nothing(tmp_path):
    """Without the third vote the pair does not survive a partition."""
    folder = checked(tmp_path, "survives-partition(1)", "no-split-brain")
    weak = tmp_path / "weak.toml"
    weak.write_text(
        'name = "SQL pair"\nversion = "2008"\nnodes = ["SQL-A", "SQL-B"]\n'
        '[quorum]\nmode = "node-majority"\n[survives]\npartition = 1\n',
        encoding="utf-8",
    )
    checked(tmp_path, "survives-partition(1)", file=weak)
    assert manifests(folder) == {"no-split-brain"}
    assert not list(folder.rglob("survives*"))
    assert quorate("recheck", folder).returncode == 0


def test_claims_that_are_made_no_more_leave_nothing_when_all_are_asked(copied, tmp_path):
    folder = copied
    made = manifests(folder)
    listed = json.loads((folder / "contents.json").read_bytes())
    (old,) = folder.rglob("survives-partition-1.json")
    checked(tmp_path)
    assert manifests(folder) == made
    assert json.loads((folder / "contents.json").read_bytes()) == listed
    less = tmp_path / "less.toml"
    text = SHARE.read_text(encoding="utf-8")
    less.write_text(text.replace("partition = 1", "crash = 1"), encoding="utf-8")
    checked(tmp_path, file=less)
    assert not old.exists()
    assert quorate("recheck", folder).returncode == 0


def test_files_of_somebody_else_are_never_removed(copied, tmp_path):
    names = ("notes.txt", "mine.json", "mine.smt2", "membership/mine.smt2")
    others = [copied / "sql-pair" / name for name in names]
    for mine in others:
        mine.write_text("mine", encoding="utf-8")
    checked(tmp_path)
    assert [mine.read_text(encoding="utf-8") for mine in others] == ["mine"] * len(others)


@pytest.mark.parametrize("name", ["notes.txt", "mine.json", "mine.smt2", "membership/mine.smt2"])
def test_a_file_of_somebody_else_is_objected_to(tmp_path, name):
    folder = checked(tmp_path, "no-split-brain")
    (folder / "sql-pair" / name).write_text("mine", encoding="utf-8")
    assert quorate("recheck", folder).returncode == 1


def test_a_file_that_somebody_changed_is_not_removed(copied, tmp_path):
    (partition,) = copied.rglob("survives-partition-1.json")
    listed = json.loads(partition.read_bytes())["obligations"]["implication"]
    changed = partition.parent / listed[0]["file"]
    changed.write_text("; a note\n", encoding="utf-8")
    less = tmp_path / "less.toml"
    text = SHARE.read_text(encoding="utf-8")
    less.write_text(text.replace("partition = 1", "crash = 1"), encoding="utf-8")
    checked(tmp_path, file=less)
    assert changed.read_text(encoding="utf-8") == "; a note\n"


def test_a_file_of_somebody_else_is_never_replaced(tmp_path):
    mine = tmp_path / "certificates" / "sql-pair" / "membership" / "no-split-brain.json"
    mine.parent.mkdir(parents=True)
    mine.write_text('{"format": "my notes"}', encoding="utf-8")
    run = quorate("check", SHARE, "--claim", "no-split-brain", "-o", tmp_path)
    assert run.returncode == 2
    assert "not one of quorate's" in run.stderr
    assert mine.read_text(encoding="utf-8") == '{"format": "my notes"}'


def test_a_list_of_contents_that_cannot_be_read_is_not_guessed_at(tmp_path):
    folder = checked(tmp_path, "no-split-brain")
    (folder / "contents.json").write_text("{", encoding="utf-8")
    run = quorate("check", SHARE, "--claim", "no-split-brain", "-o", tmp_path)
    assert run.returncode == 2
    assert "name another" in run.stderr

"""quorate advise: the smallest change that was proved, or none."""

import json

import pytest
from running import quorate

HEAD = 'version = "2008"\n'

PAIR = HEAD + 'nodes = ["A", "B"]\n\n[quorum]\nmode = "node-majority"\n'

LOST_WRITE = (
    PAIR.replace('"A", "B"', '"A", "B", "C"')
    + """
[[groups]]
name = "FS"

[[groups.resources]]
name = "disk"
kind = "disk"

[[groups.resources]]
name = "share"
kind = "file-share"
writes_to = ["disk"]
"""
)


@pytest.fixture
def advised(tmp_path):
    def ran(text, *options):
        file = tmp_path / "cluster.toml"
        file.write_text(text, encoding="utf-8")
        return quorate("advise", file, *options)

    return ran


def test_a_pair_is_advised_to_take_a_share_and_is_shown_the_lines(advised):
    run = advised(PAIR)
    assert run.returncode == 0, run.stderr
    assert "The smallest change after which all holds is 1 decision:" in run.stdout
    assert "1. Add a file share witness apart from all sites." in run.stdout
    assert "survives-crash(1): REFUTED in 1 step -> PROVED" in run.stdout
    assert '   -mode = "node-majority"\n   +mode = "node-and-file-share-majority"\n' in run.stdout
    # A disk stops with the node that was cut off, which may hold it.
    assert "2. " not in run.stdout


def test_a_missing_dependency_is_found(advised):
    [advice] = json.loads(advised(LOST_WRITE, "--json").stdout)["advice"]
    assert advice["decisions"] == ["let share depend on disk"]
    before_and_after = advice["verdicts"]["no-lost-write of FS"]
    assert before_and_after["before"].startswith("REFUTED")
    assert before_and_after["after"] == "PROVED"
    assert '+depends_on = "[disk]"' in advice["patch"]


def test_what_cannot_be_helped_is_said(advised):
    run = advised(PAIR.replace('"A", "B"', '"A"') + "\n[survives]\ncrash = 1\n")
    assert run.returncode == 1
    assert "Nothing of at most 2 decisions that was tried helps." in run.stdout


def test_where_nothing_fails_nothing_is_advised(advised):
    run = advised(PAIR.replace('"A", "B"', '"A", "B", "C"'))
    assert run.returncode == 0
    assert "no claim fails, so there is nothing to change." in run.stdout

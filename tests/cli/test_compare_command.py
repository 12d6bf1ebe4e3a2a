"""quorate compare: two clusters and of which claims the verdict differs."""

import json

import pytest
from running import CLUSTERS, quorate

from quorate.importers import native_text, read_cluster

PAIR = 'version = "2008"\nnodes = ["A", "B"]\n\n[quorum]\nmode = "node-majority"\n'
SHARE = (
    PAIR.replace("node-majority", "node-and-file-share-majority") + '\n[witness]\nname = "share"\n'
)


@pytest.fixture
def compared(tmp_path):
    def ran(before, after, *options):
        for name, text in (("before", before), ("after", after)):
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return quorate("compare", tmp_path / "before.toml", tmp_path / "after.toml", *options)

    return ran


def test_what_becomes_better_is_shown_with_the_lines_that_did_it(compared):
    run = compared(PAIR, SHARE)
    assert run.returncode == 0, run.stderr
    rows = {line.split("  ")[0]: line.split() for line in run.stdout.splitlines()}
    assert rows["survives-crash(1)"][1:] == ["REFUTED", "in", "1", "step", "PROVED"]
    assert '-mode = "node-majority"' in run.stdout
    assert "Asked after only: " in run.stdout
    assert "Worse" not in run.stdout


def test_what_becomes_worse_fails_and_is_named(compared):
    found = compared(SHARE, PAIR, "--json")
    assert found.returncode == 1
    data = json.loads(found.stdout)
    assert {"survives-crash(1)", "survives-isolation(1)"} <= set(data["worse"])
    verdicts = {row["claim"]: (row["before"], row["after"]) for row in data["claims"]}
    assert verdicts["survives-crash(1)"] == ("PROVED", "REFUTED in 1 step")
    assert verdicts["survives-witness(1)"] == ("PROVED", None)


def test_a_cluster_is_like_itself_in_another_format(tmp_path):
    """As it is written again."""
    path = CLUSTERS / "two-nodes-share.toml"
    again = tmp_path / "again.toml"
    again.write_text(native_text(read_cluster(path)), encoding="utf-8")
    data = json.loads(quorate("compare", path, again, "--json").stdout)
    assert (data["differing"], data["worse"], data["patch"]) == ([], [], "")
    assert len(data["claims"]) > 10

"""`quorate convert` leaves a cluster file that says what was read, and what was noted."""

import pytest
from running import CLUSTERS, quorate, refused

from quorate.importers import read_cluster


@pytest.fixture
def source():
    return next(path for path in sorted(CLUSTERS.glob("*.toml")) if read_cluster(path).notes)


def test_the_file_says_the_same_cluster(tmp_path, source):
    run = quorate("convert", source, "-o", tmp_path / "copy.toml")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    read, copied = read_cluster(source), read_cluster(tmp_path / "copy.toml")
    assert (copied.cluster, copied.requirements) == (read.cluster, read.requirements)
    text = (tmp_path / "copy.toml").read_text(encoding="utf-8")
    for note in read.notes:
        assert f"# {note.kind.value}: {note.where}: {note.text}\n" in text


def test_without_a_file_it_is_printed(source, tmp_path):
    run = quorate("convert", source)
    quorate("convert", source, "-o", tmp_path / "copy.toml")
    assert run.returncode == 0
    assert run.stdout == (tmp_path / "copy.toml").read_text(encoding="utf-8")


def test_what_is_there_is_not_replaced_unasked(tmp_path, source):
    mine = tmp_path / "mine.toml"
    mine.write_text("# by hand\n", encoding="utf-8")
    said = refused(quorate("convert", source, "-o", mine))
    assert said == f"{mine}: this file is there already; name another one or write --replace"
    assert mine.read_text(encoding="utf-8") == "# by hand\n"
    assert quorate("convert", source, "-o", mine, "--replace").returncode == 0
    assert read_cluster(mine).cluster == read_cluster(source).cluster


EXPORTS = CLUSTERS.parents[1] / "tests" / "testdata" / "windows"


def test_an_export_is_checked_with_what_is_said_beside_it():
    claim = ("--claim", "no-lost-write")
    export = EXPORTS / "mounted-volume"
    assert "there is no claim 'no-lost-write' here" in refused(quorate("check", export, *claim))
    more = quorate("check", export, "--with", EXPORTS / "mounted-volume.more.toml", *claim)
    assert more.returncode == 1
    assert "REFUTED" in more.stdout


def test_a_supplement_is_of_one_export():
    more = EXPORTS / "mounted-volume.more.toml"
    said = refused(quorate("check", EXPORTS / "disk-only.txt", EXPORTS, "--with", more))
    assert said == f"{more}: a supplement is of one export; check the others without it"


def test_what_was_said_beside_an_export_is_in_the_copy(tmp_path):
    more = EXPORTS / "mounted-volume.more.toml"
    run = quorate("convert", EXPORTS / "mounted-volume", "--with", more, "-o", tmp_path / "c.toml")
    assert run.returncode == 0
    read = read_cluster(EXPORTS / "mounted-volume", more)
    assert read_cluster(tmp_path / "c.toml").cluster == read.cluster


def test_the_script_is_printed():
    run = quorate("export-script")
    assert run.returncode == 0
    assert "Get-ClusterResourceDependency" in run.stdout

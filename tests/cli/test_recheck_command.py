"""quorate recheck: what check leaves is confirmed; what was tampered with is not, and one damaged
certificate costs no other."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from running import CLUSTERS, quorate, refused

sys.path.append(str(Path(__file__).parents[1] / "evidence"))
from forging import list_contents, redigest

SHARE = CLUSTERS / "two-nodes-share.toml"
CLAIMS = ("no-split-brain", "survives-crash(1)", "survives-witness(1)")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    names = [part for name in CLAIMS for part in ("--claim", name)]
    run = quorate("check", SHARE, *names, "-o", folder)
    assert run.returncode == 0, run.stderr
    return folder / "certificates"


@pytest.fixture
def copied(certificates, tmp_path) -> Path:
    return Path(shutil.copytree(certificates, tmp_path / "copied"))


def results(run) -> dict[tuple[str, str], bool]:
    """Whether each solver confirms each claim."""
    return {
        (one["claim"], one["solver"]): not one["not_confirmed"] and not one["objections"]
        for one in json.loads(run.stdout)
    }


def test_certificates_are_confirmed_by_every_solver_that_is_installed(certificates):
    run = quorate("recheck", certificates, "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    assert results(run) == {(claim, s): True for claim in CLAIMS for s in ("z3", "cvc5")}
    assert all(one["obligations"] > 10 for one in json.loads(run.stdout))


def test_the_order_does_not_depend_on_who_was_faster(certificates):
    runs = [quorate("recheck", certificates, "--jobs", jobs) for jobs in (1, 3)]
    assert runs[0].stdout == runs[1].stdout
    assert "3 certificates, asked of z3 and cvc5" in runs[0].stdout


def test_processes_that_inherit_nothing_say_the_same(certificates, monkeypatch):
    monkeypatch.setitem(os.environ, "QUORATE_START_METHOD", "spawn")
    run = quorate("recheck", certificates, "--against", SHARE, "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    assert all(results(run).values())


def test_they_are_of_claims_that_the_cluster_file_makes(certificates):
    run = quorate("recheck", certificates, "--against", SHARE)
    assert run.returncode == 0, run.stdout


def test_they_are_not_of_claims_about_the_cluster_with_other_votes(certificates, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(SHARE.read_text(encoding="utf-8"), encoding="utf-8")
    replaced(other, 'nodes = ["SQL-A"', 'nodes = [{ name = "SQL-A", votes = 5 }')
    run = quorate("recheck", certificates, "--against", other)
    assert run.returncode == 1
    assert run.stdout.count("NOT CONFIRMED") == 6
    assert "it was proved under other circumstances than those of today" in run.stdout


def test_they_are_not_of_claims_about_another_cluster(certificates):
    run = quorate("recheck", certificates, "--against", CLUSTERS / "three-nodes.toml")
    assert run.returncode == 1
    assert run.stdout.count("NOT CONFIRMED") == 6
    assert "nobody claims" in run.stdout


def manifests(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*.json") if path.name.count(".") == 1)
    return sorted(path for path in found if path.name != "contents.json")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_certificate_that_was_given_another_title_is_not_confirmed(copied):
    (path,) = copied.rglob("survives-crash-1.json")
    replaced(path, '"survives-crash(1)"', '"survives-crash(3)"')
    run = quorate("recheck", copied)
    assert run.returncode == 1
    assert "this file was changed" in run.stdout


def test_a_title_that_was_changed_with_care_is_none_that_the_file_makes(copied):
    """All digests are right, and the title is of another claim about the same cluster."""
    (path,) = copied.rglob("survives-crash-1.json")
    replaced(path, "survives-crash(1)", "survives-witness(1)")
    redigest(copied)
    run = quorate("recheck", copied, "--against", SHARE, "--json")
    assert run.returncode == 1
    said = [one["objections"] for one in json.loads(run.stdout) if one["objections"]]
    assert len(said) == 2
    assert "other circumstances" in said[0][0]


def emptied(path: Path) -> None:
    path.write_text("", encoding="utf-8")


def of_another_format(path: Path) -> None:
    replaced(path, "quorate certificate 2", "quorate certificate 1")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "lost": Path.unlink,
    "emptied": emptied,
    "of another format": of_another_format,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_certificate_costs_no_other(copied, damage):
    damage(manifests(copied)[0])
    run = quorate("recheck", copied, "--json")
    assert run.returncode == 1
    found = results(run)
    assert sum(found.values()) == 4
    if damage is not Path.unlink:
        list_contents(copied)
        assert quorate("recheck", copied).returncode == 1


def test_an_obligation_that_lost_an_assertion_is_not_confirmed(copied):
    file = next(copied.rglob("consecution-of-stage-0-by-form-*.smt2"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("(assert\n", "(assert\n(or true ") + ")", encoding="utf-8")
    run = quorate("recheck", copied)
    assert run.returncode == 1
    assert "NOT CONFIRMED" in run.stdout
    assert file.name in run.stdout


def test_a_file_that_is_missing_is_not_confirmed(copied):
    file = next(copied.rglob("*.smt2"))
    file.unlink()
    run = quorate("recheck", copied)
    assert run.returncode == 1
    assert f"{file.name}: this file is missing" in run.stdout


def test_a_folder_without_certificates_is_refused(tmp_path):
    assert "no certificate" in refused(quorate("recheck", tmp_path))


def test_a_file_that_makes_no_claims_is_refused(certificates, tmp_path):
    assert "no such file" in refused(
        quorate("recheck", certificates, "--against", tmp_path / "none.toml")
    )


def test_only_what_is_not_confirmed_is_printed_quietly(certificates, copied):
    assert quorate("recheck", certificates, "-q").stdout == ""
    manifests(copied)[0].unlink()
    assert quorate("recheck", copied, "-q").stdout.count("CONFIRMED") == 1


def test_no_time_is_no_confirmation(certificates):
    run = quorate("recheck", certificates, "--seconds", "0.1")
    assert run.returncode in (0, 3)

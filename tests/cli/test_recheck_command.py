"""quorate recheck: what check leaves is confirmed; what was tampered with is not."""

import json
from pathlib import Path

import pytest
from running import CLUSTERS, quorate, refused


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    run = quorate(
        "check", CLUSTERS / "two-nodes-share.toml", "--claim", "no-split-brain", "-o", folder
    )
    assert run.returncode == 0, run.stderr
    return folder / "certificates"


def test_a_certificate_is_confirmed_by_every_solver_that_is_installed(certificates):
    run = quorate("recheck", certificates, "--json")
    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads(run.stdout)
    assert {result["solver"] for result in results} == {"z3", "cvc5"}
    assert all(result["not_confirmed"] == {} for result in results)
    assert all(result["obligations"] > 10 for result in results)


def test_an_obligation_that_lost_an_assertion_is_not_confirmed(certificates, tmp_path):
    copied = copy(certificates, tmp_path)
    [file] = copied.rglob("consecution-of-stage-0-by-form-*.smt2")
    lines = file.read_text().splitlines()
    kept = [line for line in lines if line.startswith(("(declare", "(check", "(set"))]
    file.write_text("\n".join([*kept[:-1], "(assert true)", kept[-1]]) + "\n")
    run = quorate("recheck", copied)
    assert run.returncode == 1
    assert "NOT CONFIRMED" in run.stdout
    assert file.name in run.stdout


def test_a_file_that_is_missing_is_refused(certificates, tmp_path):
    copied = copy(certificates, tmp_path)
    next(copied.rglob("*.smt2")).unlink()
    assert "missing" in refused(quorate("recheck", copied))


def test_a_folder_without_certificates_is_refused(tmp_path):
    assert "no certificate" in refused(quorate("recheck", tmp_path))


def copy(folder: Path, to: Path) -> Path:
    for file in folder.rglob("*.*"):
        target = to / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return to

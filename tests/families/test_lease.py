"""The seam holds for a family outside the package: verdict, certificate, story and picture through
the ordinary command line."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "cli"))
from running import quorate, refused

LEASE = Path(__file__).parent / "lease.py"


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lease")
    run = quorate("verify", LEASE, "-o", folder / "out", "--certificates", folder / "proofs")
    assert run.stderr == ""
    assert run.returncode == 1
    (folder / "said.txt").write_text(run.stdout, encoding="utf-8")
    return folder


def test_it_gets_verdicts(verified: Path) -> None:
    said = (verified / "said.txt").read_text(encoding="utf-8")
    table = said.split("\n\n")[1].splitlines()
    words = {line.split("  ")[0]: " ".join(line.split()) for line in table}
    assert "PROVED yes" in words["one-client-writes"]
    # Granted, over, granted again: three steps.
    tooth = "one-client-writes, if the storage goes on to accept old numbers"
    assert "REFUTED in 3 steps yes" in words[tooth]
    assert "REFUTED in 3 steps NO" in words["one-client-works"]
    assert "REACHED in 2 steps yes" in words["one-client-writes, premise"]
    assert "2 claims, 1 tooth, 2 premises: 4 of 5 as expected, 1 not." in said


def test_it_gets_a_story_that_can_be_replayed(verified: Path) -> None:
    said = (verified / "said.txt").read_text(encoding="utf-8")
    assert "1. grant: Anna\n2. expire: nobody\n3. grant: Bert\n" in said
    line = next(word for word in said.split() if word.startswith("quorate1:"))
    shown = quorate("show", line, "--claims", LEASE)
    assert shown.returncode == 0
    assert "3. grant: Bert" in shown.stdout
    assert "its end breaks the claim" in shown.stdout
    assert "--claims" in refused(quorate("show", line))


def test_it_gets_pictures(verified: Path) -> None:
    names = {path.name for path in (verified / "out").iterdir()}
    assert "one-client-works--lock-server.svg" in names
    assert "one-client-writes--lock-server--forgets-no-number.dot" in names


def test_it_gets_a_certificate(verified: Path) -> None:
    manifest = json.loads(
        (verified / "proofs/lock-server/lease/one-client-writes.json").read_text(encoding="utf-8")
    )
    assert "clocks run at any speed" in manifest["assumptions"]
    assert quorate("recheck", verified / "proofs").returncode == 0

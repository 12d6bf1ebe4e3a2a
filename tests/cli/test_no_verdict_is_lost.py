"""Whatever fails about telling, drawing or writing, the verdict is printed, and the exit code is
that of the verdict; only what could not be written at all is an error."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from running import CLUSTERS

from quorate.cli import files, main, renderer
from quorate.drawing.layout import LayoutError
from quorate.windows.membership.reasons.account import Account

CLUSTER = CLUSTERS / "two-nodes-share.toml"
FORCED = "no-split-brain-if-forced"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, so that parts of it can be broken."""

    def ran(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        code = end.value.code
        assert isinstance(code, int)
        return code, out, err

    return ran


def broken(*_: object, **__: object) -> str:
    raise RuntimeError("out of\nink")


CLAIM_FILE = """
from dataclasses import replace
from pathlib import Path
from quorate.importers import read_cluster
from quorate.inquiry.claim import Expectation
from quorate.windows.membership.catalogue import split_brain_needs_force

claim = split_brain_needs_force(read_cluster(Path({cluster!r})).cluster)
CLAIMS = (replace(claim, expectation=Expectation.HOLDS),)
"""


@pytest.fixture
def unexpected(tmp_path: Path) -> Path:
    """A claim file with a claim that is refuted and should hold."""
    file = tmp_path / "claims.py"
    file.write_text(CLAIM_FILE.format(cluster=str(CLUSTER)), encoding="utf-8")
    return file


def commands(unexpected: Path) -> Sequence[tuple[Sequence[object], int]]:
    """Commands that find a refutation, and the code that they exit with."""
    return (("check", CLUSTER, "--claim", FORCED), 0), (("verify", unexpected), 1)


@pytest.mark.parametrize("which", [0, 1])
def test_a_run_that_cannot_be_told_can_be_replayed(
    run: Run, monkeypatch: pytest.MonkeyPatch, unexpected: Path, which: int
) -> None:
    command, expected = commands(unexpected)[which]
    monkeypatch.setattr(Account, "text", broken)
    code, out, err = run(*command)
    assert (code, err) == (expected, "")
    assert "REFUTED in 2 steps" in out
    assert "The run cannot be told: RuntimeError: out of ink (in broken, " in out
    assert "\nReplay: quorate show quorate1:" in out


@pytest.mark.parametrize("which", [0, 1])
def test_data_says_what_is_missing_in_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, unexpected: Path, which: int
) -> None:
    command, expected = commands(unexpected)[which]
    monkeypatch.setattr(Account, "data", broken)
    code, out, _ = run(*command, "--json")
    assert code == expected
    documents = json.loads(out)
    [finding] = [
        finding
        for finding in (documents[0]["findings"] if which == 0 else documents)
        if finding["kind"] == "claim"
    ]
    assert finding["verdict"] == "refuted"
    assert finding["trace_line"].startswith("quorate1:")
    assert finding["story"] is None
    assert finding["not_told"][0].startswith("RuntimeError: out of ink")


def test_data_that_is_no_json_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Account, "data", lambda _: {"an": object()})
    code, out, _ = run("check", CLUSTER, "--claim", FORCED, "--json")
    assert code == 0
    assert "not JSON serializable" in json.loads(out)[0]["findings"][0]["not_told"][0]


def test_a_run_that_cannot_be_written_as_a_line_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quorate.inquiry.line.trace_line", broken)
    code, out, _ = run("check", CLUSTER, "--claim", FORCED)
    assert code == 0
    assert "started by force" in out
    assert "The run cannot be written as a line: RuntimeError: out of ink" in out


@pytest.mark.parametrize("which", [0, 1])
def test_a_run_that_cannot_be_drawn_is_told_and_its_old_picture_goes(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unexpected: Path, which: int
) -> None:
    command, expected = commands(unexpected)[which]
    out = tmp_path / "out"
    assert run(*command, "-o", out)[0] == expected
    [picture] = out.glob("*.svg")
    monkeypatch.setattr(Account, "picture", broken)
    code, said, err = run(*command, "-o", out)
    assert code == expected
    assert f"{picture.name} is not drawn: RuntimeError: out of ink" in said + err
    assert "\nReplay: quorate show quorate1:" in said
    assert not picture.exists()


def test_a_renderer_that_dies_costs_the_pictures_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def dead(_: object, __: str) -> str:
        raise LayoutError("the process that draws has ended")

    monkeypatch.setattr(renderer, "installed", lambda: None)
    monkeypatch.setattr("quorate.cli.renderer._Drawer.draw", dead)
    code, said, _ = run("check", CLUSTER, "--claim", FORCED, "-o", tmp_path / "out")
    assert code == 0
    assert "REFUTED in 2 steps" in said
    assert ".svg is not drawn: the process that draws has ended" in said
    assert len(list((tmp_path / "out").glob("*.dot"))) == 1


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that fills up while the work is done."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", refuse)


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("form", ["--json", "--quiet", None])
@pytest.mark.parametrize("which", [0, 1])
def test_a_folder_that_is_full_in_the_end_costs_no_verdict(
    run: Run, tmp_path: Path, unexpected: Path, which: int, form: str | None
) -> None:
    command, _ = commands(unexpected)[which]
    code, said, err = run(*command, "-o", tmp_path / "out", *([form] if form else []))
    assert code == 2
    assert err.startswith(f"quorate: {tmp_path / 'out'}")
    assert err.endswith("nothing can be written here: No space left on device\n")
    assert err.count("\n") == 1
    assert ("REFUTED in 2 steps" in said) == (form != "--quiet" or which == 1)


@pytest.mark.usefixtures("full")
def test_every_cluster_is_decided_although_nothing_can_be_written(run: Run, tmp_path: Path) -> None:
    other = CLUSTERS / "three-nodes.toml"
    code, said, err = run("check", CLUSTER, other, "--claim", FORCED, "-o", tmp_path / "out")
    assert code == 2
    assert said.count("REFUTED in 2 steps\n") == 2
    assert err.count("\n") == 1

"""Questions asked in processes: whatever a process does, each question has an answer that says what
it was, and costs no other one."""

import multiprocessing
import sys
from pathlib import Path
from time import monotonic

import pytest
from troubles import claim_file
from ways import WAYS, choose

from quorate.inquiry import worker
from quorate.inquiry.finding import Asked, Finding
from quorate.inquiry.load import ClaimFiles
from quorate.inquiry.run import Limits, run
from quorate.inquiry.seam import Deviation
from quorate.system import Unknown

LEASE = Path(__file__).parents[1] / "families" / "lease.py"


@pytest.fixture(params=WAYS, autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(request.param, monkeypatch)


def found(file: Path, seconds: float = 20.0, processes: int = 2) -> list[Finding]:
    source = ClaimFiles(file)
    answers = run(source.questions(), Limits(seconds, processes), certify=False, source=source)
    findings = list(answers)
    assert multiprocessing.active_children() == []
    return findings


def claims(findings: list[Finding]) -> dict[str, Finding]:
    """Those about claims, by name."""
    return {f.question.claim.name: f for f in findings if f.question.asked is Asked.CLAIM}


def why(finding: Finding) -> str:
    assert isinstance(finding.answer, Unknown)
    return finding.answer.reason


def test_every_question_is_answered_once_and_those_about_one_system_in_order() -> None:
    findings = found(LEASE)
    questions = ClaimFiles(LEASE).questions()
    titles = [finding.question.title for finding in findings]
    assert sorted(titles) == sorted(question.title for question in questions)
    assert [f.as_expected for f in findings].count(True) == len(questions) - 1


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("dies", "the process that was asked ended with status 7"),
        pytest.param(
            "is_killed",
            "was ended by SIGKILL, as the system does where memory runs out",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals"),
        ),
        ("raises", "unsupported operand type(s) for /: 'Always' and 'int' (in raises, "),
        ("leaves", "SystemExit: 0 (in leaves, "),
    ],
)
def test_what_a_claim_does_to_its_process_is_told_and_costs_no_other_claim(
    tmp_path: Path, what: str, reason: str
) -> None:
    file = claim_file(tmp_path, f"named('first', one_writes), named('bad', {what}), SOUND")
    answers = claims(found(file))
    assert reason in why(answers["bad"])
    assert answers["bad"].seconds < 10.0
    assert answers["first"].as_expected
    assert answers["one-client-writes"].as_expected


def test_a_claim_that_is_not_answered_in_its_time_costs_no_other_claim(tmp_path: Path) -> None:
    file = claim_file(tmp_path, "named('bad', hangs), SOUND")
    answers = claims(found(file, seconds=3.0))
    assert why(answers["bad"]) == "no answer within 3 seconds"
    assert answers["bad"].seconds == pytest.approx(4.0, abs=1.0)
    assert answers["one-client-writes"].as_expected


def test_a_system_that_is_not_built_in_time_is_not_built_again(tmp_path: Path) -> None:
    file = claim_file(
        tmp_path, "*(replace(SOUND, name=n, circumstances=about('hangs')) for n in 'abc'), SOUND"
    )
    started = monotonic()
    answers = claims(found(file, seconds=1.0, processes=4))
    assert monotonic() - started < 15.0
    assert why(answers["a"]) == "there was no system to ask about within 1 seconds"
    assert why(answers["c"]) == f"not asked: {why(answers['a'])}"
    assert answers["c"].seconds == 0.0


def test_a_system_that_two_processes_died_of_is_not_built_a_third_time(tmp_path: Path) -> None:
    file = claim_file(
        tmp_path, "*(replace(SOUND, name=n, circumstances=about('dies')) for n in 'abc')"
    )
    reasons = [why(answer) for answer in claims(found(file)).values()]
    assert reasons[0] == reasons[1] == "the process that was asked ended with status 7"
    assert reasons[2] == f"not asked: {reasons[1]}"


def test_a_system_that_cannot_be_built_says_where(tmp_path: Path) -> None:
    file = claim_file(tmp_path, "replace(SOUND, circumstances=about('raises'))")
    (reason,) = {why(finding) for finding in found(file)}
    assert reason.startswith("there is no such system: RuntimeError: no such lock (in system, ")
    assert f"{file}:" in reason


def test_who_watches_is_told_what_is_asked(tmp_path: Path) -> None:
    source = ClaimFiles(claim_file(tmp_path, "named('slow', hangs)"))
    seen = set()
    for _ in run(
        source.questions(),
        Limits(2.0, 1),
        certify=False,
        source=source,
        watch=lambda asked: seen.update(question.title for question in asked),
    ):
        pass
    assert {"slow", "slow, premise"} <= seen


def test_whoever_stops_listening_leaves_no_process(tmp_path: Path) -> None:
    source = ClaimFiles(claim_file(tmp_path, "named('slow', hangs), SOUND"))
    answers = run(source.questions(), Limits(60.0, 2), certify=False, source=source)
    next(answers)
    assert multiprocessing.active_children()
    answers.close()
    assert multiprocessing.active_children() == []


def test_where_there_is_no_room_for_a_process_that_is_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(worker, "started", full)
    reasons = {why(finding) for finding in found(LEASE)}
    assert reasons == {"no process could be started: Resource temporarily unavailable"}


def test_fewer_processes_do_where_there_is_no_room_for_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, running = worker.started, multiprocessing.active_children

    def one_at_most(*arguments: object) -> object:
        if running():
            raise OSError(11, "Resource temporarily unavailable")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "started", one_at_most)
    assert all(not isinstance(finding.answer, Unknown) for finding in found(LEASE, processes=4))


def test_a_deviation_is_a_system_of_its_own() -> None:
    deviations: set[Deviation | None] = {f.question.deviation for f in found(LEASE)}
    assert len(deviations) == 2

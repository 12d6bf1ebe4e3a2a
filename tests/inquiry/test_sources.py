"""Processes that inherit nothing make the questions again, and answer none but those."""

import pytest
from troubles import claim_file
from ways import choose

from quorate.inquiry.load import ClaimFiles
from quorate.inquiry.processes import CHOSEN_BY, StartMethod, start_method
from quorate.inquiry.run import Limits, run
from quorate.system import Unknown


def test_questions_that_changed_meanwhile_are_not_answered(tmp_path, monkeypatch):
    choose(StartMethod.SPAWN, monkeypatch)
    source = ClaimFiles(claim_file(tmp_path, "SOUND"))
    questions = source.questions()
    claim_file(tmp_path, "named('another', one_writes)")
    for finding in run(questions, Limits(20.0, 1), certify=False, source=source):
        assert isinstance(finding.answer, Unknown)
        assert "changed" in finding.answer.reason


def test_questions_that_cannot_be_made_again_are_not_answered(tmp_path, monkeypatch):
    choose(StartMethod.SPAWN, monkeypatch)
    source = ClaimFiles(claim_file(tmp_path, "SOUND"))
    questions = source.questions()
    claim_file(tmp_path, "1 / 0")
    for finding in run(questions, Limits(20.0, 1), certify=False, source=source):
        assert isinstance(finding.answer, Unknown)
        assert "division by zero" in finding.answer.reason


def test_what_a_claim_file_prints_is_not_printed_by_each_process(tmp_path, capfd):
    file = claim_file(tmp_path, "SOUND")
    file.write_text(file.read_text(encoding="utf-8") + "print('loaded')\n", encoding="utf-8")
    assert ClaimFiles(file).questions()
    assert capfd.readouterr().out == ""


def test_the_start_method_is_chosen_in_one_place(monkeypatch):
    choose(StartMethod.SPAWN, monkeypatch)
    assert start_method() is StartMethod.SPAWN
    monkeypatch.setenv(CHOSEN_BY, "clone")
    with pytest.raises(Exception, match="there is no start method 'clone' here; use"):
        start_method()


def test_macos_does_not_fork_of_itself(monkeypatch):
    monkeypatch.delenv(CHOSEN_BY, raising=False)
    monkeypatch.setattr("sys.platform", "darwin")
    assert start_method() is StartMethod.SPAWN

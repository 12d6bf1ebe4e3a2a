"""The line of progress says how far the work is and what it waits for."""

import pytest

from corpus.cases import cluster
from quorate.cli import progress
from quorate.cli.progress import Progress, progress_line
from quorate.inquiry.finding import Finding, questions_about
from quorate.system import Unknown
from quorate.windows.membership.catalogue import split_brain

QUESTIONS = questions_about(split_brain(cluster(2)), thorough=False)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(progress, "on_terminal", lambda: True)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("COLUMNS", "200")


def test_it_names_what_is_asked():
    said = "1 of 7 answers, 12 s, waiting for no-split-brain and 1 more"
    assert progress_line(1, 7, 12.3, QUESTIONS) == said
    assert progress_line(1, 7, 12.3, QUESTIONS[:1]).endswith("waiting for no-split-brain")


@pytest.mark.usefixtures("terminal")
def test_it_is_shown_before_the_first_answer_and_cleared_in_the_end(capsys):
    watcher = Progress(QUESTIONS, shown=True)
    watcher.waiting(QUESTIONS)
    assert "0 of 2 answers, 0 s, waiting for no-split-brain" in capsys.readouterr().err
    findings = [Finding(question, Unknown("", ""), 0.0, {}) for question in QUESTIONS[::-1]]
    assert [finding.question for finding in watcher.watched(findings)] == list(QUESTIONS)
    assert capsys.readouterr().err.endswith(" \r")


@pytest.mark.usefixtures("terminal")
def test_a_shorter_line_leaves_nothing_of_a_longer_one(capsys):
    watcher = Progress(QUESTIONS, shown=True)
    watcher.waiting(QUESTIONS)
    longer = len(capsys.readouterr().err)
    assert longer > 0
    watcher.waiting(QUESTIONS[:1])
    assert len(capsys.readouterr().err) == longer


@pytest.mark.usefixtures("terminal")
def test_it_is_no_wider_than_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    Progress(QUESTIONS, shown=True).waiting(QUESTIONS)
    assert 0 < len(capsys.readouterr().err.lstrip("\r")) < 30


@pytest.mark.parametrize("shown", [True, False])
def test_nobody_who_is_no_terminal_sees_it(capsys, monkeypatch, shown):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    Progress(QUESTIONS, shown=shown).waiting(QUESTIONS)
    assert capsys.readouterr().err == ""

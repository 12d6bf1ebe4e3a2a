"""Sentences on a terminal: broken between words, nothing lost."""

import pytest

from quorate.cli.wrapping import flowing, wrapped

SENTENCE = "1. The site Berlin fails, with HV1 and HV2 and the witness \\\\fs01\\a-long-name in it."


@pytest.mark.parametrize("columns", [40, 41, 50, 79, 80, 81])
def test_a_line_is_broken_between_words(columns):
    lines = wrapped(SENTENCE, columns).split("\n")
    assert all(len(line) <= columns for line in lines)
    assert " ".join(line.strip() for line in lines) == SENTENCE
    assert all(line.startswith("   ") for line in lines[1:])


def test_a_word_that_is_too_long_stays_whole():
    word = "x" * 90
    assert wrapped(f"a {word} b", 40) == f"a\n{word}\nb"


def test_what_fits_and_what_goes_into_a_pipe_stays(monkeypatch):
    assert wrapped("  two  blanks", 40) == "  two  blanks"
    assert flowing(SENTENCE * 3) == SENTENCE * 3
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, flowing(SENTENCE * 3).split("\n"))) <= 60

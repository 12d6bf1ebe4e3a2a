"""The process that draws: the same pictures and objections as without it, and no process left."""

import multiprocessing

import pytest

from quorate.cli import renderer
from quorate.cli.renderer import renderer as opened
from quorate.drawing.layout import LayoutError, svg

SOURCE = "digraph { a -> b }"


@pytest.fixture(autouse=True)
def nothing_installed(monkeypatch):
    monkeypatch.setattr(renderer, "installed", lambda: None)


def test_it_draws_what_is_drawn_without_it():
    with opened(wanted=True) as render:
        assert multiprocessing.active_children()
        assert render(SOURCE) == svg(SOURCE, embedded=True)
        assert render("graph { c }") == svg("graph { c }", embedded=True)
    assert not multiprocessing.active_children()


def test_it_objects_to_what_cannot_be_drawn_and_draws_on():
    with opened(wanted=True) as render:
        with pytest.raises(LayoutError, match="made no picture"):
            render("digraph {")
        assert "<svg" in render(SOURCE)


def test_its_end_is_told():
    with opened(wanted=True) as render:
        (process,) = multiprocessing.active_children()
        process.kill()
        process.join()
        with pytest.raises(LayoutError, match="the process that draws has ended"):
            render(SOURCE)


def test_nothing_gets_ready_that_is_not_wanted():
    with opened(wanted=False) as render:
        assert not multiprocessing.active_children()
        assert render is svg


def test_an_installed_dot_needs_no_process(monkeypatch):
    monkeypatch.setattr(renderer, "installed", lambda: "/usr/bin/dot")
    with opened(wanted=True) as render:
        assert not multiprocessing.active_children()
        assert render is svg

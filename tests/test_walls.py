"""The walls between the folders of the package: imports run downwards only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "model" / "quorate"

GROUND = {"system", "errors"}
ASKING = GROUND | {"changes", "engines", "evidence"}

MAY_IMPORT = {
    "errors": set(),
    "cluster": {"errors"},
    "system": {"errors"},
    "drawing": {"errors"},
    "changes": GROUND,
    "counting": GROUND,
    "engines": GROUND | {"changes"},
    "evidence": GROUND | {"changes"},
    "inquiry": ASKING,
    "explaining": GROUND | {"evidence", "inquiry"},
    "windows": GROUND | {"changes", "cluster", "counting", "drawing", "inquiry"},
    "importers": {"windows", "cluster", "errors"},
    "results": {"drawing", "errors"},
    "review": {"drawing", "results"},
    "advice": {"cluster"},
    "cli": ASKING
    | {
        "advice",
        "cluster",
        "drawing",
        "explaining",
        "importers",
        "inquiry",
        "results",
        "review",
        "windows",
    },
    "__init__": set(),
    "pytest_plugin": {"cli", "errors", "importers", "inquiry", "results"},
    "__main__": {"cli"},
    "values": set(),
}
"""Folder or module of the package: whom of the others it may import. Everybody may read
`quorate.__version__` and make data classes with `quorate.values`."""

FILES = sorted(PACKAGE.rglob("*.py"))


def place(file: Path) -> str:
    """The folder of the package that `file` is in, or its own name at the top."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(source: str, package: tuple[str, ...]) -> Iterator[str]:
    """The dotted names that `source` imports, also inside functions; relative imports are resolved
    against `package`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else ()
                base = ".".join((*above, *([module] if module else [])))
                yield from (f"{base}.{alias.name}" for alias in names)


def imports_of(file: Path) -> list[str]:
    package = file.relative_to(PACKAGE.parent).parent.parts
    return list(imported(file.read_text(encoding="utf-8"), package))


def neighbours(names: list[str]) -> set[str]:
    """The parts of quorate among the imported names."""
    inner = (name.split(".") for name in names if name.split(".")[0] == "quorate")
    return {parts[1] if len(parts) > 1 else "" for parts in inner} - {"__version__"}


def test_every_part_of_the_package_has_a_place() -> None:
    assert {place(file) for file in FILES} <= MAY_IMPORT.keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_run_downwards(file: Path) -> None:
    own = place(file)
    assert neighbours(imports_of(file)) - {own, "values"} <= MAY_IMPORT[own]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_data_classes_are_made_in_one_way(file: Path) -> None:
    assert place(file) == "values" or "dataclasses.dataclass" not in imports_of(file)


ROOMS = {
    "quorate.windows.membership": {"quorate.windows.groups"},
    "quorate.engines": {"quorate.changes.change", "quorate.changes.reduced"},
}
"""Rooms, and what below the walls of folders they do not know either: membership is there without
groups, and engines know nothing of how a question became theirs."""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_does_not_know_what_stands_on_it(room: str) -> None:
    inside = PACKAGE.parent / room.replace(".", "/")
    names = [name for file in sorted(inside.rglob("*.py")) for name in imports_of(file)]
    for stranger in ROOMS[room]:
        assert not [name for name in names if f"{name}.".startswith(f"{stranger}.")]


@pytest.mark.parametrize("ground", ["cluster", "errors"])
def test_the_ground_needs_nothing_but_the_standard_library(ground: str) -> None:
    names = [name for file in FILES if place(file) == ground for name in imports_of(file)]
    assert {name.split(".")[0] for name in names} - {"quorate"} <= sys.stdlib_module_names


def test_relative_and_nested_imports_are_seen() -> None:
    source = (
        "from ..engines import bmc\ndef f():\n    import quorate.cli.check\n    from . import g"
    )
    assert list(imported(source, ("quorate", "evidence"))) == [
        "quorate.engines.bmc",
        "quorate.cli.check",
        "quorate.evidence.g",
    ]


def test_help_does_not_wait_for_the_solver() -> None:
    program = """
import sys
from quorate.cli import main
sys.argv = ["quorate", "--help"]
try:
    main()
finally:
    print("loaded:", "z3" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "loaded: False" in run.stdout

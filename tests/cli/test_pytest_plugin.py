"""`pytest cluster.toml`: a test for each claim about the cluster."""

from importlib.metadata import entry_points

import pytest

pytest_plugins = ("pytester",)

THREE = """\
version = "2008"
nodes = ["A", "B", "C"]

[quorum]
mode = "node-majority"

[survives]
crash = 2
any_two = false
"""

TWO = THREE.replace(', "C"', "").replace("crash = 2", "crash = 0")


INSTALLED = any(one.name == "quorate" for one in entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-p", "quorate.pytest_plugin")
"""An installed plugin is found by pytest; naming it again is an error."""


@pytest.fixture
def collected(pytester):
    """Runs pytest on files in a folder of its own, in a process of its own."""

    def ran(*arguments, **files):
        for name, text in files.items():
            (pytester.path / f"{name}.toml").write_text(text, encoding="utf-8")
        return pytester.runpytest_subprocess(*PLUGIN, *arguments)

    return ran


def counted(result) -> tuple[int, ...]:
    """How many failed, passed and were skipped."""
    found = result.parseoutcomes()
    return tuple(found.get(outcome, 0) for outcome in ("failed", "passed", "skipped"))


def test_a_claim_that_does_not_hold_fails_with_its_run_told(collected):
    result = collected("three.toml", "-k", "survives-crash or no-split-brain", three=THREE)
    result.stdout.fnmatch_lines(
        [
            "*survives-crash(2)*",
            "claim: the cluster runs without interruption through 2 node crashes*",
            "1. * crashes.*",
            "Replay: quorate show quorate1:*",
        ]
    )
    assert counted(result) == (1, 2, 0)


def test_what_never_happens_is_skipped_with_the_reason(collected):
    result = collected("two.toml", "-rs", "-k", "planned-stop or minority", two=TWO)
    assert counted(result) == (0, 1, 1)
    result.stdout.fnmatch_lines(["*no run leads to what this speaks of*"])


def test_files_that_nobody_names_are_left_alone(collected, pytester):
    assert collected(three=THREE, pyproject="").ret == pytest.ExitCode.NO_TESTS_COLLECTED
    pytester.makeini("[pytest]\nquorate_files = thr*.toml\n")
    result = collected("--collect-only", "-q")
    result.stdout.fnmatch_lines(["three.toml::no-split-brain"])


def test_what_cannot_be_read_is_one_sentence(collected):
    result = collected("bad.toml", bad="x = 1\n")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*bad.toml:1: x: there is no key 'x' here*"])
    result.stdout.no_fnmatch_line("*Traceback*")

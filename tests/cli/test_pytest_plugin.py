"""`pytest cluster.toml`: a test for each claim about the cluster."""

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


@pytest.fixture
def collected(pytester):
    """Runs pytest on files in a folder of its own, in a process of its own."""

    def ran(*arguments, **files):
        for name, text in files.items():
            (pytester.path / f"{name}.toml").write_text(text, encoding="utf-8")
        return pytester.runpytest_subprocess("-p", "quorate.pytest_plugin", *arguments)

    return ran


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
    result.assert_outcomes(failed=1, passed=2, deselected=13)


def test_what_never_happens_is_skipped_with_the_reason(collected):
    result = collected("two.toml", "-rs", "-k", "planned-stop or minority", two=TWO)
    result.assert_outcomes(passed=1, skipped=1, deselected=9)
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

"""Asks fresh solvers of obligations, from their files alone: z3 and, where installed, cvc5."""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path

import z3

from quorate.errors import EvidenceError

Z3, CVC5 = "z3", "cvc5"

_CVC5_OPTIONS: Sequence[Mapping[str, str]] = (
    {"bv-solver": "bitblast-internal", "decision": "internal"},
    {},
)
"""Ways in which cvc5 is asked, one after the other until it knows. With sets as bits in the solver
that sees the rest as well it needs a second at most for what is about 64 nodes; in its usual way,
which is the better one for little else, minutes."""


def solvers() -> tuple[str, ...]:
    """The solvers that are installed."""
    return (Z3, CVC5) if importlib.util.find_spec(CVC5) is not None else (Z3,)


def recheck(path: Path, solver: str, seconds: float) -> str:
    """What a fresh solver says of an obligation: 'unsat', 'sat' or 'unknown'. Raises
    `EvidenceError` for a file that is missing or no SMT-LIB."""
    try:
        script = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path}: this file is missing or cannot be read") from error
    if "(assert" not in script or "(check-sat)" not in script:
        raise EvidenceError(f"{path}: this file asks nothing of a solver")
    return _ask_z3(path, script, seconds) if solver == Z3 else _ask_cvc5(path, script, seconds)


def _ask_z3(path: Path, script: str, seconds: float) -> str:
    solver = z3.SimpleSolver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    try:
        solver.from_string(script)
    except z3.Z3Exception as error:
        raise EvidenceError(f"{path}: this is not an SMT-LIB 2 file") from error
    return str(solver.check())


def _ask_cvc5(path: Path, script: str, seconds: float) -> str:
    answer = "unknown"
    for options in _CVC5_OPTIONS:
        answer = _ask_cvc5_once(path, script, seconds / len(_CVC5_OPTIONS), options)
        if not answer.startswith("unknown"):
            return answer
    return answer


def _ask_cvc5_once(path: Path, script: str, seconds: float, options: Mapping[str, str]) -> str:
    import cvc5  # noqa: PLC0415 - an extra that need not be installed

    terms = cvc5.TermManager()
    solver = cvc5.Solver(terms)
    solver.setOption("tlimit-per", str(max(1, int(seconds * 1000))))
    for option, value in options.items():
        solver.setOption(option, value)
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, script, path.name)
    symbols, answer = parser.getSymbolManager(), "unknown"
    try:
        while not (command := parser.nextCommand()).isNull():
            said = str(command.invoke(solver, symbols)).strip()
            answer = said or answer
    except RuntimeError as error:
        raise EvidenceError(f"{path}: cvc5 does not read this file: {error}") from error
    return answer

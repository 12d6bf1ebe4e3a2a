"""Where a run of `quorate check FILE --claim no-split-brain` goes, in CPU seconds, as JSON.

    python benchmarks/breakdown.py FILE

All is done in this one process, in the order of the command; a clock is read around the library's
calls, and around each call of the solver within them. So parts may be called `... , z3` and the
rest of the same part `..., own`.
"""

import sys
from time import process_time, thread_time

STARTED = process_time()

import json  # noqa: E402 - what is imported counts, and starts here
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

spent: dict[str, float] = {"interpreter": STARTED}
in_solver = 0.0


@contextmanager
def part(name: str) -> Iterator[None]:
    """Adds what happens inside to `name`, the solver's own time apart."""
    began, before = process_time(), in_solver
    yield
    of_solver = in_solver - before
    spent[f"{name}, z3"] = spent.get(f"{name}, z3", 0.0) + of_solver
    spent[name] = spent.get(name, 0.0) + process_time() - began - of_solver


def timed(call: Callable[..., Any]) -> Callable[..., Any]:
    """`call`, its time counted as the solver's, in whichever thread it is."""

    def counted(*arguments: Any) -> Any:
        global in_solver  # noqa: PLW0603 - one clock for all solvers
        began = thread_time()
        try:
            return call(*arguments)
        finally:
            in_solver += thread_time() - began

    return counted


def main(file: str) -> None:
    with part("imports"):
        import z3  # noqa: PLC0415

        from quorate.cli import certificates, check, progress, report  # noqa: PLC0415, F401
        from quorate.importers import read_cluster  # noqa: PLC0415
        from quorate.inquiry import finding, inquire, run  # noqa: PLC0415, F401
        from quorate.inquiry.decide import Inquiry  # noqa: PLC0415
        from quorate.windows.membership import catalogue  # noqa: PLC0415
    z3.Solver.check = timed(z3.Solver.check)
    with part("reading"):
        cluster = read_cluster(Path(file)).cluster
    claim = catalogue.split_brain(cluster)
    with part("building"):
        model = claim.circumstances.model()
        system, goal = model.system, claim.make_property(model)
    inquiry = Inquiry(system, lambda: 60.0)
    with part("judging"):
        proved = inquiry.decide(goal, claim.deepest)
    with part("premise"):
        reached = inquiry.reach(claim.make_premise(model), claim.path, claim.deepest)
    questions = finding.questions_about(claim, thorough=False)
    with part("report"):
        found = [
            finding.Finding(question, finding.answer(verdict), 0.0, {})
            for question, verdict in zip(questions, (proved, reached), strict=True)
        ]
        report.table(report.rows(found))
    if not all(one.as_expected for one in found):
        raise RuntimeError(f"not as expected: {proved}, premise {reached}")
    print(json.dumps({name: seconds for name, seconds in spent.items() if seconds > 0}))


if __name__ == "__main__":
    main(sys.argv[1])

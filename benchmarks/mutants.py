"""Breaks the model on purpose, one guard, update or helper at a time, and asks whether a claim
notices.

    python benchmarks/mutants.py [--write] [--room ROOM] [--only ACTION]

A mutant is an action without one part of its guard, or without one of its updates, so that the
variable keeps its value; or a model all of which is made with one function broken that rules are
made with. It is noticed where a claim is not as expected any more: its proof is not found, or its
premise is not reached, or what should be refuted is not. Of those that are noticed it is then tried
to show a run that breaks the claim.

A mutant that nobody notices may be none: `idle` says that a solver confirmed this, the guard that
was dropped being implied by what is left and the lemmas, or letting in only steps that change
nothing or that the system has as well, and the update never having changed anything. What is
neither is a survivor: of it a run to the first step in which the two differ is looked for, and
replayed. With `--write` the score replaces the one in docs/benchmarks.md, where it is said by hand
of each of these why the difference is meant; of one room, its rows.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from mutation.fates import Fate, fate_of, parts
from mutation.helper_fates import chosen, helper_fate
from mutation.helpers import helpers
from mutation.score import disagreements, score, unnoticed
from mutation.sites import ROOMS, sites
from run import replaced

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"

PROCESSES = 2


def all_fates(rooms: Sequence[str], only: str, said: Callable[[str], None]) -> list[Fate]:
    """The fate of every mutant, asked in a few processes."""
    waiting = {part: on for part, on in parts(only).items() if part[0] in rooms}
    broken = [number for number in chosen(only) if helpers()[number].room in rooms]
    said(f"{len(waiting) + len(broken)} mutants on {len(sites())} systems")
    found: list[Fate] = []
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(fate_of, part, numbers) for (_, part), numbers in waiting.items()]
        asked += [pool.submit(helper_fate, number) for number in broken]
        for done in as_completed(asked):
            try:
                one = done.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            found.append(one)
            said(
                f"{len(found)}/{len(asked)} {one.seconds:.1f} s "
                f"{one.room}: {one.part.verb}: {one.part.title}: {one.words} [{one.where}]"
            )
    order = [*waiting, *((helpers()[number].room, helpers()[number].part) for number in broken)]
    return sorted(found, key=lambda one: order.index((one.room, one.part)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Break the model and see whether a claim notices.")
    parser.add_argument("--write", action="store_true", help="the score, into docs/benchmarks.md")
    parser.add_argument("--room", choices=ROOMS, help="the model that is broken, both by default")
    parser.add_argument("--only", default="", help="mutants of what has this in its name")
    options = parser.parse_args()
    if options.write and options.only:
        parser.error("a score of some actions is not the score")
    rooms = [options.room] if options.room else list(ROOMS)
    fates = all_fates(rooms, options.only, lambda line: print(line, file=sys.stderr, flush=True))
    page = PAGE.read_text(encoding="utf-8")
    text = "".join(score(fates, rooms, page))
    print(f"{text}\n{''.join(unnoticed(fates))}")
    if not options.only:
        print("".join(disagreements(fates, rooms, page)), end="")
    if options.write:
        PAGE.write_text(replaced(page, "mutants", text), encoding="utf-8")


if __name__ == "__main__":
    main()

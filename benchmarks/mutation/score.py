"""What became of all mutants, as a table, and against what docs/benchmarks.md explains by hand."""

import re
from collections.abc import Iterator, Sequence

from mutation.fates import Fate
from mutation.sites import ROOMS
from quorate.changes.mutants import Dropped

HEAD = ("model", "mutants", "noticed", "of these refuted by a run", "idle", "differ", "undecided")


def score(fates: Sequence[Fate], rooms: Sequence[str], page: str) -> Iterator[str]:
    """The score as a table in Markdown; the rows of other rooms are those of the page."""
    yield "| " + " | ".join(HEAD) + " |\n"
    yield "| --- |" + " ---: |" * (len(HEAD) - 1) + "\n"
    for room in ROOMS:
        if room not in rooms:
            yield from re.findall(rf"^\| {room}, \w+s(?: \| \d+){{6}} \|\n", page, re.MULTILINE)
            continue
        for dropped in Dropped:
            own = [one for one in fates if one.room == room and one.part.dropped is dropped]
            if not own and dropped is Dropped.HELPER:
                continue
            noticed = [one for one in own if one.noticed]
            numbers = (
                len(own),
                len(noticed),
                sum(bool(one.refuted) for one in noticed),
                sum(not one.noticed and bool(one.idle) for one in own),
                sum(one.survives and bool(one.differs) for one in own),
                sum(one.survives and not one.differs for one in own),
            )
            yield f"| {room}, {dropped.value}s | " + " | ".join(map(str, numbers)) + " |\n"


def unnoticed(fates: Sequence[Fate]) -> Iterator[str]:
    """Who is not noticed, one a line, and why as far as it is proved."""
    for one in fates:
        if not one.noticed:
            yield f"{one.room} | {one.part.verb} | {one.part.title} | {one.words} [{one.where}]\n"


def disagreements(fates: Sequence[Fate], rooms: Sequence[str], page: str) -> Iterator[str]:
    """Survivors without an explanation, and explanations of what survives no more."""
    there = {one for one in explained(page) if one[0] in rooms}
    surviving = {(one.room, one.part.verb, one.part.title) for one in fates if one.survives}
    for line in sorted(surviving - there):
        yield f"docs/benchmarks.md does not explain {': '.join(line)}\n"
    for line in sorted(there - surviving):
        yield f"docs/benchmarks.md explains what does not survive: {': '.join(line)}\n"


def explained(page: str) -> set[tuple[str, str, str]]:
    """The survivors that the page explains, by model, action and part: in the tables that follow
    the headings of the two models, a row for one part of one action or of several."""
    found: set[tuple[str, str, str]] = set()
    room = ""
    for line in page.splitlines():
        if line.startswith("#"):
            room = line.removeprefix("### Survivors: ") if "Survivors: " in line else ""
        row = re.match(r"\| (.+?) \| ((?:guard|update|helper): .+?) \| ", line)
        if room and row:
            found |= {(room, verb, row[2]) for verb in row[1].split(", ")}
    return found

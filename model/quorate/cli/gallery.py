"""The gallery: a folder of pictures with a page that tells a story with them."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from quorate.cli.archive import Families
from quorate.cli.attempts import Failed, attempted
from quorate.cli.files import remove, write
from quorate.cli.folding import Folded
from quorate.cli.pictures import Pictures
from quorate.cli.story import best, story
from quorate.cli.studio import Left
from quorate.cli.telling import one_line
from quorate.cli.verdicts import counted
from quorate.drawing.layout import svg
from quorate.explaining.because import account_of
from quorate.inquiry.finding import Finding
from quorate.inquiry.line import trace_line
from quorate.inquiry.seam import Subject
from quorate.values import dataclass

PAGE, RUNS = "README.md", "runs.txt"
_LINK = re.compile(r"\]\(([a-z0-9-]+)\.svg\)")
_OPENING = f"""# Gallery

Every picture is a shortest run that refutes a claim, found and drawn by `quorate verify`: one for
each way in which a promise can be broken. The sentence above it says who and what, the promise is
below, and then the steps. Where the rules are as they are, the cluster is to blame; where one is
broken on purpose, the picture shows that the claim would notice: a claim that could not tell would
prove nothing. [{RUNS}]({RUNS}) has the runs, each in a line that `quorate show` replays; all other
refutations are drawn by `quorate check CLUSTER -o FOLDER` and `quorate verify --all-pictures`."""


@dataclass(frozen=True)
class Gallery:
    """Where the gallery is, and what the subjects are called in the names of its files."""

    path: Path
    called: Mapping[Subject, str]


def write_gallery(
    findings: Sequence[Finding], gallery: Gallery, left: Left, *, every: bool = False
) -> None:
    """The best pictures, or `every` one, the page that tells of them, and their runs; what was
    `left` is said. Pictures that the page of the last time names, and that are drawn no more, are
    removed. Raises `InputError` where nothing can be written."""
    page = gallery.path / PAGE
    before = _LINK.findall(_text(page)) if page.is_file() else []
    unfolded = Folded(findings).unfolded
    refuted = [finding for finding in unfolded if finding.counterexample is not None]
    chosen = refuted if every else best(refuted)
    # Files that are kept must not depend on which Graphviz is installed.
    pictures = Pictures(gallery.path, gallery.called, partial(svg, embedded=True))
    for picture in pictures.write(chosen):
        left.add(picture)
    kept = {path.stem for path in left.drawn}
    drawn = [one for one in chosen if pictures.name(one) in kept]
    write(page, page_of(drawn, pictures))
    write(gallery.path / RUNS, runs(drawn, pictures))
    for name in set(before) - kept:
        for suffix in (".svg", ".dot"):
            remove(gallery.path / f"{name}{suffix}")


def _text(page: Path) -> str:
    """What the page says; one that is not ours need not be text."""
    return page.read_text(encoding="utf-8", errors="replace")


def page_of(drawn: Sequence[Finding], pictures: Pictures) -> str:
    """The page: a section after the other, each picture with what is to be seen there."""
    lines = [_OPENING]
    for section, found in story(drawn):
        lines += ["", f"## {section.title}", "", section.opening]
        for finding in found:
            lines += _shown(finding, pictures.name(finding))
    return "\n".join(lines) + "\n"


def _shown(finding: Finding, name: str) -> list[str]:
    question, run = finding.question, finding.counterexample
    claim = question.claim
    who, *why = _said(finding)
    if question.deviation is not None:
        rules = f"Broken on purpose: {question.deviation.sentence}."
        why = [said for said in why if question.deviation.sentence not in said]
    else:
        beside = f", and {claim.assuming}" if claim.assuming else ""
        rules = f"Rules as they are{beside}."
    steps = counted(len(run or ()), "step")
    seen = [
        f"Promised: {claim.sentence}.",
        rules,
        *why,
        f"{one_line(claim.subject.name)}, {steps}.",
    ]
    return [
        "",
        f"### {_plain(who)}",
        "",
        f"![{_plain(who)}]({name}.svg)",
        "",
        _plain(" ".join(seen)),
    ]


def _plain(text: str) -> str:
    """Without what Markdown would take for its own."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", one_line(text))


def _said(finding: Finding) -> list[str]:
    """Who and what, and why; what the claim says of all its refutations where an account says
    nothing of the kind."""
    account = attempted(lambda: account_of(finding))
    if not isinstance(account, Failed) and account is not None:
        said = account.data().get("conclusion", {}).get("sentences", [])
        if said:
            return [str(sentence) for sentence in said]
    return [f"{finding.question.claim.violation}."]


def runs(drawn: Sequence[Finding], pictures: Pictures) -> str:
    """A line for each picture: its name and its run; none for a run that no line can say."""
    lines = []
    for finding in drawn:
        line = attempted(partial(trace_line, finding, Families()))
        if not isinstance(line, Failed):
            lines.append(f"{pictures.name(finding)} {line}")
    return "\n".join(lines) + "\n"

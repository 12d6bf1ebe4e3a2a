"""The gallery: a folder of pictures with a page of captions."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from quorate.cli.files import remove, write
from quorate.cli.pictures import Pictures
from quorate.cli.studio import Left
from quorate.cli.telling import one_line
from quorate.cli.verdicts import counted
from quorate.drawing.layout import svg
from quorate.inquiry.finding import Finding
from quorate.inquiry.seam import Subject

PAGE = "README.md"
_LINK = re.compile(r"\]\(([a-z0-9-]+)\.svg\)")
_OPENING = """# Gallery

Every picture is a shortest run that refutes a claim, found and drawn by `quorate verify`. A broken
twin has one rule wrong on purpose: a claim that could not tell would prove nothing."""


def write_gallery(
    findings: Sequence[Finding], folder: Path, called: Mapping[Subject, str], left: Left
) -> None:
    """The pictures of all refutations and the page that names them; what was `left` is said.
    Pictures that the page of the last time names, and that are drawn no more, are removed. Raises
    `InputError` where nothing can be written."""
    page = folder / PAGE
    before = _LINK.findall(_text(page)) if page.is_file() else []
    refuted = [finding for finding in findings if finding.counterexample is not None]
    # Files that are kept must not depend on which Graphviz is installed.
    pictures = Pictures(folder, called, partial(svg, embedded=True))
    for picture in pictures.write(refuted):
        left.add(picture)
    kept = {path.stem for path in left.drawn}
    write(page, captions([one for one in refuted if pictures.name(one) in kept], pictures))
    for name in set(before) - kept:
        for suffix in (".svg", ".dot"):
            remove(folder / f"{name}{suffix}")


def _text(page: Path) -> str:
    """What the page says; one that is not ours need not be text."""
    return page.read_text(encoding="utf-8", errors="replace")


def captions(drawn: Sequence[Finding], pictures: Pictures) -> str:
    """The page: a section a claim, a line a picture."""
    lines = [_OPENING]
    sections: dict[str, list[Finding]] = {}
    for finding in drawn:
        sections.setdefault(finding.question.claim.name, []).append(finding)
    for name, found in sections.items():
        claim = found[0].question.claim
        lines += ["", f"## {name}", "", f"{claim.sentence[0].upper()}{claim.sentence[1:]}.", ""]
        lines += [_caption(finding, pictures.name(finding)) for finding in found]
    return "\n".join(lines) + "\n"


def _caption(finding: Finding, picture: str) -> str:
    question, run = finding.question, finding.counterexample
    broken = f"if {question.deviation.sentence}" if question.deviation else "the rules as they are"
    subject = one_line(question.claim.subject.name)
    return f"- [{subject}, {broken}]({picture}.svg), {counted(len(run or ()), 'step')}"

"""The gallery: a folder of pictures with a page of captions."""

import re
from collections.abc import Sequence
from pathlib import Path

from quorate.claims.finding import Finding
from quorate.cli.files import write
from quorate.cli.pictures import picture_name, write_pictures
from quorate.cli.report import one_line, story_of

PAGE = "README.md"
_LINK = re.compile(r"\]\(([a-z0-9-]+)\.svg\)")


def write_gallery(findings: Sequence[Finding], folder: Path) -> None:
    """The pictures of all refutations and the page that names them. Pictures that the page of the
    last time names, and that are drawn no more, are removed."""
    page = folder / PAGE
    before = _LINK.findall(page.read_text(encoding="utf-8")) if page.is_file() else []
    drawn = [finding for finding in findings if story_of(finding) is not None]
    # Files that are kept must not depend on which Graphviz is installed.
    write_pictures(drawn, folder, embedded=True)
    write(page, captions(drawn))
    for name in set(before) - {picture_name(finding) for finding in drawn}:
        for suffix in (".svg", ".dot"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)


def captions(drawn: Sequence[Finding]) -> str:
    """The page: a section a claim, a line a picture."""
    lines = [
        "# Gallery",
        "",
        "Every picture is a shortest run that refutes a claim, found by `make verify` and drawn by "
        "`make diagrams`. A broken twin has one rule of quorum wrong on purpose; a claim that could "
        "not tell would prove nothing.",
    ]
    sections: dict[str, list[Finding]] = {}
    for finding in drawn:
        sections.setdefault(finding.question.claim.name, []).append(finding)
    for name, found in sections.items():
        claim = found[0].question.claim
        lines += ["", f"## {name}", "", f"{claim.sentence[0].upper()}{claim.sentence[1:]}.", ""]
        lines += [_caption(finding) for finding in found]
    return "\n".join(lines) + "\n"


def _caption(finding: Finding) -> str:
    question = finding.question
    broken = f"if {question.deviation.value}" if question.deviation else "the rules as they are"
    steps = f"{finding.answer.depth} step" + ("" if finding.answer.depth == 1 else "s")
    cluster = one_line(question.claim.cluster.name)
    return f"- [{cluster}, {broken}]({picture_name(finding)}.svg), {steps}"

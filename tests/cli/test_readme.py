"""What the README shows is what the commands print, but for seconds and traces."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from running import quorate

from quorate.inquiry.finding import Asked, questions_about
from quorate.inquiry.load import load_claims

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ quorate (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def shortened(text: str) -> str:
    """Without the long lines of traces."""
    return re.sub(r"quorate1:\S+", "quorate1:...", text)


def timeless(text: str) -> str:
    return re.sub(r"(?m)\d+\.\d\d$", "0.00", text)


@pytest.mark.parametrize("place", range(len(BLOCK.findall(README.read_text(encoding="utf-8")))))
def test_a_command_prints_what_the_readme_shows(place: int, tmp_path: Path, rewrite: bool) -> None:
    page = README.read_text(encoding="utf-8")
    block = list(BLOCK.finditer(page))[place]
    arguments = shlex.split(block["command"])
    if "-o" in arguments:
        arguments[arguments.index("-o") + 1] = str(tmp_path / "review")
    run = quorate(*arguments, cwd=ROOT)
    assert run.stderr == ""
    said = shortened(run.stdout.replace(str(tmp_path / "review"), "review"))
    if rewrite:
        start, end = block.span("output")
        README.write_text(page[:start] + said + page[end:], encoding="utf-8")
        return
    assert timeless(block["output"]) == timeless(said)


def test_every_file_that_the_readme_links_is_there():
    page = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", page)
    assert links
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert missing == []


def test_the_readme_counts_what_make_verify_decides():
    questions = [
        question
        for claim in load_claims(ROOT / "proofs")
        for question in questions_about(claim, thorough=True)
    ]
    count = Counter(question.asked for question in questions)
    claims, teeth, premises = (count[asked] for asked in Asked)
    asked = f"{claims} claims, {teeth} teeth, {premises} premises"
    total = len(questions)
    line = f"{asked}: {total} of {total} as expected."
    assert line in README.read_text(encoding="utf-8").splitlines()

"""What docs/claims.md tells a newcomer to do gives what it shows."""

import re
import shutil
from dataclasses import fields
from pathlib import Path

from running import quorate

from quorate.inquiry.claim import Claim
from quorate.inquiry.load import load_claims

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "claims.md"
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
SHOWN = re.compile(r"```console\n\$ quorate verify rooms\.py\n(?P<output>.*?)```", re.DOTALL)
SECONDS = re.compile(r"(?m)\d+\.\d\d$")


def test_the_claim_of_the_page_is_decided_as_it_shows(tmp_path: Path, rewrite: bool) -> None:
    page = PAGE.read_text(encoding="utf-8")
    [code] = CODE.findall(page)
    (tmp_path / "rooms.py").write_text(code, encoding="utf-8")
    shutil.copy(DOCS / "two-rooms.toml", tmp_path)
    run = quorate("verify", "rooms.py", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    shown = SHOWN.search(page)
    assert shown is not None
    if rewrite:
        start, end = shown.span("output")
        PAGE.write_text(page[:start] + run.stdout + page[end:], encoding="utf-8")
        return
    assert SECONDS.sub("0.00", run.stdout) == SECONDS.sub("0.00", shown["output"])
    assert "PROVED" in run.stdout


def test_the_page_names_each_part_of_a_claim() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = {field.name for field in fields(Claim)} - {*re.findall(r"`(\w+)`", page)}
    assert missing == {"sources", "illustration"}


def test_the_example_of_the_catalogue_assumes_one_partition_and_nothing_else(
    tmp_path: Path,
) -> None:
    page = (DOCS.parent / "proofs" / "README.md").read_text(encoding="utf-8")
    [code] = CODE.findall(page)
    (tmp_path / "claims.py").write_text(code, encoding="utf-8")
    shutil.copy(DOCS / "two-rooms.toml", tmp_path / "cluster.toml")
    [claim] = [c for c in load_claims(tmp_path / "claims.py") if c.name.endswith("one-partition")]
    budgets = claim.circumstances.assumptions.faults.budgets()
    assert budgets.pop("partition") == 1
    assert set(budgets.values()) == {0}

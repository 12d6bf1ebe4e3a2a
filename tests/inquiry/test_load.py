"""Claim files: what is none is refused in one sentence that says where."""

import re

import pytest
from troubles import claim_file

from quorate.errors import InputError
from quorate.inquiry.load import load_claims

FILES = [
    ("CLAIMS = ()", "CLAIMS is empty, so nothing would be decided"),
    ("CLAIMS = []", "a claim file defines CLAIMS, a tuple of claims"),
    ("x = 1", "a claim file defines CLAIMS, a tuple of claims"),
    ("import sys\nsys.exit(0)", "does not run: SystemExit: 0 (in <module>, {file}:2)"),
    (
        "\nCLAIMS = 1 / 0",
        "does not run: ZeroDivisionError: division by zero (in <module>, {file}:2)",
    ),
    ("def f():\n    raise KeyError('a')\nf()", "does not run: KeyError: 'a' (in f, {file}:2)"),
    ("CLAIMS = (", "does not run: SyntaxError: '(' was never closed (claims.py, line 1)"),
    ("CLAIMS = (", "claims.py, line 1"),
]


@pytest.mark.parametrize(("text", "said"), FILES)
def test_a_file_without_claims_is_refused(tmp_path, text, said):
    file = tmp_path / "claims.py"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(said.format(file=file))) as refused:
        list(load_claims(file))
    assert refused.value.where == str(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["cluster.toml", "cluster.json", "cluster.yaml", "listing", "a.txt"]
)
def test_what_describes_a_cluster_is_not_run_and_sent_to_the_command_that_reads_it(tmp_path, name):
    file = tmp_path / name
    file.write_text("raise SystemExit\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        list(load_claims(file))
    assert refused.value.reason == (
        "this is no claim file (*.py with CLAIMS); if it describes a cluster, use quorate check "
        f"{file}"
    )
    with pytest.raises(InputError) as refused:
        list(load_claims(tmp_path))
    assert refused.value.reason.endswith(f"if it describes a cluster, use quorate check {tmp_path}")


def test_one_empty_file_in_a_folder_is_refused(tmp_path):
    claim_file(tmp_path, "SOUND")
    (tmp_path / "later.py").write_text("CLAIMS = ()\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"later\.py: CLAIMS is empty"):
        list(load_claims(tmp_path))


@pytest.mark.parametrize(
    "part", ["teeth=[]", "sources=['a list']", "circumstances=Unhashable(Server('a'))"]
)
def test_what_cannot_be_compared_is_refused(tmp_path, part):
    file = claim_file(tmp_path, f"replace(SOUND, {part})")
    unhashable = "class Unhashable(Lease):\n    __hash__ = None\n\nCLAIMS ="
    file.write_text(file.read_text(encoding="utf-8").replace("CLAIMS =", unhashable), "utf-8")
    with pytest.raises(InputError, match="cannot be compared"):
        list(load_claims(file))

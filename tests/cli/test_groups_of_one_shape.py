"""Groups that differ only in names are decided once, and each is told of in its own."""

import json
from pathlib import Path

import pytest
from running import quorate

NODES = "ABC"
SITES = 4


def farm(folder: Path, name: str = "farm", *, third: str = "") -> Path:
    """Web sites without a disk on three nodes; `third` is added to what runs the third of them."""
    lines = [
        'name = "Farm"',
        'version = "2008"',
        f"nodes = {list(NODES)}",
        'quorum.mode = "node-majority"',
    ]
    for number in range(1, SITES + 1):
        first = NODES[(number - 1) % len(NODES)]
        lines += ["[[groups]]", f'name = "Site {number}"', f'preferred_owners = ["{first}"]']
        lines += ["[[groups.resources]]", f'name = "address {number}"', 'kind = "ip-address"']
        lines += ["[[groups.resources]]", f'name = "pages {number}"']
        lines += [f'depends_on = "[address {number}]"', third if number == 3 else ""]
    path = folder / f"{name}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


CLAIMS = ("--claim", "right-owner", "--claim", "no-dual-activity")


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """What check says and leaves of the farm."""
    folder = tmp_path_factory.mktemp("farm")
    file = farm(folder)
    run = quorate("check", file, *CLAIMS, "-o", folder / "out")
    assert run.returncode == 1, run.stderr
    return file, folder / "out", run.stdout


def found(*arguments):
    (said,) = json.loads(quorate("check", *arguments, "--json").stdout)
    return {(f["claim"], f["group"], f["kind"]): f for f in said["findings"]}


def test_each_group_has_its_own_verdict_and_its_own_run(tmp_path):
    alone = found(farm(tmp_path), "--claim", "no-dual-activity of Site 2")
    together = found(farm(tmp_path), *CLAIMS)
    assert len(together) == 2 * 2 * SITES
    own = together["no-dual-activity", "Site 2", "claim"]
    assert own["as"] == "no-dual-activity of Site 1"
    assert own["verdict"] == "refuted"
    (single,) = (f for f in alone.values() if f["kind"] == "claim")
    assert single["as"] is None
    assert own["depth"] == single["depth"]
    assert own["story"].keys() == single["story"].keys()
    assert "Site 2" in json.dumps(own["story"])
    assert "Site 1" not in json.dumps(own["story"])
    shown = quorate("show", own["trace_line"])
    assert shown.returncode == 0, shown.stderr
    assert "its end breaks the claim" in shown.stdout
    premise = together["right-owner", "Site 3", "premise"]
    assert premise["verdict"] == "reached"
    assert quorate("show", premise["trace_line"]).returncode == 0


def test_the_report_tells_one_run_and_names_the_others(left):
    _, _, said = left
    assert "Of one shape, so that what is claimed of each was decided once: Site 1" in said
    assert said.count("Replay:") == 1
    assert "was found of Site 2, Site 3 and Site 4;" in said
    assert said.count("Picture:") == 1
    assert "Certificates of 4 proofs" in said


def test_one_certificate_holds_for_all_that_it_names(left):
    file, out, _ = left
    (manifest,) = out.rglob("right-owner-of-*.json")
    said = json.loads(manifest.read_bytes())
    assert said["of the same shape"] == [f"right-owner of Site {n}" for n in (2, 3, 4)]
    run = quorate("recheck", out / "certificates", "--against", file)
    assert run.returncode == 0, run.stdout
    assert "right-owner of Site 1 and 3 others of the same shape" in run.stdout


@pytest.mark.parametrize(
    "third", ["restart_threshold = 3", 'possible_owners = ["A", "C"]', 'kind = "virtual-machine"']
)
def test_a_group_that_has_not_the_shape_any_more_is_objected_to(left, tmp_path, third):
    _, out, _ = left
    other = farm(tmp_path, third=third)
    run = quorate("recheck", out / "certificates", "--against", other)
    assert run.returncode == 1
    assert "'right-owner of Site 3' is not the same claim in other names today" in run.stdout
    assert "'right-owner of Site 2' is not" not in run.stdout


def test_a_group_that_is_not_there_is_objected_to(left, tmp_path):
    file, out, _ = left
    fewer = tmp_path / "fewer.toml"
    text = file.read_text(encoding="utf-8")
    fewer.write_text(text[: text.rindex("[[groups]]")], encoding="utf-8")
    run = quorate("recheck", out / "certificates", "--against", fewer)
    assert run.returncode == 1
    assert "nobody claims 'right-owner of Site 4' here" in run.stdout

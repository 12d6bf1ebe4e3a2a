"""The schema of results accepts what commands print, and nothing that lacks a part of it."""

import json

import jsonschema
import pytest
from running import CLUSTERS, quorate

CORPUS = CLUSTERS.parents[1] / "tests" / "testdata" / "windows"


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(quorate("schema", "results").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def checked():
    files = (
        CLUSTERS / name for name in ("two-nodes.toml", "file-server.toml", "two-nodes-disk.toml")
    )
    return json.loads(quorate("check", *files, "--json").stdout)


def test_what_check_prints_is_valid(validator, checked):
    validator.validate(checked)
    verdicts = {one["verdict"] for cluster in checked for one in cluster["findings"]}
    assert {"proved", "refuted", "never happens", "reached"} <= verdicts


def test_what_is_not_modelled_is_valid(validator, tmp_path):
    text = (CLUSTERS / "three-nodes.toml").read_text(encoding="utf-8")
    file = tmp_path / "cluster.toml"
    lack = (
        '\n[[unmodelled]]\nsetting = "Quarantine"\ntouches = "votes"\nwhy = "no model reads it"\n'
    )
    file.write_text(text + lack, encoding="utf-8")
    run = quorate("check", file, "--json")
    assert run.returncode == 3, run.stderr
    found = json.loads(run.stdout)
    assert found[0]["unmodelled"]
    validator.validate(found)


def test_what_verify_prints_is_valid(validator, tmp_path):
    file = tmp_path / "claims.py"
    file.write_text(
        "from quorate.cluster import Cluster, Node, NodeMajority\n"
        "from quorate.windows.membership import Deviation\n"
        "from quorate.windows.membership.catalogue import split_brain\n"
        "NODES = tuple(map(Node, 'ABC'))\n"
        "CLAIM = split_brain(Cluster('three', NODES, NodeMajority()))\n"
        "CLAIMS = (CLAIM.with_teeth(Deviation.RUNS_WITHOUT_QUORUM),)\n"
    )
    found = json.loads(quorate("verify", file, "--json").stdout)
    assert {one["kind"] for one in found} == {"claim", "tooth", "premise"}
    validator.validate(found)


@pytest.mark.parametrize("key", ["verdict", "as_expected", "sentence", "seconds"])
def test_a_finding_without_one_of_its_parts_is_none(validator, checked, key):
    finding = {name: value for name, value in checked[0]["findings"][0].items() if name != key}
    assert not validator.is_valid([finding])


def test_a_verdict_that_there_is_not_is_refused(validator, checked):
    finding = {**checked[0]["findings"][0], "verdict": "fine"}
    assert not validator.is_valid([finding])

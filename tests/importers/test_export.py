"""A cluster as a document: reading it gives the same cluster, and no default is written."""

import json
import pathlib
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from corpus.random_clusters import clusters
from corpus.random_groups import random_clusters_with_groups
from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Requirements,
    Resource,
    WindowsVersion,
)
from quorate.importers import document, json_schema, read_cluster, read_document
from quorate.importers.keys import KEYS

FILES = sorted((pathlib.Path(__file__).parents[2] / "proofs" / "clusters").glob("*.toml"))
NOTHING_SAID = Requirements()
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def travelled(cluster: Cluster, requirements: Requirements = NOTHING_SAID) -> Cluster:
    """The cluster after a journey as JSON, which is how a trace line carries it."""
    text = json.dumps(document(cluster, requirements))
    read = read_document(json.loads(text), "a trace")
    assert read.requirements == requirements
    VALIDATOR.validate(json.loads(text))
    return read.cluster


@given(random_clusters_with_groups())
def test_a_cluster_with_groups_is_read_back_from_its_document(cluster):
    assert travelled(cluster) == cluster


@given(clusters())
def test_a_cluster_that_only_votes_is_read_back_from_its_document(cluster):
    assert travelled(cluster) == cluster


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cluster_file_is_read_back_from_its_document(path):
    imported = read_cluster(path)
    assert travelled(imported.cluster, imported.requirements) == imported.cluster


def test_what_is_left_at_its_default_is_not_written():
    resources = (Resource("a"), Resource("b", restart_threshold=0))
    cluster = Cluster(
        "c",
        (Node("A"),),
        NodeMajority(),
        groups=(Group("g", resources),),
        version=WindowsVersion.WINDOWS_2008,
    )
    assert document(cluster, Requirements()) == {
        "name": "c",
        "version": "2008",
        "quorum": {"mode": "node-majority"},
        "nodes": ["A"],
        "groups": [
            {
                "name": "g",
                "resources": [
                    "a",
                    {"name": "b", "restart_threshold": 0},
                ],
            }
        ],
    }


@given(random_clusters_with_groups())
def test_no_default_is_written(cluster):
    assert list(defaults_written(document(cluster, Requirements()), "")) == []


def defaults_written(value: Any, path: str):
    """The paths of the keys that say what would be meant without them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from defaults_written(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from defaults_written(inner, f"{path}[]")
    elif any(key.path == path and value in (key.default, []) for key in KEYS if not key.required):
        yield path

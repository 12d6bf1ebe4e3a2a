"""The published schema accepts and refuses what the reader does, as far as a schema can see."""

import json
import pathlib
import tomllib

import jsonschema
import pytest
from bad_files import BAD_FILES
from bad_groups import BAD_GROUPS

from quorate.importers import json_schema
from quorate.importers.keys import KEYS

FILES = sorted((pathlib.Path(__file__).parents[2] / "proofs" / "clusters").glob("*.toml"))
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_a_schema_and_is_json():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_accepts_every_cluster_file(path):
    VALIDATOR.validate(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("bad", BAD_FILES + BAD_GROUPS, ids=lambda bad: bad.title)
def test_the_schema_refuses_what_a_schema_can_see(bad):
    assert VALIDATOR.is_valid(tomllib.loads(bad.text)) is not bad.schema_sees


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.path)
def test_the_schema_describes_every_key_with_its_default(key):
    schema = json_schema()
    for part in key.path.split("."):
        schema = schema["properties"][part.removesuffix("[]")]
        if part.endswith("[]"):
            schema = schema["items"]
            schema = schema["anyOf"][1] if "anyOf" in schema else schema
    assert schema["description"].startswith(key.meaning)
    assert schema.get("default") == key.default
    assert key.unit in schema["description"]


def test_no_table_of_the_schema_takes_unknown_keys():
    objects = list(tables(json_schema()))
    assert len(objects) == len({key.table for key in KEYS})
    assert all(table["additionalProperties"] is False for table in objects)


def tables(schema: object):
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from tables(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from tables(value)

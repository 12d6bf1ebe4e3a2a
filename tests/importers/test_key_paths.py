"""Elements of a cluster have their keys in the native format."""

import pytest

from quorate.cluster import Attribute, Item
from quorate.importers.key_paths import key_path, written
from quorate.importers.keys import KEYS


@pytest.mark.parametrize("attribute", Attribute)
def test_every_attribute_has_a_key_of_the_format(attribute):
    path = written(key_path((attribute,)))
    assert any(key.path == path or key.path.endswith(f".{path}") for key in KEYS)


WRITTEN = [
    ((), ""),
    ((Attribute.RULE,), "quorum.mode"),
    ((Item(Attribute.VOLUMES, 1, "V"),), "volumes[1]"),
    ((Item(Attribute.NODES, 0, "A"), Attribute.VOTES), "nodes[0].votes"),
    ((Attribute.WITNESS, Item(Attribute.REACHED_BY, 2, "A")), "witness.reached_by[2]"),
    ((Attribute.REQUIREMENTS, Attribute.WITNESS), "survives.witness"),
    ((Item(Attribute.GROUPS, 3, "g"), Attribute.WINDOW), "groups[3].failback_window"),
]


@pytest.mark.parametrize(("element", "key"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_an_element_is_found_under_its_key(element, key):
    assert written(key_path(element)) == key


def test_a_name_that_is_no_bare_key_is_quoted_on_one_line():
    assert written(("nodes", 0, "a\nb.c", "")) == r"nodes[0].'a\nb.c'.''"

"""Refusals speak of clusters: each reason is met, and none of their words are of a file format."""

import dataclasses
from functools import partial
from typing import get_args

import pytest
from test_cluster_construction import BAD, GOOD
from test_group_checks import REFUSED
from test_group_sets import BAD as BAD_SETS
from test_group_sets import FIRST
from test_group_sets import cluster as with_sets

from quorate.cluster import (
    QUORUM_RULES,
    Attribute,
    Cluster,
    Group,
    GroupSet,
    Item,
    Node,
    QuorumRule,
    Reason,
    Refusal,
    RefusedError,
    Requirements,
    Resource,
    WindowsVersion,
    Witness,
)
from quorate.cluster.elements import attribute_path
from quorate.errors import Place

_SETS = list(enumerate(BAD_SETS))
MADE = (
    *((title, partial(dataclasses.replace, GOOD, **changes)) for title, changes, *_ in BAD),
    *((title, made) for title, made, *_ in REFUSED),
    *((f"set of groups {number}", partial(with_sets, *sets)) for number, (sets, *_) in _SETS),
    ("sets before 2016", partial(with_sets, FIRST, version=WindowsVersion.WINDOWS_2012_R2)),
    ("too many faults", partial(Requirements, crash=65)),
    ("no faults in order", partial(Requirements, in_order=((),))),
)


def refusal_of(made) -> Refusal:
    with pytest.raises(RefusedError) as caught:
        made()
    return caught.value.refusal


def test_every_reason_is_met():
    assert {refusal_of(made).reason for _, made in MADE} == set(Reason)


@pytest.mark.parametrize("made", [row[1] for row in MADE], ids=[row[0] for row in MADE])
def test_a_refusal_is_half_a_sentence_of_why_and_half_of_what_to_do(made):
    refusal = refusal_of(made)
    for half in (refusal.why, refusal.remedy):
        assert half
        assert not half.endswith((".", ";"))
        assert not any(sign in half for sign in ("[[", "]]", " = ", "table", "key"))


def test_an_importer_says_where_and_may_have_a_remedy_of_its_own():
    refusal = Refusal(Reason.NO_NODES, (Attribute.NODES,), "there are no nodes", "name some")
    error = RefusedError(refusal)
    assert str(error) == "nodes: there are no nodes; name some"
    told = error.at(Place("cluster.toml", 3, "nodes"), "add a [[nodes]] table")
    assert str(told) == "cluster.toml:3: nodes: there are no nodes; add a [[nodes]] table"
    assert (told.refusal, told.place.line) == (refusal, 3)


def test_an_element_is_where_python_reaches_it():
    element = (
        Item(Attribute.GROUPS, 0, "g"),
        Item(Attribute.RESOURCES, 2, "r"),
        Attribute.DEPENDS_ON,
    )
    assert attribute_path(element) == "groups[0].resources[2].depends_on"


def test_an_attribute_is_called_as_it_is_in_the_values():
    values = (Cluster, Node, Witness, Group, GroupSet, Resource, Requirements)
    names = {field.name for value in values for field in dataclasses.fields(value)}
    assert {attribute.value for attribute in Attribute} <= names | {"requirements"}


def test_every_rule_of_quorum_is_listed():
    assert {type(rule) for rule in QUORUM_RULES} == set(get_args(QuorumRule))

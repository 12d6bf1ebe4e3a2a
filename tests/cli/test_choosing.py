"""A claim is chosen by its name, or by what a table prints of it."""

from dataclasses import replace

import pytest

from corpus.cases import cluster
from quorate.cli.choosing import Choice
from quorate.cluster import Group, Requirements, Resource
from quorate.errors import InputError

NAMES = ("FS01", "SQL (A)", "two\nlines")
CLUSTER = replace(
    cluster(3), groups=tuple(Group(name, (Resource(f"disk of {name}"),)) for name in NAMES)
)


def chosen(*names: str) -> list[str]:
    claims = Choice(CLUSTER, Requirements(), names).claims()
    return [claim.title for claim in claims]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("right-owner", [f"right-owner of {name}" for name in NAMES]),
        ("right-owner of FS01", ["right-owner of FS01"]),
        ("right-owner of SQL (A), premise", ["right-owner of SQL (A)"]),
        ("right-owner of two\\nlines", ["right-owner of two\nlines"]),
        ("right-owner of all 3 groups", [f"right-owner of {name}" for name in NAMES]),
        ("right-owner of 2 groups", [f"right-owner of {name}" for name in NAMES]),
        ("  no-split-brain ", ["no-split-brain"]),
    ],
)
def test_what_a_table_prints_chooses_the_claim(name: str, titles: list[str]) -> None:
    assert chosen(name) == titles


def test_several_names_choose_each_claim_once_in_the_order_of_the_table() -> None:
    assert chosen("right-owner of FS01", "no-split-brain", "right-owner of FS01") == [
        "no-split-brain",
        "right-owner of FS01",
    ]


@pytest.mark.parametrize("name", ["right-owner of FS02", "split-brain", "", "of all 3 groups"])
def test_a_name_that_is_none_is_refused_with_each_that_there_is_once(name: str) -> None:
    with pytest.raises(InputError) as refused:
        chosen(name)
    assert refused.value.reason.count("right-owner,") == 1


def test_without_names_every_claim_is_chosen() -> None:
    assert len(chosen()) == len({*chosen()}) > 20

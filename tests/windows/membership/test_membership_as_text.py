"""What accounts say, as text and as data."""

import json
import pathlib
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from membership_accounts import (
    ALL,
    Run,
    majority,
    outdated_form,
    sixteen_nodes,
    two_nodes,
    ugly_names,
    with_disk,
    with_share,
)

from pictured import ANY_NAMES
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.situation import Event
from quorate.windows.membership.verbs import Verb

WRITTEN = pathlib.Path(__file__).parent / "testdata" / "stories"


def lines(account: Account) -> list[str]:
    """The numbered lines of the text."""
    return account.text().partition("\n\n")[2].splitlines()


@pytest.mark.parametrize("name", ALL)
def test_accounts_read_as_written_down(name: str, rewrite: bool) -> None:
    path, said = WRITTEN / f"{name}.txt", ALL[name]().text()
    if rewrite:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_every_written_text_has_an_account() -> None:
    assert {path.stem for path in WRITTEN.glob("*.txt")} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_data_is_ready_for_json_and_says_the_same(name: str) -> None:
    account = ALL[name]()
    data = json.loads(json.dumps(account.data()))
    assert data == account.data()
    said = [step["sentences"] for step in data["steps"]] + [data["conclusion"]["sentences"]]
    assert [" ".join(sentences) for sentences in said] == [
        line.partition(". ")[2] for line in lines(account)
    ]


def test_data_counts_the_votes_of_every_part() -> None:
    step = ALL["half_is_enough"]().data()["steps"][1]
    assert step["action"] == "partition"
    assert step["names"] == {"side": ["HV3", "HV4"]}
    assert [
        (part["fate"], part["members"], part["votes"], part["needed"], part["enough"])
        for part in step["reasons"]["parts"]
    ] == [("goes on", ["HV1", "HV2"], 2, 3, False), ("goes on", ["HV3", "HV4"], 2, 3, False)]


def test_situations_list_nodes_in_configured_order() -> None:
    last = sixteen_nodes().data()["steps"][-1]["situation"]
    assert last["islands"][0] == ["HV01", *(f"HV0{number}" for number in range(3, 9))]
    assert last["networks"][1] == ["HV09", *(f"HV{number}" for number in range(10, 17))]
    assert last["cut"] == []


def test_data_says_which_step_left_a_node_behind() -> None:
    run = Run(majority(3))
    run.step(Event(Verb.COMMIT, island=frozenset(run.now.up)), current={"HV1", "HV2"})
    left_behind = run.account("", "HV3 runs on an old one").data()["conclusion"]["left_behind"]
    assert left_behind == [{"members": ["HV3"], "step": 1, "by": "commit"}]


@given(ANY_NAMES)
@settings(max_examples=60, deadline=None)
def test_no_name_breaks_a_line_or_passes_for_another(names: tuple[str, ...]) -> None:
    said = lines(ugly_names(names))
    assert len(said) == 4
    assert not [c for line in said for c in line if unicodedata.category(c)[0] == "C"]
    assert not [c for line in said for c in line if c in "\u2028\u2029\u202e\u200b"]


def test_a_loop_says_where_it_repeats() -> None:
    looping = replace(two_nodes(), violation="it never recovers", loop_start=0)
    assert lines(looping)[-1].endswith("From here all repeats as after step 0, for ever.")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"moments": two_nodes().moments[1:]}, "no start"),
        ({"moments": ()}, "no start"),
        ({"moments": two_nodes().moments[:1] * 2}, "no event"),
        ({"loop_start": 2}, "loops to moment 2"),
    ],
)
def test_what_is_no_run_is_refused(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(two_nodes(), **changes)


def test_a_witness_is_called_by_its_kind() -> None:
    """The same step beside a disk, which keeps a copy, and beside a share, which keeps a tag."""
    said = []
    for cluster in (with_disk(2), with_share(2)):
        run = Run(cluster)
        run.step(
            Event(Verb.COMMIT, island=frozenset({"HV1", "HV2"})), witness_current=False, current=()
        )
        run.step(Event(Verb.TAKE_WITNESS, node="HV1"), witness_current=True)
        said.append([step["sentences"][-1] for step in run.account("", "").data()["steps"][1:]])
    disk, share = said
    assert disk == [
        "The copy on the disk is outdated now.",
        "The copy on the disk is the newest now.",
    ]
    assert share == [
        "The tag on the share no longer stands for the newest configuration.",
        "The tag on the share stands for the newest configuration.",
    ]


def test_a_share_forbids_what_a_disk_supplies() -> None:
    """Who forms on an outdated replica ignores a tag or does not read a copy."""
    share = outdated_form()
    disk = replace(share, cluster=with_disk(2))
    breaches = [account.data()["steps"][-1]["reasons"]["breach"] for account in (share, disk)]
    assert breaches == [
        "formed on an outdated replica against the share's tag",
        "formed on an outdated replica beside the disk's newer copy",
    ]
    assert "the copy on the disk is newer and should be used" in disk.text()

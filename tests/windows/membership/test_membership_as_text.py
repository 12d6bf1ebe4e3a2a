"""What accounts say, as text and as data."""

import json
import pathlib
import re
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

from pictured import ANY_NAMES, lines_of
from quorate.drawing.layout import svg
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.situation import Event
from quorate.windows.membership.verbs import Verb

WRITTEN = pathlib.Path(__file__).parent / "testdata" / "stories"


def lines(account: Account) -> list[str]:
    """The lines of the text below its heading: start, steps, end and notes."""
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
    said += [[caveat["sentence"]] for caveat in data["conclusion"]["caveats"]]
    assert [" ".join(sentences) for sentences in said] == [
        re.sub(r"^(Start: | *\d+\. |End: |Note: )", "", line) for line in lines(account)
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
    two, everybody = frozenset({"HV1", "HV2"}), frozenset(run.now.up)
    run.step(Event(Verb.COMMIT, island=everybody, side=two), current=two)
    within = run.account("", "HV3 has an old one").data()["conclusion"]["left_behind"]
    assert within == []  # its island knows the newest
    run.step(Event(Verb.ISOLATION, node="HV3"), islands=(two, {"HV3"}))
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
    assert "From here all repeats from the start, for ever." in looping.text()
    still = replace(looping, loop_start=1)
    assert "From here nothing more happens, for ever." in still.text()
    assert "REFUTED in 1 step and for ever" in still.text()


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


def test_a_refutation_says_what_is_claimed_and_why_it_matters() -> None:
    account = replace(two_nodes(), claim="the cluster runs on", why="people work at night")
    said = "claim: the cluster runs on\nwhy it matters: people work at night\n"
    assert said in account.text()
    assert account.data()["claim"] == "the cluster runs on"
    drawn = " ".join(lines_of(svg(account.picture(), embedded=True)))
    assert "Promised: the cluster runs on. Why it matters: people work at night." in drawn


def test_the_lines_of_steps_are_numbered_and_no_others() -> None:
    account = ALL["long_walk"]()
    numbers = re.findall(r"(?m)^ *(\d+)\. ", account.text())
    assert numbers == [str(number) for number in range(1, account.steps + 1)]


CAVEATS = {
    "two_nodes": ["whether votes change while the cluster runs"],
    "site_lost": ["whether votes change while the cluster runs"],
    "last_one_cut_off": ["by which network clients reach the nodes"],
    "long_walk": [],
    "forced_start": [],
    "seven_and_one": [],
}


@pytest.mark.parametrize("name", CAVEATS)
def test_what_the_end_depends_on_is_said_where_it_does(name: str) -> None:
    found = ALL[name]().data()["conclusion"]["caveats"]
    assert [caveat["unsaid"] for caveat in found] == CAVEATS[name]
    assert [line for line in lines(ALL[name]()) if line.startswith("Note: ")] == [
        f"Note: {caveat['sentence']}" for caveat in found
    ]

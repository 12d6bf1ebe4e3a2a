"""What is told of the runs of groups, as text and as data."""

import json
import pathlib
import unicodedata
from dataclasses import replace

import pytest
from group_accounts import (
    ALL,
    DOWN,
    FAILED,
    OFF,
    SQL,
    UP,
    Life,
    cluster,
    crash_and_take_over,
    dual_activity,
    long_evening,
    lost_write,
    ping_pong,
    two_machines,
    ugly_groups,
    without_brackets,
)
from hypothesis import given, settings

from pictured import ANY_NAMES
from quorate.windows.groups.situation import Event, Phase
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.words.text import (
    account_heading,
    account_sentences,
)

TOLD = pathlib.Path(__file__).parent / "testdata"


@pytest.mark.parametrize("name", ALL)
def test_accounts_are_told_as_written_down(name: str, rewrite: bool) -> None:
    path, said = TOLD / f"{name}.txt", ALL[name]().text()
    if rewrite:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_every_written_account_is_told() -> None:
    assert {path.stem for path in TOLD.glob("*.txt")} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_data_is_ready_for_json_and_says_the_same(name: str) -> None:
    account = ALL[name]()
    data = json.loads(json.dumps(account.data()))
    assert data == account.data()
    said = [step["sentences"] for step in data["steps"]] + [data["conclusion"]["sentences"]]
    assert said == account_sentences(account)


def test_data_says_what_a_crash_ended() -> None:
    step = crash_and_take_over().data()["steps"][2]
    assert step["names"] == {"node": "HV1"}
    assert [(effect["kind"], effect["resources"]) for effect in step["reasons"]["effects"]] == [
        ("goes down", list(SQL.resource_names)),
        ("had not written what it held", ["SQL Server"]),
    ]
    assert step["activity"]["members"] == ["HV2"]


def test_data_says_what_is_active_twice() -> None:
    found = dual_activity().data()["conclusion"]["active_twice"]
    assert found == ["Disk S", "SQL IP", "SQL Name", "SQL Server"]


def start() -> Life:
    return Life(cluster("c", 3, SQL, volumes=("Volume",)))


def test_a_failback_says_at_which_hour_it_begins_if_hours_matter() -> None:
    event = Event(Verb.BEGIN_FAILBACK, "SQL", node="HV2")
    life = start().step(event)
    assert "begins." in said_of_last(life)[0]
    life.moments = [replace(s, situation=replace(s.situation, hour=12)) for s in life.moments]
    assert "begins at 12:00." in said_of_last(life)[0]


def said_of_last(life: Life, **more: str) -> list[str]:
    return account_sentences(life.account("t", "b", **more))[-2]


def test_what_depends_on_a_failed_resource_goes_down_with_it() -> None:
    life = start().writes("SQL", "SQL Agent")
    states = {"SQL Server": FAILED, "SQL Agent": OFF}
    life.step(
        Event(Verb.FAIL, "SQL", "SQL Server"), {"SQL": {"states": states, "unwritten": set()}}
    )
    assert said_of_last(life) == [
        "SQL Server fails on HV1.",
        "SQL Agent goes down with it.",
        "SQL Agent had not written what it held.",
    ]


def test_an_orderly_stop_writes() -> None:
    life = start().writes("SQL", "SQL Server")
    life.step(
        Event(Verb.STOP, "SQL", "SQL Server"),
        {"SQL": {"states": {"SQL Server": DOWN, "SQL Agent": OFF}, "unwritten": set()}},
    )
    assert said_of_last(life)[-1] == "SQL Server writes what it held."


def test_nobody_writes_after_a_crash() -> None:
    life = start().writes("SQL", "SQL Server")
    life.step(
        Event(Verb.CRASH, node="HV1"), {"SQL": {"states": life_off()}}, members={"HV2", "HV3"}
    )
    life.step(
        Event(Verb.TAKE_OVER, "SQL", node="HV2"), {"SQL": {"owner": "HV2", "unwritten": set()}}
    )
    assert said_of_last(life)[1:] == ["HV1 is no member any more."]


def test_a_start_without_what_it_needs_names_the_rule() -> None:
    life = start().step(
        Event(Verb.FAIL, "SQL", "Disk S"), {"SQL": {"states": {**life_off(), "Disk S": FAILED}}}
    )
    life.step(Event(Verb.START, "SQL", "SQL Server"), {"SQL": {"states": {"SQL Server": UP}}})
    missing = "Disk S and SQL Name, which it needs, are not online"
    assert said_of_last(life)[1] == f"{missing}, which is against the rules."
    rule = "nobody looks below"
    assert said_of_last(life, deviation=rule)[1] == f"{missing}, but here {rule}."


def life_off() -> dict[str, object]:
    return dict(start().off("SQL"))


def test_failovers_are_counted_against_the_threshold() -> None:
    group = replace(SQL, failover_threshold=1)
    life = Life(cluster("c", 3, group))
    life.fails("SQL", "SQL Agent")
    for count in (1, 2):
        life.step(
            Event(Verb.BEGIN_FAILOVER, "SQL"), {"SQL": {"phase": Phase.MOVING, "failovers": count}}
        )
    *_, one, two, _ = account_sentences(life.account("t", "b"))
    assert one[1:] == ["SQL Agent has failed.", "It is failover 1 of at most 1 in this period."]
    assert two[2].startswith("It is failover 2, though at most 1 may be begun in this period")


def test_targets_that_may_not_own_are_told() -> None:
    only = tuple(replace(r, possible_owners=("HV1", "HV2")) for r in SQL.resources)
    life = Life(cluster("c", 3, replace(SQL, resources=only)))
    life.step(Event(Verb.PAUSE, node="HV3"), paused={"HV3"})
    life.step(Event(Verb.TAKE_OVER, "SQL", node="HV3"), {"SQL": {"owner": "HV3"}})
    against = ", which is against the rules."
    assert said_of_last(life)[1:4] == [
        f"HV1 is still a member{against}",
        f"HV3 may not own it{against}",
        f"HV3 is paused{against}",
    ]


def test_a_client_is_told_addresses() -> None:
    life = start().step(Event(Verb.ASK_AGAIN, "SQL"), {"SQL": {"asked": {"SQL IP"}}})
    assert said_of_last(life) == [
        "A client asks for the addresses of group SQL again and is told SQL IP."
    ]


def test_loops_say_where_they_repeat() -> None:
    assert account_sentences(ping_pong())[-1][-1].endswith("for ever as in steps 2 to 19.")
    assert account_sentences(crash_and_take_over())[-1][-1].endswith(
        "nothing more happens, for ever."
    )
    assert account_heading(ping_pong()).title.endswith("REFUTED in 19 steps and for ever")
    idle = start().step(Event(Verb.HOUR_PASSES)).account("t", "b", loop_start=0)
    assert account_sentences(idle)[-1][-1].endswith("From here step 1 repeats for ever.")


def test_a_loop_comes_back_to_where_it_began() -> None:
    with pytest.raises(ValueError, match="is not moment 0"):
        replace(lost_write(), loop_start=0)
    with pytest.raises(ValueError, match="loops to moment 99"):
        replace(lost_write(), loop_start=99)


def test_an_account_needs_a_start_and_events() -> None:
    account = lost_write()
    with pytest.raises(ValueError, match="no start"):
        replace(account, moments=account.moments[1:])
    with pytest.raises(ValueError, match="no event"):
        replace(account, moments=(account.moments[0], account.moments[0]))
    with pytest.raises(ValueError, match="no group 'Web'"):
        replace(account, groups=("Web",))


def test_only_the_groups_concerned_are_told() -> None:
    account = replace(two_machines(), groups=("VM 2",))
    assert "VM 1" not in " ".join(account_sentences(account)[0])
    assert account.data()["groups"] == ["VM 2"]


def test_long_lists_are_abbreviated() -> None:
    said = account_sentences(long_evening())[3]
    assert "HV1 still runs Database disk, Log disk, Berlin IP and 7 others." in said


@given(ANY_NAMES.map(without_brackets))
@settings(max_examples=40, deadline=None)
def test_no_name_breaks_a_line(names: tuple[str, ...]) -> None:
    account = ugly_groups(names)
    lines = account.text().splitlines()
    assert not [c for line in lines for c in line if unicodedata.category(c)[0] == "C"]
    assert not [c for line in lines for c in line if c in "\u2028\u2029\u202e\u200b"]

"""What the sentences of a run say is so in the run: laws over long walks by the real rules, and the
cases that were once told wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from group_accounts import OFF, SQL, Life, cluster
from test_runs_are_told import CLUSTER, NEEDLESS, model_of, walk

from quorate.inquiry.seam import Frame
from quorate.windows.groups import Assumptions, Detection, Deviation
from quorate.windows.groups.model import Groups
from quorate.windows.groups.reading import moments
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import Event, Phase
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.words.telling import Telling

WALKS = [(detection, seed) for detection in Detection for seed in range(2)]


@pytest.fixture(scope="module", params=WALKS, ids=lambda of: f"{of[0].value}-{of[1]}")
def account(request: pytest.FixtureRequest) -> Account:
    detection, seed = request.param
    model = Groups(CLUSTER, Assumptions(tuple(g.name for g in CLUSTER.groups), detection))
    return Account("a walk", CLUSTER, moments(model, walk(model, 250, seed)), "it is over")


def steps(account: Account) -> Iterator[tuple[int, Verb, str]]:
    for number, told in enumerate(account.data()["steps"][1:], 1):
        yield number, account.transitions[number - 1].verb, " ".join(told["sentences"])


def test_no_step_by_the_rules_is_said_to_be_against_them(account: Account) -> None:
    assert not [said for _, _, said in steps(account) if "against the rules" in said]


@pytest.mark.parametrize("deviation", sorted(set(Deviation) - NEEDLESS, key=lambda of: of.name))
def test_a_step_of_a_twin_is_said_to_be_against_the_rules_just_where_it_is(
    deviation: Deviation,
) -> None:
    twin = model_of(deviation)
    account = twin.account(walk(twin, 80, 0), Frame("a walk", "it is over"))
    for number, _, said in steps(account):
        assert ("against the rules" in said) is (number in account.against_rules), said


def test_the_rule_that_is_broken_is_named_where_no_cause_names_it() -> None:
    twin = model_of(Deviation.IGNORES_PAUSE)
    frame = Frame("a walk", "it is over", Deviation.IGNORES_PAUSE.sentence)
    account = twin.account(walk(twin, 120, 0), frame)
    assert account.against_rules
    here = f"but here {Deviation.IGNORES_PAUSE.sentence}."
    for number, told_of in enumerate(account.data()["steps"]):
        assert (here in " ".join(told_of["sentences"])) is (number in account.against_rules)
        assert told_of["reasons"]["against_rules"] is (number in account.against_rules)


def test_a_cluster_forms_again_only_after_it_was_said_to_have_ended(account: Account) -> None:
    ended = ""
    for number, verb, said in steps(account):
        before, after = account.situation(number - 1).members, account.situation(number).members
        if before and not after:
            ended = said
            assert re.search(r"no quorum|loses quorum|No node runs", said), said
        if verb is Verb.FORM:
            assert ended


def test_who_goes_on_is_not_said_to_stop(account: Account) -> None:
    for number, _, said in steps(account):
        if account.situation(number).stale - account.situation(number - 1).stale:
            assert "stops" not in said, said


def test_a_group_passes_from_one_node_to_another(account: Account) -> None:
    for _, _, said in steps(account):
        for one, other in re.findall(r"from (\w+) to (\w+)", said):
            assert one != other, said


def test_a_drained_node_sends_away_what_sets_out_and_nothing_else(account: Account) -> None:
    for number, verb, said in steps(account):
        if verb is Verb.DRAIN:
            before, after = account.situation(number - 1), account.situation(number)
            for group in before.groups:
                leaves = after.group(group.name).phase is not group.phase
                assert (f"group {group.name} is sent to" in said) is leaves, said


def test_what_goes_on_unaware_is_not_said_to_write(account: Account) -> None:
    for number, _, said in steps(account):
        for group in account.situation(number).groups:
            before = account.situation(number - 1).group(group.name)
            for name in group.stale_on(group.owner) - before.stale_on(group.owner):
                assert f"{name} writes" not in said, said


def told(life: Life) -> str:
    return " ".join(life.account("t", "v").data()["steps"][-1]["sentences"])


def two() -> Life:
    return Life(cluster("c", 2, SQL))


def test_a_node_takes_another_along_that_has_no_quorum_without_it() -> None:
    crash, off = Event(Verb.CRASH, node="HV2"), two().off("SQL")
    assert told(two().step(crash, {"SQL": {"states": off}}, members=())) == (
        "HV2 crashes. Without it HV1 has no quorum: its cluster service stops. Disk S, SQL IP, "
        "SQL Name, SQL Server and SQL Agent go down on HV1."
    )
    assert told(two().step(crash, members=(), stale={"HV1"})) == (
        "HV2 crashes. Without it HV1 has no quorum: it has not noticed, and goes on."
    )


def test_the_last_node_ends_the_cluster() -> None:
    life = two().step(Event(Verb.CRASH, node="HV2"), members={"HV1"})
    life.step(Event(Verb.CRASH, node="HV1"), {"SQL": {"states": life.off("SQL")}}, members=())
    assert told(life).startswith("HV1 crashes. No node runs the cluster any more.")


def test_a_transfer_with_no_other_place_stays() -> None:
    life = Life(cluster("c", 1, SQL))
    life.step(
        Event(Verb.DRAIN, node="HV1"),
        {"SQL": {"phase": Phase.MOVING, "states": dict.fromkeys(SQL.resource_names, OFF)}},
        paused={"HV1"},
    )
    life.step(Event(Verb.TRANSFER, "SQL", node="HV1"), {"SQL": {"phase": Phase.SERVING}})
    said = "Group SQL stays on HV1. All of it is offline. No other node may take it."
    assert told(life) == said


def test_a_paused_node_takes_over_where_all_that_are_left_are_paused() -> None:
    crash, off = Event(Verb.CRASH, node="HV1"), {"SQL": {"states": two().off("SQL")}}
    over = Event(Verb.TAKE_OVER, "SQL", node="HV2"), {"SQL": {"owner": "HV2"}}
    all_paused = two().step(crash, off, members={"HV2"}, paused={"HV2"}).step(*over)
    assert told(all_paused).endswith("All that are left and may own it are paused.")
    one = Life(cluster("c", 3, SQL)).step(crash, off, members={"HV2", "HV3"}, paused={"HV2"})
    assert told(one.step(*over)).endswith("HV2 is paused, which is against the rules.")


def test_a_node_that_may_not_own_a_group_takes_it_against_the_rules_whoever_is_paused() -> None:
    only = replace(SQL, resources=(replace(SQL.resources[0], possible_owners=("HV1",)),))
    life = Life(cluster("c", 2, only))
    off = {"SQL": {"states": life.off("SQL")}}
    life.step(Event(Verb.CRASH, node="HV1"), off, members={"HV2"})
    life.step(Event(Verb.TAKE_OVER, "SQL", node="HV2"), {"SQL": {"owner": "HV2"}})
    assert told(life).endswith("HV2 may not own it, which is against the rules.")


def test_a_move_that_is_cut_short_is_said_to_be() -> None:
    life = Life(cluster("c", 3, SQL))
    way = {"SQL": {"phase": Phase.MIGRATING, "target": "HV2"}}
    life.step(Event(Verb.MIGRATE, "SQL", node="HV2"), way)
    life.step(Event(Verb.FAIL, "SQL", "SQL Agent"), {"SQL": {"phase": Phase.SERVING}})
    assert told(life).endswith("The move of group SQL is given up.")


def test_what_has_lost_its_data_is_not_said_to_hold_it() -> None:
    life = Life(cluster("c", 2, SQL)).writes("SQL", "SQL Server")
    life.step(
        Event(Verb.GO_OFFLINE, "SQL", "Disk S"),
        {"SQL": {"states": {"Disk S": OFF}, "lost": {"SQL Server"}}},
    )
    end = Telling(life.account("t", "v")).conclusion()
    assert "SQL Server has lost what it had not written." in end
    assert not [said for said in end if "holds data" in said]

"""Nothing that can happen to a group, and no state that it can be in, is left out: each is told in
words, as data and as a picture."""

import pytest
from group_accounts import SQL, Life, cluster

from quorate.cluster import Group, Resource, ResourceKind
from quorate.windows.groups.picture.dependency_graph import dependency_graph
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import Event, Phase, ResourceState
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.words.kinds import kind_in_words
from quorate.windows.groups.words.situation_in_words import STATE_WORDS

CHOICES = {"group": "SQL", "resource": "SQL Server", "node": "HV2", "volume": "Volume"}


def told_of(event: Event, **changes: object) -> Account:
    """A run of one step."""
    life = Life(cluster("c", 3, SQL, volumes=("Volume",)))
    return life.step(event, {"SQL": changes}).account("t", "v")


def sentence(account: Account) -> str:
    first: str = account.data()["steps"][1]["sentences"][0]
    return first


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_is_told_and_drawn(verb: Verb) -> None:
    account = told_of(Event(verb, **CHOICES))
    said = sentence(account)
    assert said[0].isupper()
    assert said.endswith(".")
    assert f"1. {said}" in account.text()
    assert account.data()["steps"][1]["action"] == verb.value
    drawn = account.picture().replace("\\l", " ")
    assert all(word in drawn for word in said.split())


def answer(event: Event) -> str:
    """The sentence or the refusal, where the group goes to HV2 if it goes anywhere."""
    try:
        return sentence(told_of(event, owner="HV2", target="HV2"))
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("missing", CHOICES)
def test_without_a_choice_a_step_is_told_the_same_or_refused(verb: Verb, missing: str) -> None:
    event = Event(verb, **{what: name for what, name in CHOICES.items() if what != missing})
    refusal = f"step 1, {verb.value!r}, names no {missing}"
    assert answer(event) in {answer(Event(verb, **CHOICES)), refusal}


ABOUT_NOTHING = {Verb.OUTAGE, Verb.FORM, Verb.HOUR_PASSES}


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb not in ABOUT_NOTHING])
def test_a_step_that_names_nothing_is_refused(verb: Verb) -> None:
    with pytest.raises(ValueError, match="names no"):
        told_of(Event(verb)).text()


GOING = [
    Verb.MOVE,
    Verb.MIGRATE,
    Verb.BEGIN_FAILBACK,
    Verb.TRANSFER,
    Verb.TAKE_OVER,
    Verb.SWITCH,
]
"""The steps that take a group somewhere, which the situation after them shows."""


@pytest.mark.parametrize("verb", GOING)
def test_where_a_group_goes_is_read_from_the_situation_if_the_step_did_not_choose_it(
    verb: Verb,
) -> None:
    account = told_of(Event(verb, "SQL"), owner="HV3", target="HV3")
    assert "HV3" in sentence(account)
    assert account.data()["steps"][1]["names"] == {"group": "SQL", "node": "HV3"}
    assert "HV3" in account.picture()


@pytest.mark.parametrize("verb", [Verb.MOVE, Verb.MIGRATE, Verb.BEGIN_FAILBACK])
def test_a_group_that_sets_out_goes_to_its_target(verb: Verb) -> None:
    assert "from HV1 to HV2" in sentence(told_of(Event(verb, "SQL"), target="HV2"))


def test_the_end_of_a_live_migration_is_told_although_its_step_chooses_no_node() -> None:
    life = Life(cluster("c", 3, SQL))
    life.step(
        Event(Verb.MIGRATE, "SQL", node="HV2"),
        {"SQL": {"phase": Phase.MIGRATING, "target": "HV2"}},
    )
    life.step(
        Event(Verb.SWITCH, "SQL"),
        {"SQL": {"phase": Phase.SERVING, "target": None, "owner": "HV2"}},
    )
    said = "2. The live migration of group SQL ends: it runs on HV2 now."
    assert said in life.account("t", "v").text()


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("state", ResourceState)
@pytest.mark.parametrize("verb", Verb)
def test_every_step_is_told_in_every_state(verb: Verb, state: ResourceState, phase: Phase) -> None:
    life = Life(cluster("c", 3, SQL, volumes=("Volume",)))
    states = dict.fromkeys(SQL.resource_names, state)
    held = {"unwritten": {"SQL Server"}, "saved": {"SQL Agent"}}
    life.step(Event(Verb.HOUR_PASSES), {"SQL": {"states": states, "phase": phase, **held}})
    account = life.step(Event(verb, **CHOICES)).account("t", "v")
    assert account.text().endswith(f"all of it {STATE_WORDS[state]}. {HELD}\n")
    (group,) = account.data()["steps"][2]["activity"]["groups"]
    assert set(group["states"].values()) == {state.value}
    assert account.picture().startswith("graph")


HELD = "SQL Server holds data that is not on disk yet. SQL Agent has its memory saved on disk."


def test_every_state_has_a_word_of_its_own() -> None:
    assert set(STATE_WORDS) == set(ResourceState)
    assert len(set(STATE_WORDS.values())) == len(ResourceState)


@pytest.mark.parametrize("kind", ResourceKind)
def test_every_kind_of_resource_is_drawn(kind: ResourceKind) -> None:
    drawn = dependency_graph(Group("G", (Resource("R", kind),))).replace("\\n", " ")
    assert f"({kind_in_words(kind)})" in drawn


def test_every_kind_of_resource_has_words_of_its_own() -> None:
    assert len({kind_in_words(kind) for kind in ResourceKind}) == len(ResourceKind)

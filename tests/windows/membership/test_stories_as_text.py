"""What is told of the stories, as text and as data."""

import json
import pathlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import ALL, half_is_enough, sixteen_nodes, two_nodes, ugly_names

from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Event, Moment
from quorate.windows.membership.words.data import story_data
from quorate.windows.membership.words.text import story_entries, story_lines, story_text

TOLD = pathlib.Path(__file__).parent / "testdata" / "stories"

ANY_NAME = st.text(min_size=1, max_size=60).filter(str.strip)
ANY_NAMES = st.lists(ANY_NAME, min_size=3, max_size=5, unique=True).map(tuple)


@pytest.mark.parametrize("name", ALL)
def test_stories_are_told_as_written_down(name: str, rewrite: bool) -> None:
    path, said = TOLD / f"{name}.txt", story_text(ALL[name]())
    if rewrite:
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_every_written_story_is_told() -> None:
    assert {path.stem for path in TOLD.glob("*.txt")} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_data_is_ready_for_json_and_says_the_same(name: str) -> None:
    story = ALL[name]()
    data = json.loads(json.dumps(story_data(story)))
    assert data == story_data(story)
    told = [step["sentences"] for step in data["steps"]] + [data["conclusion"]["sentences"]]
    assert told == story_entries(story)


def test_data_counts_the_votes_of_every_part() -> None:
    step = story_data(half_is_enough())["steps"][1]
    assert step["action"] == "partition"
    assert step["names"] == {"side": ["HV3", "HV4"]}
    assert [
        (part["fate"], part["members"], part["votes"], part["needed"], part["enough"])
        for part in step["reasons"]["parts"]
    ] == [("goes on", ["HV1", "HV2"], 2, 3, False), ("goes on", ["HV3", "HV4"], 2, 3, False)]


def test_situations_list_nodes_in_configured_order() -> None:
    last = story_data(sixteen_nodes())["steps"][-1]["situation"]
    assert last["islands"][0] == ["HV01", *(f"HV0{number}" for number in range(3, 9))]
    assert last["networks"][1] == ["HV09", *(f"HV{number}" for number in range(10, 17))]
    assert last["cut"] == []


@given(ANY_NAMES)
@settings(max_examples=60, deadline=None)
def test_no_name_breaks_a_line_or_passes_for_another(names: tuple[str, ...]) -> None:
    lines = story_lines(ugly_names(names))
    assert not [c for line in lines for c in line if unicodedata.category(c)[0] == "C"]
    assert not [c for line in lines for c in line if c in "\u2028\u2029\u202e\u200b"]


def test_a_loop_says_where_it_repeats() -> None:
    story = two_nodes()
    looping = Story(story.title, story.cluster, story.moments, "it never recovers", None, 0)
    assert story_lines(looping)[-1].endswith("From here all repeats as after step 0, for ever.")


def test_unknown_actions_are_refused() -> None:
    story = two_nodes()
    moment = Moment(Event("flood"), story.moments[1].situation)
    odd = Story("", story.cluster, (story.moments[0], moment), "")
    with pytest.raises(ValueError, match="flood"):
        story_lines(odd)


def test_a_story_needs_a_start() -> None:
    story = two_nodes()
    with pytest.raises(ValueError, match="no start"):
        Story("", story.cluster, story.moments[1:], "")

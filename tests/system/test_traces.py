"""Traces as JSON, as a line, as ITF: what is written is read back, what is damaged is refused."""

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.toys import peterson
from quorate.errors import EvidenceError
from quorate.system import (
    Bits,
    Boolean,
    Enumeration,
    Integer,
    Single,
    Step,
    System,
    Trace,
    Variable,
)
from quorate.system.itf import to_itf
from quorate.system.trace_lines import LINE_PREFIX, from_line, to_line

values = st.one_of(st.booleans(), st.integers(0, 2**70), st.integers(-5, 5))
states = st.dictionaries(st.text(max_size=8), values, max_size=4)
steps = st.builds(Step, st.text(max_size=10), states, states)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    taken = tuple(draw(st.lists(steps, max_size=5)))
    return Trace(draw(states), taken, draw(st.one_of(st.none(), st.integers(0, len(taken)))))


@given(traces())
def test_a_trace_is_read_back_from_its_json(trace):
    data = json.loads(json.dumps(trace.to_json()))
    again = Trace.from_json(data)
    assert again == trace
    assert [type(v) for s in again.states for v in s.values()] == [
        type(v) for s in trace.states for v in s.values()
    ]


@given(traces())
def test_a_trace_is_read_back_from_its_line(trace):
    line = to_line(trace.to_json())
    assert line.startswith(LINE_PREFIX)
    assert line.isascii()
    assert not any(c.isspace() for c in line)
    assert Trace.from_json(from_line(f"  {line}\n")) == trace


def test_a_trace_has_one_state_more_than_steps():
    trace = Trace({"a": 0}, (Step("go", {}, {"a": 1}), Step("go", {}, {"a": 2})))
    assert (len(trace), list(trace.states), trace.final) == (
        2,
        [{"a": 0}, {"a": 1}, {"a": 2}],
        {"a": 2},
    )
    assert Trace({"a": 0}).final == {"a": 0}


LINE = to_line(Trace({"a": 0, "b": 5}, (Step("go", {"i": 1}, {"a": 1, "b": 5}),)).to_json())


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_line_is_refused_or_says_the_same(data):
    """Cut, doubled, or with one character changed: the checksum of zlib sees it."""
    place = data.draw(st.integers(len(LINE_PREFIX), len(LINE) - 1))
    kind = data.draw(st.sampled_from(["cut", "without", "changed"]))
    other = data.draw(st.characters(min_codepoint=33, max_codepoint=0x2FF))
    rest = {"cut": "", "without": LINE[place + 1 :], "changed": other + LINE[place + 1 :]}
    try:
        read = from_line(LINE[:place] + rest[kind])
    except EvidenceError:
        return
    assert read == from_line(LINE)


@given(st.text(max_size=40))
def test_any_text_but_a_line_is_refused(text):
    for line in (text, LINE_PREFIX + text):
        with pytest.raises(EvidenceError):
            from_line(line)


def packed(raw: bytes) -> str:
    return LINE_PREFIX + base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


def test_a_line_that_unpacks_to_no_json_is_refused():
    for raw in (b"", b"{", b"\xff\xfe", b"hello"):
        with pytest.raises(EvidenceError):
            from_line(packed(raw))


def test_a_line_that_unpacks_to_far_too_much_is_refused():
    with pytest.raises(EvidenceError, match="far too large"):
        from_line(packed(b" " * (65 * 1024 * 1024)))


def test_a_line_that_is_nested_too_deep_is_refused():
    with pytest.raises(EvidenceError):
        from_line(packed(b"[" * 200_000 + b"]" * 200_000))


GOOD = {"initial": {"a": 0}, "steps": [{"action": "go", "inputs": {}, "state": {"a": 1}}]}

BAD = [
    None,
    [],
    "trace",
    3,
    {},
    {"initial": {}},
    {"steps": []},
    {"initial": [], "steps": []},
    {"initial": {"a": "0"}, "steps": []},
    {"initial": {"a": 0.5}, "steps": []},
    {"initial": {"a": None}, "steps": []},
    {"initial": {"a": [0]}, "steps": []},
    {**GOOD, "steps": [{}]},
    {**GOOD, "steps": [None]},
    {**GOOD, "steps": 1},
    {**GOOD, "steps": [{"action": "go", "inputs": {}}]},
    {**GOOD, "steps": [{"action": "go", "inputs": 5, "state": {}}]},
    {**GOOD, "loop_start": -1},
    {**GOOD, "loop_start": 2},
    {**GOOD, "loop_start": "x"},
    {**GOOD, "loop_start": [0]},
]


@pytest.mark.parametrize("data", BAD, ids=str)
def test_json_that_is_no_trace_is_refused(data):
    with pytest.raises(EvidenceError):
        Trace.from_json(data)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "initial": st.one_of(states, json_values),
            "steps": st.one_of(st.lists(json_values, max_size=2), json_values),
        },
    )
)
def test_any_json_is_a_trace_or_refused(data):
    try:
        trace = Trace.from_json(data)
    except EvidenceError:
        return
    assert Trace.from_json(trace.to_json()) == trace


@pytest.mark.parametrize("start", ["1", 0.5, True])
def test_a_loop_start_that_is_no_index_is_refused(start):
    with pytest.raises(EvidenceError):
        Trace.from_json({**GOOD, "loop_start": start})


def test_a_loop_that_starts_at_infinity_is_refused():
    with pytest.raises(EvidenceError):
        Trace.from_json({**GOOD, "loop_start": float("inf")})


def test_itf_names_what_the_numbers_stand_for():
    system = System(
        "all sorts",
        (
            Variable("on", Boolean()),
            Variable("phase", Enumeration(("red", "green"))),
            Variable("members", Bits(("A", "B", "C"))),
            Variable("leader", Single(("A", "B", "C"))),
            Variable("count", Integer()),
        ),
        (),
        (),
    )
    first = {"on": True, "phase": 1, "members": 5, "leader": 0, "count": 12}
    then = {"on": False, "phase": 0, "members": 0, "leader": 4, "count": -1}
    data = to_itf(system, Trace(first, (Step("go", {}, then),), loop_start=1))
    assert data["vars"] == ["action", "on", "phase", "members", "leader", "count"]
    assert data["loop"] == 1
    assert data["states"] == [
        {
            "#meta": {"index": 0},
            "action": "init",
            "on": True,
            "phase": "green",
            "members": {"#set": ["A", "C"]},
            "leader": {"#set": []},
            "count": {"#bigint": "12"},
        },
        {
            "#meta": {"index": 1},
            "action": "go",
            "on": False,
            "phase": "red",
            "members": {"#set": []},
            "leader": {"#set": ["C"]},
            "count": {"#bigint": "-1"},
        },
    ]
    json.dumps(data)


def test_itf_of_a_finite_run_has_no_loop():
    system = peterson()
    state = {"at.0": 0, "at.1": 3, "flag.0": False, "flag.1": True, "turn": 0}
    data = to_itf(system, Trace(state))
    assert "loop" not in data
    assert data["states"][0]["at.1"] == "critical"
    assert data["#meta"]["format"] == "ITF"

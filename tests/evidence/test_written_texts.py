"""Texts that belong to certificates are always the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quorate.evidence.texts import json_text

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
DATA = st.recursive(
    LEAVES,
    lambda of: st.lists(of) | st.tuples(of, of) | st.dictionaries(st.text(), of),
    max_leaves=20,
)


@settings(deadline=None)
@given(DATA)
def test_data_is_written_as_the_library_writes_it(data: object) -> None:
    assert json_text(data) == json.dumps(data, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("data", [{1: "one"}, {"one": {1, 2}}, [b"one"]])
def test_what_is_no_json_is_refused(data: object) -> None:
    with pytest.raises(TypeError):
        json_text(data)

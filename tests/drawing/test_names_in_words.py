"""Names and lists of names as sentences write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.drawing.names import LONGEST, distinct_forms
from quorate.drawing.ordered_names import OrderedNames

NUMBERED = OrderedNames(tuple(f"HV{number:02}" for number in range(1, 17)))
ALL = NUMBERED.names


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (ALL[:1], "HV01"),
        (ALL[:2], "HV01 and HV02"),
        (ALL[:6], "HV01, HV02, HV03, HV04, HV05 and HV06"),
        (ALL[1:8], "HV02 to HV08"),
        (ALL, "HV01 to HV16"),
        ((*ALL[:3], *ALL[4:]), "HV01 to HV03 and HV05 to HV16"),
        ((*ALL[:2], *ALL[3:9]), "HV01, HV02 and HV04 to HV09"),
        (ALL[::2], "HV01, HV03, HV05 and 5 others"),
        ((*ALL[:4], *ALL[5::2]), "HV01 to HV04, HV06, HV08 and 4 others"),
    ],
)
def test_long_lists_are_abbreviated(members: tuple[str, ...], said: str) -> None:
    assert NUMBERED.listed(members) == said


def test_members_and_sets_stand_in_the_configured_order() -> None:
    names = OrderedNames(("Z", "A", "M"))
    assert names.listed({"A", "M", "Z"}) == "Z, A and M"
    assert names.by_order([frozenset("AM"), frozenset("Z")]) == [frozenset("Z"), frozenset("AM")]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("HV 1", "HV 1"),
        (" HV1", '" HV1"'),
        ("a, b", '"a, b"'),
        ("A and B", '"A and B"'),
        ('"A" to', '"\\"A\\" to"'),
        ("7", '"7"'),
        ("DOMAIN\\HV1", "DOMAIN\\HV1"),
        ("two\nlines", r"two\nlines"),
        ("bell\x07", r"bell\x07"),
        ("right\u202eleft", r"right\u202eleft"),
        ("half \ud800", r"half \ud800"),
        ("x" * 200, "x" * 20 + "…" + "x" * 19),
    ],
)
def test_names_are_visible(name: str, written: str) -> None:
    assert OrderedNames((name,)).form(name) == written


def test_names_that_look_alike_are_numbered() -> None:
    names = OrderedNames(("a\nb", "a\\nb", "x" * 100, "x" * 101))
    written = [names.form(name) for name in names.names]
    assert written[:2] == [r"a\nb (#1)", r"a\nb (#2)"]
    assert written[2].endswith("x (#3)")
    assert written[3].endswith("x (#4)")


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6, unique=True))
def test_different_names_stay_different(names: list[str]) -> None:
    forms = distinct_forms(names, lambda text: len(text) <= LONGEST)
    assert len(set(forms.values())) == len(names)
    assert all(len(form) <= LONGEST for form in forms.values())

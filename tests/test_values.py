"""Data classes are those of the library, but for the time that it takes to make them."""

import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from functools import cached_property
from typing import Any

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from quorate.values import dataclass


class Bare:
    """Nothing."""


class Point:
    """Two numbers, one of which goes without saying."""

    x: Any
    y: Any = 0


class Tagged:
    """A list of its own, and a tag that is not looked at."""

    numbers: list[int] = field(default_factory=list)
    tag: str = field(default="", compare=False)
    secret: str = field(default="", repr=False)


class Checked:
    """Refuses what is negative, and is written in its own way."""

    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("negative")

    def __repr__(self) -> str:
        return f"<{self.size}>"


class OwnEquality:  # noqa: PLW1641 - whether it has a hash is what is asked
    """All are equal."""

    size: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnEquality)


class OwnHash:
    """Hashed in its own way."""

    size: int

    def __hash__(self) -> int:
        return 7


KINDS = [Bare, Point, Tagged, Checked, OwnEquality, OwnHash]

CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((1,), {}),
    ((1, 2), {}),
    ((1, 2, 3), {}),
    ((1, 2, 3, 4), {}),
    ((), {"x": 1}),
    ((), {"size": 1}),
    ((-1,), {}),
    ((), {"y": 1}),
    ((1,), {"y": 2}),
    ((1,), {"x": 2}),
    ((1, 2), {"y": 2}),
    ((1,), {"z": 2}),
    (([1],), {"tag": "a"}),
    (([1],), {"tag": "b", "secret": "c"}),
    ((), {"secret": "d", "numbers": [1]}),
    ((), {"self": 1}),
]


def twins(kind: type, **how: bool) -> tuple[type, type]:
    """The class made by the library, and by us."""
    said = {name: x for name, x in vars(kind).items() if name not in {"__dict__", "__weakref__"}}
    theirs, ours = (type(kind.__name__, (), dict(said)) for _ in range(2))
    return dataclasses.dataclass(**how)(theirs), dataclass(**how)(ours)  # type: ignore[call-overload]


def made(kind: type, call: tuple[tuple[Any, ...], dict[str, Any]]) -> Any:
    """An instance, or the kind of error."""
    try:
        return kind(*call[0], **call[1])
    except Exception as error:
        return type(error)


def shown(one: Any, how: dict[str, bool]) -> Any:
    """All that can be seen of an instance but its class."""
    if isinstance(one, type):
        return one
    values = [getattr(one, each.name) for each in fields(one)]
    return repr(one), values, vars(one), hashed(one) if how["eq"] else None


def hashed(one: Any) -> Any:
    try:
        return hash(one)
    except TypeError:
        return TypeError


HOW = [{"frozen": frozen, "eq": eq} for frozen in (False, True) for eq in (False, True)]


@pytest.mark.parametrize("how", HOW, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_instances_are_those_of_the_library(kind: type, how: dict[str, bool]) -> None:
    theirs, ours = twins(kind, **how)
    pairs = [(made(theirs, call), made(ours, call)) for call in CALLS]
    assert [shown(one, how) for one, _ in pairs] == [shown(one, how) for _, one in pairs]
    table = [[(one == other, one != other) for one, _ in pairs] for other, _ in pairs]
    assert table == [[(one == other, one != other) for _, one in pairs] for _, other in pairs]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_frozen_stays(kind: type) -> None:
    for one in map(made, twins(kind, frozen=True), [CALLS[0], CALLS[0]]):
        if not isinstance(one, type):
            with pytest.raises(FrozenInstanceError):
                one.x = 1
            with pytest.raises(FrozenInstanceError):
                del one.x


def test_what_is_not_frozen_changes() -> None:
    for kind in twins(Point):
        one = kind(1)
        one.y = 5
        assert (one.x, one.y) == (1, 5)


@dataclass(frozen=True)
class Base:
    """Something that others add to."""

    name: str

    @cached_property
    def length(self) -> int:
        """Kept once it is known."""
        return len(self.name)


@dataclass(frozen=True)
class More(Base):
    """One more field."""

    number: int = 3


@given(st.text(), st.integers())
def test_the_library_knows_them(name: str, number: int) -> None:
    one = More(name, number)
    assert one.length == len(name)
    assert replace(one, number=4) == More(name, 4)
    assert pickle.loads(pickle.dumps(one)) == one
    assert dataclasses.asdict(one) == {"name": name, "number": number}
    assert one != Base(name)
    match one:
        case More(found, counted):
            assert (found, counted) == (name, number)


@dataclass(frozen=True)
class OfTerm:
    """A term of z3, whose equality is a formula."""

    term: Any


def test_terms_are_compared_as_a_whole() -> None:
    x, y = z3.Ints("x y")
    assert (OfTerm(x) == OfTerm(x)) is True
    assert (OfTerm(x) == OfTerm(y)) is False

"""What could not be told or drawn. No fault of telling may lose the verdict that it is about."""

from collections.abc import Callable
from typing import TypeVar

from quorate.values import dataclass

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Failed:
    """Why something was not made, in one sentence."""

    why: str


def attempted(make: Callable[[], _Made]) -> _Made | Failed:
    """What is made, or why it is not."""
    try:
        return make()
    except Exception as error:
        from quorate.inquiry.raised import what_and_where  # noqa: PLC0415 - only faults need it

        return Failed(what_and_where(error))

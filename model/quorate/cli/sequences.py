"""Accounts as sequences, from what they say as data: whatever family they are of."""

from collections.abc import Iterator, Mapping
from typing import Any

from quorate.drawing.sequence import Sequenced, Spoken
from quorate.inquiry.seam import Account, Subject


def sequenced(account: Account, subject: Subject) -> Sequenced:
    """Among the nodes of the subject; of one that has none, among whatever its steps name. Raises
    `KeyError` for an account whose data has no steps."""
    data = account.data()
    steps = [Spoken(tuple(_named(step)), " ".join(step["sentences"])) for step in data["steps"]]
    lanes = tuple(getattr(subject, "node_names", ())) or tuple(
        dict.fromkeys(name for step in steps for name in step.who)
    )
    end = " ".join(data["conclusion"]["sentences"])
    return Sequenced(str(data["title"]), lanes or ("run",), steps, end, data.get("loop_start"))


def _named(step: Mapping[str, Any]) -> Iterator[str]:
    for value in step.get("names", {}).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from map(str, value)

"""The two ways in which processes are started."""

import multiprocessing

import pytest

from quorate.inquiry.processes import CHOSEN_BY, StartMethod

WAYS = [
    pytest.param(
        way,
        id=way.value,
        marks=pytest.mark.skipif(
            way.value not in multiprocessing.get_all_start_methods(),
            reason=f"there is no {way.value} on this system",
        ),
    )
    for way in StartMethod
]


def choose(way: StartMethod, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOSEN_BY, way.value)

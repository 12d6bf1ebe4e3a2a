"""JSON text of an export to records: in what order and under what names its parts stand is up to
whoever collected them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from quorate.errors import InputError, Place
from quorate.importers.windows_exports.kinds import Kind, canonical, hinted, kind_of
from quorate.importers.windows_exports.records import Record, shown

MOST_PARTS = 3_000_000
"""Lists, objects and what they are made of; an export of 64 nodes and 8,000 resources has a third
of this."""

MOST_LEVELS = 40
"""`ConvertTo-Json` stops at 100 and is asked for fewer; what is read is much nearer to the top."""


_HALF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str, source: str) -> Any:
    """The document; raises `InputError` for what is none, with its line."""
    if sum(map(text.count, "{[,")) > MOST_PARTS:
        raise InputError(
            f"more than {MOST_PARTS:,} values are more than any cluster has; run the script that "
            "quorate export-script prints",
            source,
        )
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_int=_whole
        )
        if _HALF_A_PAIR.search(text):
            json.dumps(document, ensure_ascii=False).encode("utf-8")
        return document
    except UnicodeEncodeError:
        raise InputError(
            "a text holds half a surrogate pair, which is no character; export it again", source
        ) from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not JSON: {error.msg}; export it again", Place(source, error.lineno)
        ) from error
    except RecursionError:
        raise InputError(
            "this is nested too deeply for an export; use -Depth 6 or the script that quorate "
            "export-script prints",
            source,
        ) from None
    except ValueError as error:
        raise InputError(str(error), source) from None


def json_records(document: Any, source: str) -> Iterator[Record]:
    """The objects that are outputs of cmdlets, wherever they stand. Raises `InputError`."""
    yield from _found(document, source, "", None, 0)


def named_parts(document: Any) -> frozenset[Kind]:
    """What an export says that it holds, also where there is nothing of it."""
    names = document if isinstance(document, dict) else ()
    return frozenset(kind for kind in map(hinted, names) if kind is not None)


def _found(value: Any, source: str, path: str, hint: Kind | None, level: int) -> Iterator[Record]:
    if level > MOST_LEVELS:
        raise InputError(f"nothing that is read stands deeper than {MOST_LEVELS} levels", source)
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _found(inner, source, f"{path}[{index}]", hint, level + 1)
        return
    if not isinstance(value, dict):
        return
    values = _canonical(value, source, path)
    kind = kind_of(values, hint)
    if kind is not None:
        yield Record(kind, values, source, None, path)
        if kind is Kind.GROUP:
            yield from _within(value, source, path, level)
        return
    plain = {key: inner for key, inner in value.items() if isinstance(inner, str | int | bool)}
    named = {canonical(key): inner for key, inner in plain.items()}
    if "clustername" in named and isinstance(named["clustername"], str):
        yield Record(Kind.CLUSTER, {**named, "name": named["clustername"]}, source, None, path)
    for key, inner in value.items():
        if isinstance(inner, list | dict):
            below = f"{path}.{key}" if path else key
            yield from _found(inner, source, below, hinted(key), level + 1)


def _within(group: dict[str, Any], source: str, path: str, level: int) -> Iterator[Record]:
    """The resources that stand in their group."""
    for key, inner in group.items():
        if isinstance(inner, list) and hinted(key) is Kind.RESOURCE:
            home = {"ownergroup": group.get("Name", group.get("name"))}
            below = f"{path}.{key}" if path else key
            for record in _found(inner, source, below, Kind.RESOURCE, level + 1):
                yield replace(record, values={**home, **record.values})


def _canonical(value: dict[str, Any], source: str, path: str) -> dict[str, Any]:
    found = {canonical(key): inner for key, inner in value.items()}
    if len(found) < len(value):
        raise InputError(
            "two properties differ in upper and lower case only; export it again",
            Place(source, None, path),
        )
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ValueError(f"the property {shown(key)} is there twice; export it again")
            seen.add(key)
    return found


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError(f"{digits[:20]}... is no number that Windows writes; export it again")
    return int(digits)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number that Windows writes; export it again")

"""The JSON Schema of what `check --json` and `verify --json` print."""

from typing import Any

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE_TEXT = {"type": ["string", "null"]}
_MAYBE_NUMBER = {"type": ["integer", "null"], "minimum": 0}


def results_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. Of `check` it is an array of clusters, of `verify` one of findings."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers of quorate",
        "oneOf": [
            {"type": "array", "items": {"$ref": "#/$defs/cluster"}},
            {"type": "array", "items": {"$ref": "#/$defs/finding"}},
        ],
        "$defs": {
            "cluster": _cluster(),
            "finding": _finding(),
            "other_version": _other_version(),
            "note": _note(),
            "unmodelled": _unmodelled(),
            "trace": _trace(),
        },
    }


def _cluster() -> dict[str, Any]:
    return _object(
        {
            "cluster": _TEXT,
            "version": _object(
                {"asked_as": _TEXT, "source": {"enum": ["named", "assumed"]}},
                {},
            ),
            "votes": _described("How votes are counted, or that nothing is said of them.", _TEXT),
            "notes": {"type": "array", "items": {"$ref": "#/$defs/note"}},
            "unmodelled": {"type": "array", "items": {"$ref": "#/$defs/unmodelled"}},
            "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
            "other_versions": {
                "type": "array",
                "description": "What other versions would make of the verdicts about votes.",
                "items": {"$ref": "#/$defs/other_version"},
            },
            "pictures": _described("The paths of the pictures that were drawn.", _TEXTS),
        },
        {"not_drawn": _described("Why pictures are missing.", _TEXTS)},
    )


def _other_version() -> dict[str, Any]:
    row = _object({"claim": _TEXT, "verdict": _TEXT, "verdict_text": _TEXT}, {})
    rows = {"type": "array", "items": row}
    return _object(
        {"versions": _TEXTS, "changed": rows, "only_there": rows, "only_here": _TEXTS}, {}
    )


def _finding() -> dict[str, Any]:
    return _object(
        {
            "cluster": _TEXT,
            "claim": _TEXT,
            "group": _described("The group that it is about, null for the whole.", _MAYBE_TEXT),
            "as": _described("The claim that was asked for it, in other names.", _MAYBE_TEXT),
            "kind": {"enum": ["claim", "tooth", "premise"]},
            "deviation": _described("The rule that a tooth breaks.", _MAYBE_TEXT),
            "sentence": _TEXT,
            "why": _TEXT,
            "sources": _TEXTS,
            "assumptions": {"type": ["array", "null"], "items": _TEXT},
            "verdict": {
                "enum": [
                    "proved",
                    "refuted",
                    "holds",
                    "never happens",
                    "unknown",
                    "reached",
                    "not reached",
                    "never reached",
                ]
            },
            "verdict_text": _TEXT,
            "expected": {"enum": ["holds", "refuted", "never happens", "open"]},
            "as_expected": {
                "type": ["boolean", "null"],
                "description": "Null where neither the expectation nor its contrary was found.",
            },
            "engine": _TEXT,
            "depth": _described("The steps of the run, or to which none was found.", _MAYBE_NUMBER),
            "shortest": {"type": "boolean"},
            "reason": _described("Why it is neither proved nor refuted.", _MAYBE_TEXT),
            "lemmas": _TEXTS,
            "seconds": {"type": "number", "minimum": 0},
        },
        {
            "trace": {"$ref": "#/$defs/trace"},
            "trace_line": _described("What `quorate show` replays.", _MAYBE_TEXT),
            "story": _described(
                "The run in the words of its family.", {"type": ["object", "null"]}
            ),
            "not_told": _described("Why something of it could not be told.", _TEXTS),
        },
    )


def _note() -> dict[str, Any]:
    return _object(
        {
            "kind": {"enum": ["unsupported", "doubtful", "defaulted"]},
            "where": _described("The place as it is printed.", _TEXT),
            "file": _TEXT,
            "line": {"type": ["integer", "null"], "minimum": 1},
            "key": _TEXT,
            "text": _TEXT,
        },
        {},
    )


def _unmodelled() -> dict[str, Any]:
    """Its keys are those of the cluster file."""
    return {"type": "object", "required": ["setting", "touches", "where"]}


def _trace() -> dict[str, Any]:
    state = {"type": "object", "additionalProperties": {"type": ["integer", "boolean", "string"]}}
    step = _object({"action": _TEXT, "inputs": state, "state": state}, {})
    return _object(
        {
            "initial": state,
            "steps": {"type": "array", "items": step},
            "loop_start": _described("The step that follows the last one for ever.", _MAYBE_NUMBER),
        },
        {},
    )


def _object(required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _described(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, **schema}

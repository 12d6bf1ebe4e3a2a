"""The list of contents of a certificate, and the check of everything on it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quorate.errors import EvidenceError

FORMAT = "quorate certificate 1"


@dataclass(frozen=True)
class Proof:
    """What was proved, under which assumptions, with which lemmas, and the names of the files that
    must all be unsatisfiable."""

    cluster: str
    claim: str
    sentence: str
    assumptions: tuple[str, ...]
    lemmas: tuple[str, ...]
    files: tuple[str, ...]


def manifest(proof: Proof) -> str:
    """The text of the manifest."""
    return json.dumps({"format": FORMAT, **asdict(proof)}, indent=2, ensure_ascii=False) + "\n"


def manifests(folder: Path) -> Iterator[tuple[Path, Proof]]:
    """Every manifest in `folder` and below it, in order of their paths. Raises `EvidenceError` for
    one that is damaged."""
    for path in sorted(folder.rglob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise EvidenceError(f"{path}: this file cannot be read as JSON") from error
        if isinstance(data, dict) and data.get("format") == FORMAT:
            yield path, _proof(data, path)


def _proof(data: dict[str, Any], path: Path) -> Proof:
    def many(key: str) -> tuple[str, ...]:
        return tuple(str(item) for item in data[key])

    try:
        proof = Proof(
            str(data["cluster"]),
            str(data["claim"]),
            str(data["sentence"]),
            many("assumptions"),
            many("lemmas"),
            many("files"),
        )
    except (KeyError, TypeError) as error:
        raise EvidenceError(
            f"{path}: this manifest lacks {error}; prove the claim again"
        ) from error
    if not proof.files or any(Path(name).name != name for name in proof.files):
        raise EvidenceError(f"{path}: this manifest names no files, or files of another folder")
    return proof

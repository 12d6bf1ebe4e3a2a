"""Certificates of small systems in a folder, and an attacker who keeps the digests right."""

import json
from collections.abc import Iterator
from pathlib import Path

from quorate.errors import EvidenceError
from quorate.evidence.binding import Bound
from quorate.evidence.contents import NAME, SYSTEM_SUFFIX, Contents, audit, is_manifest
from quorate.evidence.manifest import Statement
from quorate.evidence.rebuild import Folder
from quorate.evidence.texts import file_sha256, json_text
from quorate.inquiry.certify import Certifier
from quorate.system import Lemma, Property, Proved, System

SUBJECT = Statement("Städte", "a claim", "never is it so", ("nothing fails",), {"of": "a toy"})


def certify(
    folder: Path,
    system: System,
    claim: Property,
    invariant: tuple[Lemma, ...],
    *,
    name: str = "claim",
    reduced: bool = False,
) -> Path:
    """Writes the certificate of a proof below `folder`; the path of its manifest."""
    proof = Proved(invariant, "somebody", reduced)
    files = Certifier(Bound(system)).files(SUBJECT, claim, proof, f"toy/{name}.json")
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(text.encode())
    list_contents(folder)
    return folder / "toy" / f"{name}.json"


def list_contents(folder: Path) -> None:
    """Lists all files as they are now."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != NAME)
    digests = {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
    (folder / NAME).write_bytes(Contents(digests).text().encode())


def redigest(folder: Path) -> None:
    """Makes every digest that is written anywhere that of the file as it is now."""
    for path in folder.rglob("*.json"):
        if is_manifest(path.name) and path.name != NAME:
            with_digests(path)
    list_contents(folder)


def with_digests(path: Path) -> None:
    data = json.loads(path.read_bytes())
    for listed in (one for several in data["obligations"].values() for one in several):
        if (path.parent / listed["file"]).is_file():
            listed["sha256"] = file_sha256(path.parent / listed["file"])
    if (path.parent / data["system"]).is_file():
        data["system sha256"] = file_sha256(path.parent / data["system"])
    path.write_bytes(json_text(data).encode())


def wrong(folder: Path) -> list[str]:
    """All that is objected to before any solver is asked."""
    found = audit(folder)
    return [*(one.what for one in found.wrong), *_of_certificates(found.manifests)]


def _of_certificates(manifests: tuple[Path, ...]) -> Iterator[str]:
    for path in manifests:
        folder = Folder(path.parent)
        try:
            yield from folder.objections(folder.manifest(path.name))
        except EvidenceError as error:
            yield str(error)


def obligations(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.smt2"))


def system_file(folder: Path) -> Path:
    (path,) = folder.rglob(f"*{SYSTEM_SUFFIX}")
    return path

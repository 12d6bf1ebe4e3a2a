"""The certificates that findings leave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from quorate.cli.archive import Families
from quorate.cli.files import remove, write
from quorate.errors import EvidenceError, InputError
from quorate.evidence.contents import (
    NAME,
    Contents,
    contents_of,
    is_manifest,
    is_written_by_quorate,
)
from quorate.evidence.manifest import manifest_of
from quorate.evidence.texts import file_sha256, sha256
from quorate.inquiry.certify import manifest_path
from quorate.inquiry.finding import Finding
from quorate.inquiry.seam import Subject


def write_certificates(
    findings: Sequence[Finding],
    folder: Path,
    called: Mapping[Subject, str],
    *,
    everything: bool = True,
) -> int:
    """The files of every certificate, a folder a subject; the number of proofs that they certify.
    Claims that are one in other names have one certificate, which names them.

    What an earlier run left of a claim that is not proved any more is removed: it may be true no
    more. With `everything` all claims about each subject were asked, and what was left of others is
    removed as well. Only what quorate wrote is removed, and only as it wrote it. Raises
    `InputError` where a file of somebody else is in the way.
    """
    before = _listed(folder)
    texts = dict(_texts(findings, called))
    subjects = {called[finding.question.claim.subject] for finding in findings}
    asked = {_manifest(finding, called) for finding in findings}
    others = {
        name
        for name in before.keys() - texts.keys() - asked
        if is_manifest(name) and not (everything and _top(name) in subjects)
    }
    needed = others.union(*(_files(folder, name) for name in others if _top(name) in subjects))
    kept = {
        name: digest
        for name, digest in before.items()
        if name in needed or _top(name) not in subjects
    }
    for name, text in texts.items():
        _refuse_to_replace(folder / name, text)
        write(folder / name, text)
    if before or texts:
        digests = {name: sha256(text) for name, text in texts.items()}
        write(folder / NAME, Contents({**kept, **digests}).text())
    for name in before.keys() - kept.keys() - texts.keys():
        _remove(folder / name, before[name])
    certified = {id(finding.question) for finding in findings if finding.certificate}
    return sum(id(finding.decided_as or finding.question) in certified for finding in findings)


def _texts(findings: Sequence[Finding], called: Mapping[Subject, str]) -> Iterator[tuple[str, str]]:
    """The files by their paths below the folder, manifests with what they are bound to."""
    families = Families()
    also: dict[int, list[str]] = {}
    for finding in findings:
        if finding.decided_as is not None:
            also.setdefault(id(finding.decided_as), []).append(finding.question.title)
    for finding in findings:
        question = finding.question
        for name, text in finding.certificate.items():
            path = f"{called[question.claim.subject]}/{name}"
            if is_manifest(name):
                written = families.written(question.claim, question.deviation)
                same = tuple(also.get(id(question), ()))
                yield path, _bound(text, written, same)
            else:
                yield path, text


def _bound(text: str, circumstances: Mapping[str, Any], also: tuple[str, ...]) -> str:
    """The manifest with what it is bound to, and the claims that it is of as well."""
    manifest = manifest_of(text)
    statement = replace(manifest.statement, circumstances=circumstances, also=also)
    return replace(manifest, statement=statement).text()


def _manifest(finding: Finding, called: Mapping[Subject, str]) -> str:
    question = finding.question
    return f"{called[question.claim.subject]}/{manifest_path(question)}"


def _top(name: str) -> str:
    """The folder of the subject."""
    return PurePosixPath(name).parts[0]


def _listed(folder: Path) -> Mapping[str, str]:
    """The digests of the files that were written before."""
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        return contents_of(path.read_bytes().decode("utf-8")).files
    except (OSError, UnicodeDecodeError, EvidenceError) as error:
        raise InputError(
            f"what stands in this folder cannot be told: {error}; name another", str(path)
        ) from error


def _files(folder: Path, manifest: str) -> frozenset[str]:
    """What a certificate that stays needs; of one that is damaged everything beside it."""
    path = folder / manifest
    beside = PurePosixPath(manifest).parent
    try:
        said = manifest_of(path.read_bytes().decode("utf-8"))
        names = [said.system, *(one.file for one in said.owed)]
    except (OSError, UnicodeDecodeError, EvidenceError):
        names = [file.name for file in path.parent.glob("*")]
    return frozenset(f"{beside / name}" for name in names)


def _refuse_to_replace(path: Path, text: str) -> None:
    """A file of that name that quorate never wrote is somebody's."""
    if path.is_file() and not is_written_by_quorate(path) and path.read_bytes() != text.encode():
        raise InputError("this file is not one of quorate's; name another folder", str(path))


def _remove(path: Path, digest: str) -> None:
    """Removes the file as it was written, and the folder when nothing else is in it."""
    if path.is_file() and file_sha256(path) == digest:
        remove(path)
        for above in list(path.parents)[:2]:
            if not any(above.iterdir()):
                above.rmdir()

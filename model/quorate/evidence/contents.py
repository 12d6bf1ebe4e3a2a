"""The list of all files that quorate wrote below a folder.

Without it a certificate that is lost whole would not be missed, and nobody could say which files
may be removed. It is a file of its own at the top of the folder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath

from quorate.errors import EvidenceError
from quorate.evidence.texts import file_sha256, json_object, json_text
from quorate.values import dataclass

NAME = "contents.json"
FORMAT = "quorate certificates 2"

SYSTEM_SUFFIX = ".system.json"
"""What the names of files end with that hold a system; other JSON files are certificates."""


@dataclass(frozen=True)
class Contents:
    """The digest of each file, by its path below the folder, with slashes."""

    files: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The file."""
        return json_text({"format": FORMAT, "files": dict(sorted(self.files.items()))})


def contents_of(text: str) -> Contents:
    """The list that the file says. Raises `EvidenceError` for any other text."""
    data = json_object(text)
    files = data.get("files")
    if data.get("format") != FORMAT or not isinstance(files, dict):
        raise EvidenceError("this is no list of contents of this version; prove the claims again")
    if not all(isinstance(digest, str) and _is_below(name) for name, digest in files.items()):
        raise EvidenceError("this list of contents is damaged")
    return Contents(files)


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def is_manifest(name: str) -> bool:
    """Whether a listed file is the manifest of a certificate."""
    return name.endswith(".json") and not name.endswith(SYSTEM_SUFFIX)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a file."""

    path: Path
    what: str


@dataclass(frozen=True)
class Audit:
    """The certificates below a folder, by the paths of their manifests, and what is wrong with the
    files there."""

    manifests: tuple[Path, ...]
    wrong: tuple[Wrong, ...]


def audit(folder: Path) -> Audit:
    """Compares what is in `folder` and below it with the lists of contents: with that of the folder
    or of one above it, or else with those further below."""
    whole = folder.resolve()
    above = next((up for up in (whole, *whole.parents) if (up / NAME).is_file()), None)
    roots = [above] if above else _highest(path.parent for path in whole.rglob(NAME))
    found = [_audited(root, whole if root == above else root) for root in roots]
    lost = (
        Wrong(path, "this certificate is on no list of contents; prove the claim again")
        for path in sorted(whole.rglob("*.json"))
        if not any(root in path.parents for root in roots) and _is_certificate(path)
    )

    def named(path: Path) -> Path:
        """As whoever named the folder would."""
        return folder / path.relative_to(whole) if whole in path.parents else path

    wrong = (*(wrong for one in found for wrong in one.wrong), *lost)
    return Audit(
        tuple(named(path) for one in found for path in one.manifests),
        tuple(Wrong(named(one.path), one.what) for one in wrong),
    )


def _highest(folders: Iterable[Path]) -> list[Path]:
    """Those that are not below another."""
    highest: list[Path] = []
    for folder in sorted(folders):
        if not any(other in folder.parents for other in highest):
            highest.append(folder)
    return highest


def _audited(root: Path, folder: Path) -> Audit:
    """What is in `folder` and below it, by the list in `root`."""
    try:
        files = contents_of((root / NAME).read_bytes().decode("utf-8")).files
    except (OSError, UnicodeDecodeError, EvidenceError) as error:
        return Audit((), (Wrong(root / NAME, f"this list cannot be read: {error}"),))
    listed = {
        path: digest
        for path, digest in ((root / name, digest) for name, digest in sorted(files.items()))
        if folder in path.parents
    }
    wrong = [Wrong(path, what) for path in listed if (what := _what_is_wrong(path, listed[path]))]
    wrong += (
        Wrong(path, "nobody listed this file")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path not in listed and not _is_nobodys(path, root)
    )
    there = tuple(path for path in listed if is_manifest(path.name) and path.is_file())
    return Audit(there, tuple(wrong))


def _what_is_wrong(path: Path, digest: str) -> str | None:
    if not path.is_file():
        return "this file is missing"
    return "this file was changed" if file_sha256(path) != digest else None


def _is_nobodys(path: Path, root: Path) -> bool:
    """The list itself, and what systems and editors leave."""
    return path == root / NAME or path.name.startswith(".")


def _is_certificate(path: Path) -> bool:
    """Whatever its version."""
    return _format(path).startswith("quorate certificate")


def is_written_by_quorate(path: Path) -> bool:
    """Whether an obligation, a system or a certificate of any version is what the file is for."""
    return path.suffix == ".smt2" or _format(path).startswith("quorate ")


def _format(path: Path) -> str:
    try:
        return str(json_object(path.read_bytes().decode("utf-8")).get("format"))
    except (OSError, UnicodeDecodeError, EvidenceError):
        return ""

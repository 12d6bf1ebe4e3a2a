"""Makes again what each certificate owes, and asks every solver that is installed, on all cores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from quorate.cli.verdicts import counted
from quorate.errors import EvidenceError, InputError
from quorate.evidence.contents import audit
from quorate.evidence.manifest import Listed, Manifest
from quorate.evidence.obligation import SAT, UNSAT
from quorate.evidence.rebuild import Folder
from quorate.evidence.recheck import recheck, solvers
from quorate.evidence.texts import file_sha256
from quorate.inquiry.run import Limits
from quorate.inquiry.workers import Lost, done
from quorate.values import dataclass

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Result:
    """What one solver says of one certificate: the obligations that it does not confirm; and what
    is wrong with the certificate whatever solvers say; `also` are the claims that it is of as well,
    in other names. Of a file that belongs to no certificate there is only what is wrong."""

    folder: Path
    cluster: str
    claim: str
    solver: str
    obligations: int
    not_confirmed: Mapping[str, str]
    objections: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def is_confirmed(self) -> bool:
        return not self.not_confirmed and not self.objections

    def lines(self) -> Iterator[str]:
        word = "CONFIRMED" if self.is_confirmed else "NOT CONFIRMED"
        others = f" and {counted(len(self.also), 'other')} of the same shape" if self.also else ""
        said = [word, f"{self.claim}{others}", str(self.folder)]
        if self.solver:
            said += [f"{self.obligations} obligations", self.solver]
        yield "  ".join(said)
        yield from (f"  {objection}" for objection in self.objections)
        for name, answer in self.not_confirmed.items():
            yield f"  {self.folder / name}: {answer}"

    def data(self) -> dict[str, Any]:
        return {**asdict(self), "folder": str(self.folder)}


def rechecked(directory: Path, against: Sequence[Path], limits: Limits) -> list[Result]:
    """The results, in the order of the certificates. Raises `InputError` for a folder without any,
    and for files that claims cannot be read from."""
    if not directory.is_dir():
        raise InputError("this is no folder; name the folder of certificates", str(directory))
    found = audit(directory)
    if not found.manifests and not found.wrong:
        raise InputError("this folder holds no certificate of quorate", str(directory))
    files = tuple(against)
    _claims(files)
    checked = _checked(found.manifests, files, limits)
    answers = _answers(checked, limits)
    misplaced = [
        Result(wrong.path.parent, "", wrong.path.name, "", 0, {}, (wrong.what,))
        for wrong in found.wrong
    ]
    return [
        *misplaced,
        *(_result(one, solver, answers) for one in checked for solver in solvers()),
    ]


def code(results: Sequence[Result]) -> int:
    """0 where all is confirmed, 3 where solvers could not tell, 1 where something is wrong."""
    if any(result.objections for result in results):
        return 1
    said = {answer for result in results for answer in result.not_confirmed.values()}
    return 3 if said and all(answer.startswith(UNKNOWN) for answer in said) else int(bool(said))


def summary(results: Sequence[Result]) -> str:
    """How many certificates were asked of whom."""
    asked = [result for result in results if result.solver]
    used = " and ".join(dict.fromkeys(result.solver for result in asked))
    count = len({(result.folder, result.claim) for result in asked})
    return f"{count} certificates, asked of {used}"


@dataclass(frozen=True)
class _Group:
    """Certificates of one folder, which share their system: the names of their manifests, and the
    files whose claims they must be of."""

    folder: Path
    names: tuple[str, ...]
    against: tuple[Path, ...]


@dataclass(frozen=True)
class _Checked:
    """A certificate after its obligations were made again."""

    folder: Path
    cluster: str
    claim: str
    owed: tuple[Listed, ...]
    objections: tuple[str, ...]
    also: tuple[str, ...] = ()


def _checked(
    manifests: Sequence[Path], against: tuple[Path, ...], limits: Limits
) -> list[_Checked]:
    folders: dict[Path, list[str]] = {}
    for path in manifests:
        folders.setdefault(path.parent, []).append(path.name)
    groups = [_Group(folder, tuple(names), against) for folder, names in folders.items()]
    results: dict[int, Sequence[_Checked]] = {}
    for place, result in done(_made_again, groups, limits.processes):
        match result:
            case Lost(reason):
                lost = _Checked(groups[place].folder, "", "", (), (reason,))
                results[place] = [replace(lost, claim=name) for name in groups[place].names]
            case _:
                results[place] = result
    return [one for place in sorted(results) for one in results[place]]


def _made_again(group: _Group) -> list[_Checked]:
    """Runs in a process of its own."""
    folder = Folder(group.folder)
    return [_one(folder, name, group.against) for name in group.names]


def _one(folder: Folder, name: str, against: tuple[Path, ...]) -> _Checked:
    try:
        manifest = folder.manifest(name)
    except EvidenceError as error:
        return _Checked(folder.path, "", name, (), (str(error),))
    objections = [*folder.objections(manifest), *_strange(manifest, against)]
    said = manifest.statement
    wrong = tuple(dict.fromkeys(objections))
    return _Checked(folder.path, said.name, said.claim, manifest.owed, wrong, said.also)


def _strange(manifest: Manifest, against: tuple[Path, ...]) -> Iterator[str]:
    """Why it is none of the claims of these files, if files are named."""
    if against:
        yield from _claims(against).objections(manifest)


@lru_cache(maxsize=1)
def _claims(against: tuple[Path, ...]) -> Any:
    """The claims of the files, read once a process."""
    from quorate.cli.against import Claims  # noqa: PLC0415 - only then models are made

    return Claims.of(against)


@dataclass(frozen=True)
class _Question:
    """An obligation that a solver is asked, in `path` or any file of the same text."""

    path: Path
    solver: str
    seconds: float


_Answers = dict[tuple[str, str], str]
"""What a solver says of a text, by the digest of the text."""


def _answers(checked: Sequence[_Checked], limits: Limits) -> _Answers:
    """Each text is asked once of each solver, the longest first, so that nobody waits for one that
    comes last."""
    paths: dict[str, Path] = {}
    for one in checked:
        for listed in one.owed:
            path = one.folder / listed.file
            if listed.sha256 not in paths and _holds(path, listed.sha256):
                paths[listed.sha256] = path
    keys = [(digest, solver) for digest in paths for solver in solvers()]
    keys.sort(key=lambda key: (-paths[key[0]].stat().st_size, key))
    questions = [_Question(paths[digest], solver, limits.seconds) for digest, solver in keys]
    answers: _Answers = {}
    for place, answer in done(_asked, questions, limits.processes, limits.seconds):
        answers[keys[place]] = f"{UNKNOWN}, {answer.reason}" if isinstance(answer, Lost) else answer
    return answers


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and file_sha256(path) == digest


def _asked(question: _Question) -> str:
    """Runs in a process of its own."""
    try:
        return recheck(question.path, question.solver, question.seconds)
    except EvidenceError as error:
        return str(error)


def _result(one: _Checked, solver: str, answers: _Answers) -> Result:
    bad = {}
    for listed in one.owed:
        answer = answers.get((listed.sha256, solver), "not asked")
        if answer != listed.expected:
            what = f"{answer}, not {listed.expected}" if answer in (SAT, UNSAT) else answer
            bad[listed.file] = what
    return Result(
        one.folder,
        one.cluster,
        one.claim,
        solver,
        len(one.owed),
        bad,
        one.objections,
        one.also,
    )

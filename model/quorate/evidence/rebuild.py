"""Makes the list of what a certificate owes again, from the text of its system, and compares."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from quorate.changes.reduced import reduced
from quorate.errors import EvidenceError
from quorate.evidence.binding import UNREADABLE, Bound, bound
from quorate.evidence.manifest import Listed, Manifest, manifest_of
from quorate.evidence.obligation import Exemption, Obligation
from quorate.evidence.texts import sha256
from quorate.system import Lemma, Property, Proved
from quorate.system.reading import lemmas_of, property_of
from quorate.values import dataclass


@dataclass(frozen=True)
class Proof:
    """A claim, the invariant that proves it, and the system that both are about."""

    bound: Bound
    claim: Property
    invariant: tuple[Lemma, ...]

    @classmethod
    def of(cls, asked: Bound, claim: Property, verdict: Proved) -> "Proof":
        """What was found out about `claim`, which `asked` was asked about."""
        answered = reduction(asked, claim) if verdict.reduced else (asked, claim)
        return cls(*answered, verdict.invariant)

    def owed(self) -> Iterator[Obligation]:
        return self.bound.owed.everything(self.claim, self.invariant)

    def exempt(self) -> Iterator[Exemption]:
        return self.bound.owed.exemptions(self.claim, self.invariant)

    def check(self) -> None:
        """Raises `EvidenceError` where the claim or the invariant says nothing of the system."""
        self.bound.well_formed.check_claim(self.claim)
        self.bound.well_formed.check_lemmas(self.invariant)


def reduction(asked: Bound, claim: Property) -> tuple[Bound, Property]:
    """The question that a proof with `Proved.reduced` answers. Raises `EvidenceError` where there
    is no such proof: where there are infinitely many states, that no run comes back to one says
    nothing of runs that go on for ever."""
    if not asked.system.is_finite:
        raise EvidenceError("it proves that no run comes back to a state, and states are endless")
    change = reduced(asked.system, claim)
    if change.invariant is not None:
        raise EvidenceError("its proof is said to be of another question, and there is none")
    return Bound(change.system), change.claim


@dataclass
class Folder:
    """The certificates in a folder, which share files."""

    path: Path
    _systems: dict[str, Bound | EvidenceError] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)

    def manifest(self, name: str) -> Manifest:
        """Raises `EvidenceError` for a manifest that is missing or none."""
        return manifest_of(_read(self.path / name))

    def objections(self, manifest: Manifest) -> tuple[str, ...]:
        """What is wrong with a certificate before a solver is asked: nothing, where the files are
        those that its system, its claim and its lemmas ask for."""
        try:
            owed, exempt = self._made_again(manifest)
        except EvidenceError as error:
            return (str(error),)
        return (
            *_differences(manifest.owed, owed),
            *_other_exemptions(manifest.exempt, exempt),
            *self._other_files(manifest.owed),
        )

    def _made_again(self, manifest: Manifest) -> tuple[list[Listed], list[Exemption]]:
        """What is owed, and what is not."""
        asked = self._system(manifest)
        try:
            claim = property_of(dict(manifest.claim), asked.system)
            proof = self._proof(manifest, asked, claim)
        except UNREADABLE as error:
            raise EvidenceError(f"its claim or its lemmas say nothing: {error}") from error
        proof.check()
        writer = proof.bound.scribe.writer
        owed = dict.fromkeys(
            Listed(one.role, one.name, "", sha256(one.to_smt2(writer)), one.expected)
            for one in proof.owed()
        )
        return list(owed), list(proof.exempt())

    def _proof(self, manifest: Manifest, asked: Bound, claim: Property) -> Proof:
        asked.well_formed.check_claim(claim)
        if asked.scribe.property(claim) != manifest.claim:
            raise EvidenceError("its claim is not written as claims are")
        answered = reduction(asked, claim) if manifest.reduced else (asked, claim)
        proof = Proof(*answered, lemmas_of(manifest.invariant, answered[0].system))
        if tuple(proof.bound.scribe.lemmas(proof.invariant)) != manifest.invariant:
            raise EvidenceError("its lemmas are not written as lemmas are")
        return proof

    def _system(self, manifest: Manifest) -> Bound:
        """The system that the manifest names, by the digest of its text."""
        name = manifest.system
        if name not in self._systems:
            self._systems[name] = _system(self.path / name)
        system = self._systems[name]
        if isinstance(system, EvidenceError):
            raise system
        if sha256(system.text) != manifest.system_sha256:
            raise EvidenceError(f"{name}: this is another system than the one of the certificate")
        return system

    def _other_files(self, owed: Sequence[Listed]) -> Iterator[str]:
        for listed in owed:
            if listed.file not in self._digests:
                try:
                    self._digests[listed.file] = sha256(_read(self.path / listed.file))
                except EvidenceError as error:
                    yield str(error)
                    continue
            if self._digests[listed.file] != listed.sha256:
                yield f"{listed.file}: this file was changed"


def _system(path: Path) -> Bound | EvidenceError:
    try:
        return bound(_read(path))
    except EvidenceError as error:
        return EvidenceError(f"{path.name}: {error}")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path.name}: this file is missing or cannot be read") from error


def _differences(listed: Sequence[Listed], made: Sequence[Listed]) -> Iterator[str]:
    """What is on only one of the lists, and what is on both and not the same."""
    had = {_key(one): one for one in listed}
    wanted = {_key(one): one for one in made}
    if len(had) < len(listed):
        yield "an obligation is listed twice"
    names, made_names = {one.name for one in listed}, {one.name for one in made}
    for key in sorted(had.keys() - wanted.keys()):
        name = had[key].name
        what = "is another than its system asks for" if name in made_names else "is not owed"
        yield f"{name}: this obligation {what}"
    for key in sorted(wanted.keys() - had.keys()):
        if wanted[key].name not in names:
            yield f"{wanted[key].name}: this obligation is missing"


def _key(one: Listed) -> tuple[str, str, str, str]:
    return one.role.value, one.name, one.sha256, one.expected


def _other_exemptions(listed: Sequence[Exemption], made: Sequence[Exemption]) -> Iterator[str]:
    if set(listed) != set(made):
        names = sorted({one.name for one in set(listed) ^ set(made)})
        yield f"{names[0]}: it is said wrongly whether, or why, nothing is owed"

"""Writes the certificate of a proof: the text of its system, a file for each obligation, and the
manifest that lists them."""

from collections.abc import Mapping
from typing import Any

from quorate.evidence.binding import Bound
from quorate.evidence.contents import SYSTEM_SUFFIX
from quorate.evidence.manifest import Listed, Manifest, Statement
from quorate.evidence.obligation import Obligation
from quorate.evidence.rebuild import Proof
from quorate.evidence.texts import sha256
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Question
from quorate.inquiry.naming import digest, slug
from quorate.system import Property, Proved
from quorate.values import dataclass


def statement(question: Question, circumstances: Mapping[str, Any] | None = None) -> Statement:
    """Whom a certificate is about; `circumstances` as whoever knows the family writes them, who
    may say so later."""
    claim = question.claim
    return Statement(
        claim.subject.name,
        question.title,
        question.sentence,
        question.assumptions,
        circumstances or {},
    )


def system_name(claim: Claim) -> str:
    """What the system that a claim is about is called in file names."""
    return claim.circumstances.label or slug(claim.name)


def manifest_path(question: Question) -> str:
    """Where the manifest of a proof is, below the folder of its subject."""
    claim = question.claim
    suffix = "-premise" if question.asked is Asked.PREMISE else ""
    return f"{system_name(claim)}/{claim.file_name}{suffix}.json"


@dataclass(frozen=True)
class Certifier:
    """Writes certificates about one system, and what they share once."""

    bound: Bound

    def files(
        self, about: Statement, claim: Property, proof: Proved, manifest_at: str
    ) -> dict[str, str]:
        """The texts by their paths; `manifest_at` is that of the manifest."""
        shown = Proof.of(self.bound, claim, proof)
        scribe = shown.bound.scribe
        files: dict[str, str] = {}
        owed: dict[Listed, None] = {}
        for obligation in shown.owed():
            text = obligation.to_smt2(scribe.writer)
            name = _name(obligation, text)
            files[name] = text
            owed[
                Listed(obligation.role, obligation.name, name, sha256(text), obligation.expected)
            ] = None
        system = f"{digest(self.bound.text)}{SYSTEM_SUFFIX}"
        files[system] = self.bound.text
        folder, _, name = manifest_at.rpartition("/")
        files[name] = Manifest(
            about,
            system,
            sha256(self.bound.text),
            self.bound.scribe.property(claim),
            tuple(scribe.lemmas(proof.invariant)),
            proof.reduced,
            tuple(owed),
            tuple(shown.exempt()),
        ).text()
        return {f"{folder}/{name}": text for name, text in files.items()}


def _name(obligation: Obligation, text: str) -> str:
    """The name ends in a digest of the text, so that claims share what is the same and nothing
    else."""
    return f"{slug(obligation.name)}-{digest(text)}.smt2"

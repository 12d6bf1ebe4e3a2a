"""What a certificate says of itself: the claim, what it is bound to, and the list of what is owed.

A manifest is believed in nothing. What it says of the claim is compared with a cluster file where
one is given; the system that it names is read, and the list of obligations made again from that
(`quorate.evidence.rebuild`).
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from quorate import __version__
from quorate.errors import EvidenceError
from quorate.evidence.obligation import Exemption, Role
from quorate.evidence.texts import json_object, json_text, sha256
from quorate.values import dataclass

FORMAT = "quorate certificate 2"


@dataclass(frozen=True)
class Statement:
    """Whom a certificate is about, in words and as data. `circumstances` are all that the model is
    made of, as whoever knows the family writes them; `also` are the claims that are the same one in
    other names, and have no certificate of their own."""

    name: str
    claim: str
    sentence: str
    assumptions: tuple[str, ...]
    circumstances: Mapping[str, Any]
    also: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        circumstances = dict(self.circumstances)
        return {
            "cluster": self.name,
            "claim": self.claim,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "circumstances": circumstances,
            "circumstances sha256": sha256(json_text(circumstances)),
            **({"of the same shape": list(self.also)} if self.also else {}),
        }


@dataclass(frozen=True)
class Listed:
    """An obligation on the list: what it is for, its name, the file that asks it, the digest of
    that, and what a solver must answer."""

    role: Role
    name: str
    file: str
    sha256: str
    expected: str


@dataclass(frozen=True)
class Manifest:
    """`claim` is the property, and `invariant` the lemmas that prove it, as
    `quorate.system.writing` says them, of the system that the file `system` says. With `reduced`
    the invariant is one of the system that the question is reduced to (`quorate.changes`)."""

    statement: Statement
    system: str
    system_sha256: str
    claim: Mapping[str, Any]
    invariant: tuple[Mapping[str, Any], ...]
    reduced: bool
    owed: tuple[Listed, ...]
    exempt: tuple[Exemption, ...]
    version: str = __version__

    def text(self) -> str:
        """The file."""
        data = {
            "format": FORMAT,
            "quorate": self.version,
            **self.statement.data(),
            "system": self.system,
            "system sha256": self.system_sha256,
            "property": self.claim,
            "reduced": self.reduced,
            "invariant": list(self.invariant),
            "obligations": {role.value: list(_of_role(self.owed, role)) for role in Role},
            "nothing owed": {one.name: one.because for one in self.exempt},
        }
        return json_text(data)


def _of_role(owed: Iterable[Listed], role: Role) -> Iterator[dict[str, str]]:
    for one in owed:
        if one.role is role:
            yield {
                "name": one.name,
                "file": one.file,
                "sha256": one.sha256,
                "expected": one.expected,
            }


def manifest_of(text: str) -> Manifest:
    """The manifest that the file says. Raises `EvidenceError` for what is none of this format."""
    data = json_object(text)
    if data.get("format") != FORMAT:
        raise EvidenceError(f"it has the format {data.get('format')!r}; prove the claim again")
    try:
        manifest = _manifest(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvidenceError(f"it lacks or distorts {error}; prove the claim again") from error
    names = [manifest.system, *(one.file for one in manifest.owed)]
    if not all(PurePath(name).name == name for name in names):
        raise EvidenceError("it names files of another folder")
    if manifest.text() != text:
        raise EvidenceError("it says more or other than a manifest does")
    return manifest


def _manifest(data: dict[str, Any]) -> Manifest:
    statement = Statement(
        _said(data["cluster"]),
        _said(data["claim"]),
        _said(data["sentence"]),
        tuple(map(_said, data["assumptions"])),
        dict(data["circumstances"]),
        tuple(map(_said, data.get("of the same shape", ()))),
    )
    owed = (
        Listed(role, *(_said(one[key]) for key in ("name", "file", "sha256", "expected")))
        for role in Role
        for one in data["obligations"][role.value]
    )
    return Manifest(
        statement,
        _said(data["system"]),
        _said(data["system sha256"]),
        dict(data["property"]),
        tuple(map(dict, data["invariant"])),
        bool(data["reduced"]),
        tuple(owed),
        tuple(Exemption(name, _said(why)) for name, why in data["nothing owed"].items()),
        _said(data["quorate"]),
    )


def _said(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r}, which is no text")
    return value

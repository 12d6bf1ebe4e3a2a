"""Claim files: Python files with a tuple CLAIMS, loaded by path as pytest loads tests."""

import contextlib
import io
import runpy
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quorate.errors import InputError, QuorateError
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Question, questions_about
from quorate.inquiry.raised import what_and_where
from quorate.inquiry.seam import Deviation
from quorate.values import dataclass


@dataclass(frozen=True)
class ClaimFiles:
    """Every question about the claims of `path`: a source that another process can load again."""

    path: Path

    def questions(self) -> Sequence[Question]:
        """Raises `InputError` as `load_claims` does. What the files print was printed before."""
        with contextlib.redirect_stdout(io.StringIO()):
            return questions_of(load_claims(self.path))


def questions_of(claims: Iterable[Claim]) -> Sequence[Question]:
    """Whether each claim holds, whether its teeth bite, and whether its premise can be reached."""
    return [question for claim in claims for question in questions_about(claim, thorough=True)]


def load_claims(path: Path) -> Iterator[Claim]:
    """The claims of the file `path`, or of every claim file in the folder `path` by name. Nothing
    but Python is run. Raises `InputError` for a path without claims, and for claims that cannot be
    asked."""
    if not path.exists():
        raise InputError("there is no such file or folder", str(path))
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    if not files:
        raise InputError(
            "the folder holds no claim files (*.py with CLAIMS); if it describes a cluster, use "
            f"quorate check {path}",
            str(path),
        )
    if path.is_file() and path.suffix.lower() != ".py":
        raise InputError(
            "this is no claim file (*.py with CLAIMS); if it describes a cluster, use quorate "
            f"check {path}",
            str(path),
        )
    yield from _together(claim for file in files for claim in _claims_in(file))


def _together(claims: Iterable[Claim]) -> Iterator[Claim]:
    """A claim that is made several times, once, with all the teeth that it was given."""
    teeth: dict[Claim, tuple[Deviation, ...]] = {}
    for claim in claims:
        bare = claim.with_teeth()
        known = teeth.get(bare, ())
        teeth[bare] = (*known, *(tooth for tooth in claim.teeth if tooth not in known))
    for claim, found in teeth.items():
        yield claim.with_teeth(*found)


def _claims_in(file: Path) -> tuple[Claim, ...]:
    try:
        scope = runpy.run_path(str(file))
    except QuorateError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(
            f"the claim file does not run: {what_and_where(error)}", str(file)
        ) from error
    claims = scope.get("CLAIMS")
    if not isinstance(claims, tuple) or not all(isinstance(c, Claim) for c in claims):
        raise InputError("a claim file defines CLAIMS, a tuple of claims", str(file))
    if not claims:
        raise InputError("CLAIMS is empty, so nothing would be decided", str(file))
    for claim in claims:
        _refuse_unusable(claim, file)
    return claims


def _refuse_unusable(claim: Claim, file: Path) -> None:
    """Claims are compared, and grouped by what they are about: what they hold must be hashable."""
    for what, value in (
        ("its circumstances", claim.circumstances),
        ("one of its teeth", claim.teeth),
        ("one of its parts", claim),
    ):
        try:
            hash(value)
        except TypeError as error:
            raise InputError(
                f"the claim {claim.name!r} cannot be compared, since {what} cannot be hashed "
                f"({error}); use frozen dataclasses, and tuples for lists",
                str(file),
            ) from error

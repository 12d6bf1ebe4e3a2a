"""Claim files: Python files with a tuple CLAIMS, loaded by path as pytest loads tests."""

import runpy
from collections.abc import Iterable, Iterator
from pathlib import Path

from quorate.errors import InputError, QuorateError
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Deviation


def load_claims(path: Path) -> Iterator[Claim]:
    """The claims of the file `path`, or of every claim file in the folder `path` by name. Raises
    `InputError` for a path without claims."""
    if not path.exists():
        raise InputError("there is no such file or folder", str(path))
    files = sorted(path.glob("*.py")) if path.is_dir() else [path]
    if not files:
        raise InputError("the folder holds no claim files (*.py with CLAIMS)", str(path))
    if path.suffix == ".toml":
        raise InputError("this is a cluster file; use quorate check for it", str(path))
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
    except Exception as error:
        raise InputError(f"the claim file does not run: {error!r}", str(file)) from error
    claims = scope.get("CLAIMS")
    if not isinstance(claims, tuple) or not all(isinstance(c, Claim) for c in claims):
        raise InputError("a claim file defines CLAIMS, a tuple of claims", str(file))
    return claims

"""Which claims are decided: all that apply to a cluster, or those that somebody names."""

import re
from collections.abc import Sequence
from functools import cached_property

from quorate.cli.lacking import Lacking
from quorate.cluster import Cluster, Requirements
from quorate.drawing.names import written
from quorate.errors import InputError
from quorate.importers import Unmodelled
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Finding, Question, questions_about
from quorate.values import dataclass
from quorate.windows.catalogue import claims_about

_MANY = re.compile(r"(?P<name>\S+) of (all )?\d+ groups")


@dataclass(frozen=True)
class Choice:
    """The claims about a cluster that are called by one of `names`, or all of them: a source of
    questions for other processes. Those that something `unmodelled` touches are not asked."""

    cluster: Cluster
    requirements: Requirements
    names: tuple[str, ...] = ()
    unmodelled: tuple[Unmodelled, ...] = ()

    def claims(self) -> Sequence[Claim]:
        """Raises `InputError` for a name by which no claim is called."""
        claims = claims_about(self.cluster, self.requirements)
        for name in map(_bare, self.names):
            if not any(name in _called(claim) for claim in claims):
                known = dict.fromkeys(claim.name for claim in claims)
                raise InputError(f"there is no claim {name!r} here; use one of {', '.join(known)}")
        return [claim for claim in claims if is_called(claim, self.names)]

    def questions(self) -> Sequence[Question]:
        """What is asked."""
        return [q for q in self.all_questions if self._lacking.of(q.claim) is None]

    @cached_property
    def all_questions(self) -> Sequence[Question]:
        """What is asked, and what would be if it were modelled."""
        return [
            question
            for claim in self.claims()
            for question in questions_about(claim, thorough=False)
        ]

    def not_asked(self) -> Sequence[Finding]:
        """The answers to what is not asked."""
        return list(self._lacking.findings(self.all_questions))

    @cached_property
    def _lacking(self) -> Lacking:
        return Lacking(self.cluster, self.requirements, self.unmodelled)


def is_called(claim: Claim, names: Sequence[str]) -> bool:
    """The claim is called by one of the names; every claim is where nobody names any."""
    return not names or not _called(claim).isdisjoint(map(_bare, names))


def _called(claim: Claim) -> set[str]:
    """By its name, which all groups share, and as a table prints its title."""
    return {claim.name, claim.title, written(claim.title)}


def _bare(name: str) -> str:
    """Without what a table says besides: that it is the premise, or of many groups."""
    bare = name.strip().removesuffix(", premise")
    many = _MANY.fullmatch(bare)
    return many["name"] if many is not None else bare

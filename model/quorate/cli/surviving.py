"""What a cluster comes through: each fault alone, and each after each other one, decided by the
model of membership as any claim about survival is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeAlias, assert_never

from quorate.cluster import Cluster, Fault, Requirements
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import (
    Asked,
    Finding,
    NeverHappens,
    ProofFound,
    Question,
    questions_about,
    with_premises,
)
from quorate.inquiry.run import Limits, run
from quorate.review import Fate, Matrix, MatrixCell
from quorate.system import HoldsTo, Refuted, Unknown
from quorate.values import dataclass
from quorate.windows.membership.survival import KINDS, most, survivability

Faults: TypeAlias = tuple[Fault, ...]
"""What happens, in order."""

NOTHING = Requirements(crash=0, isolation=0, witness=0, site=0, any_two=False)


@dataclass(frozen=True)
class Survival:
    """Whether a cluster comes through each of these sequences of faults: a source of questions for
    other processes."""

    cluster: Cluster
    sequences: tuple[Faults, ...]

    def questions(self) -> Sequence[Question]:
        return [
            question
            for claim in self.claims().values()
            for question in questions_about(claim, thorough=False)
        ]

    def claims(self) -> Mapping[Faults, Claim]:
        """The claim that each of the sequences asks."""
        claims = dict[Faults, Claim]()
        for faults in self.sequences:
            [claims[faults]] = survivability(self.cluster, replace(NOTHING, in_order=(faults,)))
        return claims

    def found(self, limits: Limits) -> Mapping[Faults, Finding]:
        """What becomes of the cluster after each."""
        answers = with_premises(list(run(self.questions(), limits, certify=False, source=self)))
        of_claims = {
            finding.question.claim: finding
            for finding in answers
            if finding.question.asked is Asked.CLAIM
        }
        return {faults: of_claims[claim] for faults, claim in self.claims().items()}


def kinds_of_faults(cluster: Cluster) -> tuple[Fault, ...]:
    """What can happen to the cluster. A reboot is left out: to the others it is a crash."""
    return tuple(fault for fault in Fault if fault is not Fault.REBOOT and most(fault, cluster) > 0)


def survival(cluster: Cluster, limits: Limits) -> Mapping[Faults, Finding]:
    """What becomes of the cluster after each fault, and after each two of which the first alone
    does not stop it."""
    kinds = kinds_of_faults(cluster)
    single = Survival(cluster, tuple((fault,) for fault in kinds)).found(limits)
    standing = [fault for fault in kinds if single[fault,].counterexample is None]
    pairs = tuple(product(standing, kinds))
    return {**single, **Survival(cluster, pairs).found(limits)}


def matrix(found: Mapping[Faults, Finding], anchor: Callable[[Finding], str]) -> Matrix:
    """The cells of what was found; what follows a fault that stops the cluster is that stop."""
    kinds = [faults[0] for faults in found if len(faults) == 1]

    def cell(*faults: Fault) -> MatrixCell:
        return _cell(found.get(faults, found[faults[:1]]), anchor)

    return Matrix(
        tuple(KINDS[fault].once for fault in kinds),
        tuple(cell(fault) for fault in kinds),
        tuple(tuple(cell(first, second) for second in kinds) for first in kinds),
    )


def _cell(finding: Finding, anchor: Callable[[Finding], str]) -> MatrixCell:
    sentence = finding.question.claim.sentence
    match finding.answer:
        case ProofFound():
            return MatrixCell(Fate.RUNS_ON, sentence)
        case Refuted():
            return MatrixCell(Fate.STOPS, sentence, anchor(finding))
        case NeverHappens():
            return MatrixCell(Fate.CANNOT_HAPPEN, sentence)
        case HoldsTo() | Unknown():
            return MatrixCell(Fate.UNKNOWN, sentence)
        case _:
            assert_never(finding.answer)

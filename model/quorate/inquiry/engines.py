"""Who is asked for invariants, for proofs and for counterexamples.

Searches are imported when one is made: most questions are answered by a proof, and everybody waits
for what is imported.
"""

from collections.abc import Sequence

import z3

from quorate.engines import induction
from quorate.engines.contract import Houdini, Prover, Remaining, Searcher, Sufficiency
from quorate.system import Always, Lemma, System, Unknown, Variable, Verdict
from quorate.values import dataclass


def _bmc(
    system: System,
    claim: Always,
    deepest: int,
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),
) -> Verdict:
    from quorate.engines import bmc  # noqa: PLC0415

    return bmc.search(system, claim, deepest, remaining_seconds, known)


MOST_BITS, MOST_STATES = 64, 5_000
"""Systems as large as this have all their states looked at in a few seconds."""


def _all_states(
    system: System,
    claim: Always,
    deepest: int,  # noqa: ARG001 - all states are all steps
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),
) -> Verdict:
    """Proves of small systems what is true for a reason that no lemma gives."""
    if not system.is_finite or sum(map(_bits, system.variables)) > MOST_BITS:
        return Unknown("there may be too many states to look at", "explicit")
    from quorate.engines import explicit  # noqa: PLC0415

    return explicit.search(
        system, claim, MOST_STATES, remaining_seconds, known, most_states=MOST_STATES
    )


def _bits(variable: Variable) -> int:
    """Of a variable that has finitely many values."""
    return variable.term.size() if z3.is_bv(variable.term) else 1


@dataclass(frozen=True)
class Engines:
    """Who is asked: each prover, and then each searcher, until one has settled the question. All of
    them answer always-questions; what is asked otherwise is reduced to one before."""

    sufficient: Sufficiency = induction.sufficient
    invariants: Houdini = induction.inductive
    provers: tuple[Prover, ...] = (induction.prove,)
    searchers: tuple[Searcher, ...] = (_bmc, _all_states)

"""Who is asked for invariants, for proofs and for counterexamples.

Searches are imported when one is made: most questions are answered by a proof, and everybody waits
for what is imported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quorate.engines import induction
from quorate.engines.contract import Houdini, Prover, Remaining, Searcher, Sufficiency
from quorate.system import Always, Lemma, System, Verdict


def _bmc(
    system: System,
    claim: Always,
    deepest: int,
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),
) -> Verdict:
    from quorate.engines import bmc  # noqa: PLC0415

    return bmc.search(system, claim, deepest, remaining_seconds, known)


@dataclass(frozen=True)
class Engines:
    """Who is asked: each prover, and then each searcher, until one has settled the question. All of
    them answer always-questions; what is asked otherwise is reduced to one before."""

    sufficient: Sufficiency = induction.sufficient
    invariants: Houdini = induction.inductive
    provers: tuple[Prover, ...] = (induction.prove,)
    searchers: tuple[Searcher, ...] = (_bmc,)

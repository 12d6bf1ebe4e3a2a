"""Asks an engine a question of any kind: as an always-question, with the way back of its answer."""

from collections.abc import Sequence

from quorate.changes.reduced import reduced
from quorate.engines.contract import Prover, Remaining, Searcher
from quorate.system import Lemma, Property, Proved, System, Unknown, Verdict


def searched(  # noqa: PLR0917 - whom, of what, how far
    search: Searcher,
    system: System,
    claim: Property,
    deepest: int,
    remaining_seconds: Remaining,
    known: Sequence[Lemma] = (),
) -> Verdict:
    """What the searcher says of runs of at most `deepest` steps of `system`, and of what the claim
    depends on only. `known` are invariants of it."""
    from quorate.changes.cone import cone  # noqa: PLC0415 - only searches need it

    change = reduced(system, claim)
    change = change.then(cone(change.system, change.claim, known))
    steps = deepest + change.marks
    said = search(change.system, change.claim, steps, remaining_seconds, known)
    try:
        return change.back(said)
    except TypeError as error:
        return Unknown(f"the search gave up: {error}", said.engine)


def proved(
    prove: Prover,
    system: System,
    claim: Property,
    known: Sequence[Lemma],
    remaining_seconds: Remaining,
) -> Proved | Unknown:
    """What the prover says. Where there are infinitely many states, that no run comes back to one
    says nothing of runs that go on for ever, so that is not asked."""
    change = reduced(system, claim)
    if change.invariant is None and not system.is_finite:
        return Unknown("no proof is looked for where there are infinitely many states", "prover")
    said = change.back(prove(change.system, change.claim, known, remaining_seconds))
    if isinstance(said, Proved | Unknown):
        return said
    raise TypeError(f"{said.engine} was asked for a proof and found a run")

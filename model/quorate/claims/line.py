"""A run in one line that carries everything needed to replay it: the cluster, the assumptions, what
is claimed, and the choices of each step. The states are computed again."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

import z3

from quorate.claims.catalogue import claims_about
from quorate.claims.claim import Claim
from quorate.claims.finding import Finding, Kind
from quorate.cluster import Moment, Requirements
from quorate.dynamics import Assumptions, Deviation, Faults, Membership
from quorate.dynamics.reading import moments
from quorate.errors import EvidenceError, InputError
from quorate.evidence.replay import rebuilt, replay
from quorate.importers import document, read_document
from quorate.system import System
from quorate.system.traces import from_line, to_line


def trace_line(finding: Finding) -> str:
    """The line of the run that was found; raises `ValueError` for a finding without a run."""
    trace, question = finding.answer.trace, finding.question
    if trace is None:
        raise ValueError("the finding has no run")
    claim = question.claim
    return to_line(
        {
            "cluster": document(claim.cluster, Requirements()),
            "assumptions": _differences(claim.assumptions),
            "claim": claim.name,
            "broken": claim.make_premise(_model(claim)).name
            if question.kind is Kind.PREMISE
            else claim.broken,
            "premise": question.kind is Kind.PREMISE,
            "initial": dict(trace.initial),
            "steps": [[step.action, dict(step.inputs)] for step in trace.steps],
        }
    )


def _differences(assumptions: Assumptions) -> dict[str, Any]:
    """What the assumptions change of the default ones."""
    usual, own = asdict(Assumptions()), asdict(assumptions)
    changed = {key: value for key, value in own.items() if value != usual[key]}
    if "faults" in changed:
        budgets = own["faults"].items()
        changed["faults"] = {kind: limit for kind, limit in budgets if limit is not None}
    if assumptions.deviation is not None:
        changed["deviation"] = assumptions.deviation.name
    return changed


def _model(claim: Claim) -> Membership:
    return Membership(claim.cluster, claim.assumptions)


class Replayed:
    """What a line says, after it was replayed: every step was possible, and the states follow.

    `judged` says whether the end was also checked against the claim, which takes a claim of the
    catalogue; for any other, that the end breaks it is what the line says of itself. Raises
    `EvidenceError` for a line that is damaged or not a run of its cluster.
    """

    def __init__(self, line: str) -> None:
        data = from_line(line)
        try:
            self.model = Membership(
                read_document(data["cluster"], "the trace").cluster,
                _assumptions(data["assumptions"]),
            )
            self.claim, self.broken = str(data["claim"]), str(data["broken"])
            steps = [(str(name), dict(inputs)) for name, inputs in data["steps"]]
            initial = dict(data["initial"])
            self.trace = rebuilt(self.system, initial, steps)
            self.judged = self._judge(bool(data["premise"]))
        except (KeyError, TypeError, ValueError, AttributeError, InputError) as error:
            raise EvidenceError(f"this line does not describe a run: {error}") from error

    @property
    def system(self) -> System:
        return self.model.system

    @property
    def deviation(self) -> Deviation | None:
        return self.model.assumptions.deviation

    @property
    def moments(self) -> tuple[Moment, ...]:
        return moments(self.model, self.trace)

    def _judge(self, premise: bool) -> bool:
        known = {c.name: c for c in claims_about(self.model.cluster, _demanding(self.claim))}
        claim = known.get(self.claim)
        if claim is None or claim.assumptions != replace(self.model.assumptions, deviation=None):
            replay(self.system, self.trace, z3.BoolVal(True))
            return False
        if premise:
            bad = claim.make_premise(self.model).formula
        else:
            bad = z3.Not(claim.make_property(self.model).formula)
        replay(self.system, self.trace, bad)
        return True


def _demanding(claim: str) -> Requirements:
    """Requirements under which the catalogue has the claim, if it is one about survival."""
    kind, _, times = claim.removeprefix("survives-").removesuffix(")").partition("(")
    names = {field.name for field in fields(Requirements)}
    return (
        Requirements(**{kind: int(times)}) if kind in names and times.isdigit() else Requirements()
    )


def _assumptions(data: Mapping[str, Any]) -> Assumptions:
    values = dict(data)
    deviation = values.pop("deviation", None)
    faults = Faults(**values.pop("faults", {}))
    return Assumptions(
        **values, faults=faults, deviation=Deviation[deviation] if deviation else None
    )

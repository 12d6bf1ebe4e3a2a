"""A run in one line that carries everything needed to replay it: the cluster, the assumptions, what
is claimed, and the choices of each step. The states are computed again."""

from dataclasses import fields, replace

import z3

from quorate.cluster import Requirements
from quorate.errors import EvidenceError, InputError
from quorate.evidence.replay import rebuilt, replay, replay_refutation
from quorate.importers import document, read_document
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Finding, Kind
from quorate.system import System
from quorate.system.traces import from_line, to_line
from quorate.windows.circumstances import circumstances_data, circumstances_of
from quorate.windows.groups.activity import Scene
from quorate.windows.membership.catalogue import claims_about
from quorate.windows.membership.situation import Moment
from quorate.windows.models import AnyDeviation, model_of
from quorate.windows.told_traces import told


def trace_line(finding: Finding) -> str:
    """The line of the run that was found; raises `ValueError` for a finding without a run."""
    trace, question = finding.answer.trace, finding.question
    if trace is None:
        raise ValueError("the finding has no run")
    claim = question.claim
    premise = question.kind is Kind.PREMISE
    data = {
        "cluster": document(claim.cluster, Requirements()),
        **circumstances_data(claim.assumptions),
        "claim": claim.name,
        "broken": claim.make_premise(model_of(claim.cluster, claim.assumptions)).name
        if premise
        else claim.broken,
        "premise": premise,
        "initial": dict(trace.initial),
        "steps": [[step.action, dict(step.inputs)] for step in trace.steps],
    }
    if claim.about:
        data["about"] = claim.about
    if trace.loop_start is not None:
        data["loop_start"] = trace.loop_start
    return to_line(data)


class Replayed:
    """What a line says, after it was replayed: every step was possible, and the states follow.

    `judged` says whether the end was also checked against the claim, which takes a claim of the
    catalogue; for any other, that the end breaks it is what the line says of itself. Raises
    `EvidenceError` for a line that is damaged or not a run of its cluster.
    """

    def __init__(self, line: str) -> None:
        data = from_line(line)
        try:
            cluster = read_document(data["cluster"], "the trace").cluster
            self.circumstances = circumstances_of(data)
            self.model = model_of(cluster, self.circumstances)
            self.claim, self.broken = str(data["claim"]), str(data["broken"])
            self.about = str(data.get("about", ""))
            steps = [(str(name), dict(inputs)) for name, inputs in data["steps"]]
            trace = rebuilt(self.system, dict(data["initial"]), steps)
            self.trace = replace(trace, loop_start=data.get("loop_start"))
            self.judged = self._judge(premise=bool(data["premise"]))
        except (KeyError, TypeError, ValueError, AttributeError, InputError) as error:
            raise EvidenceError(f"this line does not describe a run: {error}") from error

    @property
    def system(self) -> System:
        return self.model.system

    @property
    def title(self) -> str:
        return f"{self.claim} of {self.about}" if self.about else self.claim

    @property
    def deviation(self) -> AnyDeviation | None:
        return self.circumstances.deviation

    @property
    def moments(self) -> tuple[Moment, ...] | tuple[Scene, ...]:
        return told(self.model, self.trace)

    def _judge(self, *, premise: bool) -> bool:
        claims = claims_about(self.model.cluster, _demanding(self.claim))
        claim = next((claim for claim in claims if self._speaks_of(claim)), None)
        if claim is None:
            replay(self.system, self.trace, z3.BoolVal(True))
            return False
        if premise:
            replay(self.system, self.trace, claim.make_premise(self.model).formula)
            return True
        replay_refutation(self.system, self.trace, claim.make_property(self.model))
        return True

    def _speaks_of(self, claim: Claim) -> bool:
        """It is the claim that the line names, under the circumstances of the line but for a rule
        that is broken."""
        named = claim.name == self.claim and claim.about == self.about
        return named and claim.assumptions == replace(self.circumstances, deviation=None)


def _demanding(claim: str) -> Requirements:
    """Requirements under which the catalogue has the claim, if it is one about survival."""
    kind, _, times = claim.removeprefix("survives-").removesuffix(")").partition("(")
    names = {field.name for field in fields(Requirements)}
    return (
        Requirements(**{kind: int(times)}) if kind in names and times.isdigit() else Requirements()
    )

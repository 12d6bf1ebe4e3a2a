"""A run in one line that carries what is needed to replay it: the circumstances, what is claimed,
and the choices of each step. The states are computed again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

import z3

from quorate.errors import EvidenceError, InputError
from quorate.evidence.replay import rebuilt, replay, replay_refutation
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Finding, Question
from quorate.inquiry.seam import Account, Because, Circumstances, Deviation, Frame
from quorate.system import System
from quorate.system.trace_lines import from_line, to_line


class Archive(Protocol):
    """How circumstances are written into a line and read back. Whoever knows the families has
    one."""

    def written(self, claim: Claim, deviation: Deviation | None) -> Mapping[str, Any]:
        """The circumstances of a claim, and the rule that is broken, as JSON values."""

    def read(self, data: Mapping[str, Any]) -> tuple[Circumstances, Deviation | None]:
        """The inverse. Raises `InputError` for circumstances that it does not know, and `KeyError`,
        `TypeError`, `ValueError` or `AttributeError` for what is none."""

    def claims(self, circumstances: Circumstances) -> Iterator[Claim]:
        """Every claim that is known to be made under these circumstances."""


def trace_line(finding: Finding, archive: Archive) -> str:
    """The line of the run that was found; raises `ValueError` for a finding without a run."""
    trace, question = finding.trace, finding.question
    if trace is None:
        raise ValueError("the finding has no run")
    claim = question.claim
    premise = question.asked is Asked.PREMISE
    data = {
        **archive.written(claim, question.deviation),
        "claim": claim.name,
        "broken": claim.make_premise(question.model()).name if premise else claim.violation,
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

    `judged` says whether the end was also checked against the claim, which takes a claim that the
    archive knows; for any other, that the end breaks it is what the line says of itself. Raises
    `EvidenceError` for a line that is damaged or not a run of its system, and `InputError` for one
    whose circumstances the archive does not know.
    """

    def __init__(self, line: str, archive: Archive) -> None:
        data = from_line(line)
        try:
            self.circumstances, self.deviation = archive.read(data)
            model = self.circumstances.model()
            self.model = model if self.deviation is None else self.deviation.twin(model)
            self.claim, self.violation = str(data["claim"]), str(data["broken"])
            self.about = str(data.get("about", ""))
            steps = [(str(name), dict(inputs)) for name, inputs in data["steps"]]
            trace = rebuilt(self.system, dict(data["initial"]), steps)
            self.trace = replace(trace, loop_start=data.get("loop_start"))
            self._known = self._claim(archive.claims(self.circumstances))
            self.judged = self._judge(premise=bool(data["premise"]))
        except InputError:
            raise
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise EvidenceError(f"this line does not describe a run: {error}") from error

    @property
    def system(self) -> System:
        return self.model.system

    @property
    def question(self) -> Question | None:
        """What the run answers, where its claim is known."""
        if self._known is None or not self.judged:
            return None
        asked = Asked.CLAIM if self.deviation is None else Asked.TOOTH
        return Question(self._known, asked, self.deviation)

    def account(self, because: Because | None = None) -> Account:
        """The run as people see it; `because` is what was found to make it a counterexample."""
        title = f"{self.claim} of {self.about}" if self.about else self.claim
        broken = self.deviation.sentence if self.deviation is not None else None
        known = self._known
        if known is None:
            frame = Frame(title, self.violation, broken, self.about)
        else:
            said = (known.sentence, known.why, known.shown, known.assuming, because)
            frame = Frame(title, self.violation, broken, self.about, *said)
        return self.model.account(self.trace, frame)

    def _claim(self, claims: Iterable[Claim]) -> Claim | None:
        return next((claim for claim in claims if self._speaks_of(claim)), None)

    def _judge(self, *, premise: bool) -> bool:
        claim = self._known
        if claim is None:
            replay(self.system, self.trace, z3.BoolVal(True))
            return False
        if premise:
            replay(self.system, self.trace, claim.make_premise(self.model).formula)
            return True
        replay_refutation(self.system, self.trace, claim.make_property(self.model))
        return True

    def _speaks_of(self, claim: Claim) -> bool:
        """It is the claim that the line names, under the circumstances of the line."""
        named = claim.name == self.claim and claim.about == self.about
        return named and claim.circumstances == self.circumstances

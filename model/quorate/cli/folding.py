"""What is said once of questions that are one question in other names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from quorate.cli.telling import NAMED, one_line
from quorate.cli.verdicts import counted
from quorate.drawing.names import enumerated
from quorate.inquiry.finding import Finding
from quorate.values import dataclass

FEW = 2
"""So many runs are told each in its own names; of more, only the one that was found is."""


@dataclass(frozen=True)
class Folded:
    """Findings, of which those are folded that are one with another and many."""

    findings: Sequence[Finding]

    @property
    def unfolded(self) -> list[Finding]:
        """Those that are not folded, in order."""
        return [finding for finding in self.findings if not self._is_folded(finding)]

    def others(self, finding: Finding) -> str:
        """Of whom else the run that is told was found; empty if of nobody."""
        names = [
            other.question.claim.about
            for other in self.findings
            if other.decided_as is finding.question and self._is_folded(other)
        ]
        if finding.counterexample is None or not names:
            return ""
        asked = f"{finding.question.claim.name} of {names[0]}"
        return (
            f"The same run, in other names, was found of {_some(names)}; "
            f"it is told of one of them where that is named: --claim {asked!r}."
        )

    def shapes(self) -> Iterator[str]:
        """Which groups have one shape, so that their claims were decided once."""
        alike: dict[str, dict[str, None]] = {}
        for finding in self.findings:
            if finding.decided_as is not None:
                first = finding.decided_as.claim.about
                alike.setdefault(first, {})[finding.question.claim.about] = None
        for first, others in alike.items():
            named = _some([first, *others])
            yield f"Of one shape, so that what is claimed of each was decided once: {named}."

    def _is_folded(self, finding: Finding) -> bool:
        return self._times[id(finding.decided_as)] > FEW

    @cached_property
    def _times(self) -> Counter[int]:
        """How many are one with each question that was asked."""
        return Counter(id(f.decided_as) for f in self.findings if f.decided_as is not None)


def _some(names: Sequence[str]) -> str:
    """The first of the names, and how many there are besides."""
    named = names[:NAMED] if len(names) > NAMED + 1 else names
    rest = len(names) - len(named)
    shown = [one_line(name) for name in named]
    return enumerated([*shown, *([counted(rest, "other")] if rest else [])])

"""The files that findings leave: pictures and certificates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from quorate.cli.attempts import Failed, attempted
from quorate.cli.files import remove, write
from quorate.cli.folding import Folded
from quorate.cli.renderer import Render
from quorate.cluster import CycleError
from quorate.explaining.because import account_of
from quorate.inquiry.finding import Asked, Finding
from quorate.inquiry.naming import slug
from quorate.inquiry.seam import Subject
from quorate.values import dataclass


@dataclass(frozen=True)
class Pictures:
    """Pictures in `folder`, drawn by `render`; `called` are the names of the subjects in the names
    of files."""

    folder: Path
    called: Mapping[Subject, str]
    render: Render

    def name(self, finding: Finding) -> str:
        """The name of a finding's picture, without a suffix."""
        question = finding.question
        broken = (slug(question.deviation.name.replace("_", "-")),) if question.deviation else ()
        return "--".join((question.claim.file_name, self.called[question.claim.subject], *broken))

    def path(self, finding: Finding) -> Path:
        """Where a finding's picture is, if it is drawn."""
        return self.folder / f"{self.name(finding)}.svg"

    def write(self, findings: Sequence[Finding]) -> Iterator[Path | Failed]:
        """A `.dot` and a `.svg` of each counterexample; the paths of the latter, or why there is
        none. Many that are one in other names are drawn once. What was drawn of a claim that is
        refuted no more, or not drawn, is removed: it must not stand beside today's answer. Raises
        `InputError` where nothing can be written."""
        drawn = {id(finding) for finding in Folded(findings).unfolded}
        for finding in findings:
            if finding.counterexample is not None and id(finding) in drawn:
                yield self._draw(self.name(finding), partial(_picture, finding))
            elif finding.question.asked is not Asked.PREMISE:
                self._forget(finding)

    def illustrate(self, findings: Sequence[Finding]) -> Iterator[Path | Failed]:
        """What goes with each counterexample that is drawn besides the run."""
        for finding in Folded(findings).unfolded:
            yield from self._illustrated(finding)

    def circle(self, found: CycleError) -> Path | Failed:
        """The dependencies of a group that go round in a circle; the path of the picture."""
        from quorate.windows.groups.picture.dependency_graph import (  # noqa: PLC0415
            dependency_graph,
        )

        name = f"acyclic--{slug(found.group.name)}"
        return self._draw(name, lambda: dependency_graph(found.group, circle=found.cycle))

    def _illustrated(self, finding: Finding) -> Iterator[Path | Failed]:
        illustration, run = finding.question.claim.illustration, finding.counterexample
        if illustration is not None and run is not None:
            name = f"{self.name(finding)}--{illustration.suffix}"
            yield self._draw(name, lambda: illustration.draw(finding.question.model(), run))

    def _draw(self, name: str, picture: Callable[[], str]) -> Path | Failed:
        """A picture of earlier does not stay where there is none of today."""
        path = self.folder / f"{name}.svg"
        source = attempted(picture)
        if isinstance(source, Failed):
            remove(path)
            return Failed(f"{path.name} is not drawn: {source.why}")
        write(path.with_suffix(".dot"), source)
        drawn = attempted(lambda: self.render(source))
        if isinstance(drawn, Failed):
            remove(path)
            return Failed(f"{path.name} is not drawn: {drawn.why}")
        write(path, drawn)
        return path

    def _forget(self, finding: Finding) -> None:
        claim, name = finding.question.claim, self.name(finding)
        names = [name] + ([f"{name}--{claim.illustration.suffix}"] if claim.illustration else [])
        # A group whose dependencies can be put in order goes round no more.
        names.append(f"acyclic--{slug(claim.about)}" if claim.name == "acyclic" else name)
        for one in names:
            for suffix in (".dot", ".svg"):
                remove(self.folder / f"{one}{suffix}")


def _picture(finding: Finding) -> str:
    account = account_of(finding)
    if account is None:
        raise ValueError("there is no run to draw")
    return account.picture()

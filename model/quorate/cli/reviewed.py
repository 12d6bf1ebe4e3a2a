"""What was found of a cluster, on its way to the page of a review."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from quorate import __version__
from quorate.cli import check_report
from quorate.cli.answers import FORCED, answers
from quorate.cli.attempts import Failed, attempted
from quorate.cli.comparing import Differences, in_words
from quorate.cli.configuration import configuration
from quorate.cli.folding import Folded
from quorate.cli.renderer import Render
from quorate.cli.results import PictureOf, cluster_subject, reported
from quorate.cli.surviving import Faults, matrix
from quorate.cluster import Group
from quorate.drawing.names import written
from quorate.errors import Place
from quorate.importers import Imported
from quorate.inquiry.claim import Expectation
from quorate.inquiry.finding import Asked, Finding
from quorate.results import ReportedFinding
from quorate.review import Counterexample, Matrix, Picture, Review
from quorate.values import dataclass
from quorate.windows.groups.picture.dependency_graph import dependency_graph

MOST_DEPENDENCIES = 50
"""Of more groups than this the first ones' dependencies are drawn; the folder has no others."""


@dataclass(frozen=True)
class Reviewed:
    """`source` is what the cluster was read from; `found` what `check` finds of it and `survived`
    what becomes of it after faults, `differences` what hangs on a version that nobody named;
    `picture` is where the picture of a finding is, `render` draws
    what is no finding."""

    source: str
    imported: Imported
    found: Sequence[Finding]
    survived: Mapping[Faults, Finding]
    differences: Sequence[Differences]
    picture: PictureOf
    render: Render

    def review(self) -> Review:
        """What the page says."""
        cluster = self.imported.cluster
        described = check_report.describe(self.imported)
        reports = [self._reports[id(finding)] for finding in self._claims]
        decided = self._matrix
        return Review(
            version=__version__,
            name=cluster.name,
            described=described,
            source=self.source,
            answers=tuple(answers(cluster, reports, decided, self._anchor_of_report)),
            configuration=tuple(configuration(cluster)),
            dependencies=tuple(self._dependencies()),
            notes=cluster_subject(self.imported, described, (), self.picture).remarks,
            versions=tuple(in_words(self.differences, cluster)),
            matrix=decided,
            counterexamples=tuple(map(self._counterexample, self._runs)),
            findings=tuple(reports),
            assumptions=tuple(self._assumptions()),
        )

    @cached_property
    def _claims(self) -> list[Finding]:
        return [finding for finding in self.found if finding.question.asked is Asked.CLAIM]

    @cached_property
    def _reports(self) -> Mapping[int, ReportedFinding]:
        """Each finding as plain values, by its identity."""
        place = Place(self.source)
        return {
            id(finding): reported(finding, place, self.picture(finding))
            for finding in (*self._claims, *self.survived.values())
        }

    @cached_property
    def _runs(self) -> list[Finding]:
        """The refutations that the page tells: news, what force can do, and what stops the
        cluster; of many that are one in other names the one that was asked."""
        news = [finding for finding in Folded(self._claims).unfolded if _is_worth_telling(finding)]
        return [*news, *(one for one in self.survived.values() if one.counterexample is not None)]

    @cached_property
    def _anchors(self) -> Mapping[int, str]:
        return {id(finding): f"run-{number}" for number, finding in enumerate(self._runs, 1)}

    def _anchor_of_report(self, report: ReportedFinding) -> str | None:
        for finding in self._runs:
            if self._reports[id(finding)] is report:
                return self._anchors[id(finding)]
        return None

    @cached_property
    def _matrix(self) -> Matrix | None:
        if not self.survived:
            return None
        return matrix(self.survived, lambda finding: self._anchors[id(finding)])

    def _counterexample(self, finding: Finding) -> Counterexample:
        report = self._reports[id(finding)]
        path = self.picture(finding)
        drawn = None
        if path is not None:
            svg = attempted(lambda: path.read_text(encoding="utf-8"))
            steps = report.run.steps if report.run is not None else ()
            words = " ".join(step.text for step in steps) or report.title
            if not isinstance(svg, Failed):
                drawn = Picture(svg, f"The run as a picture: {words}")
        return Counterexample(self._anchors[id(finding)], report, drawn)

    def _dependencies(self) -> Iterator[tuple[str, Picture]]:
        for group in self.imported.cluster.groups[:MOST_DEPENDENCIES]:
            drawn = attempted(partial(self._drawn_dependencies, group))
            if not isinstance(drawn, Failed):
                yield group.name, Picture(drawn, _needs(group))

    def _drawn_dependencies(self, group: Group) -> str:
        return self.render(dependency_graph(group))

    def _assumptions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        resting: dict[str, dict[str, None]] = {}
        for finding in (*self._claims, *self.survived.values()):
            for sentence in finding.question.assumptions:
                resting.setdefault(sentence, {})[finding.question.claim.name] = None
        for sentence, claims in resting.items():
            yield sentence, tuple(claims)


def _is_worth_telling(finding: Finding) -> bool:
    question = finding.question
    news = question.expectation is Expectation.OPEN or not finding.as_expected
    return finding.counterexample is not None and (news or question.claim.name == FORCED)


def _needs(group: Group) -> str:
    """The dependencies of a group in words."""
    said = [
        f"{written(resource.name)} needs {written(str(resource.depends_on))}"
        for resource in group.resources
        if resource.depends_on.clauses
    ]
    return "; ".join(said) or f"no resource of {written(group.name)} needs another"

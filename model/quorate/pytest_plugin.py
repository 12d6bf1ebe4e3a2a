"""Cluster files as tests: `pytest cluster.toml` has a test for each claim about the cluster.

A file is collected that is named on the command line, or that a pattern of the setting
`quorate_files` names. A claim that is refuted though it should hold fails, with the run told; one
that is not decided fails as well, since nobody knows; one that speaks of what never happens, and
one that is open, are said to be that and pass or are skipped.
"""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quorate.errors import InputError

if TYPE_CHECKING:
    from quorate.inquiry.finding import Finding
    from quorate.results import ReportedFinding

SUFFIXES = {".toml", ".json"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that names the files to collect."""
    parser.addini(
        "quorate_files",
        "patterns of the names of cluster files and exports, each claim about them a test",
        type="args",
        default=[],
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ClusterFile | None":
    """A cluster file, where somebody asks for it."""
    if file_path.suffix not in SUFFIXES or file_path.name == "pyproject.toml":
        return None
    patterns: list[str] = parent.config.getini("quorate_files")
    named = parent.session.isinitpath(file_path)
    if not named and not any(fnmatch(file_path.name, pattern) for pattern in patterns):
        return None
    collector: ClusterFile = ClusterFile.from_parent(parent, path=file_path)
    return collector


class ClusterFile(pytest.File):
    """The claims about the cluster in a file. They are decided together, when the first of those
    that are not deselected is run."""

    def collect(self) -> Iterator["ClaimItem"]:
        # Loaded here, since most runs of pytest collect no cluster.
        from quorate.cli.choosing import Choice  # noqa: PLC0415
        from quorate.importers import read_cluster  # noqa: PLC0415

        try:
            self.imported = read_cluster(self.path)
        except InputError as error:
            raise self.CollectError(f"{error}") from None
        read = self.imported
        self.choice = Choice(read.cluster, read.requirements, (), read.unmodelled)
        for claim in self.choice.claims():
            yield ClaimItem.from_parent(self, name=claim.title)

    @cached_property
    def findings(self) -> "Mapping[str, Sequence[Finding]]":
        """What was found of each claim and its premise, by the title of the claim."""
        from quorate.inquiry.finding import with_premises  # noqa: PLC0415
        from quorate.inquiry.run import Limits, run  # noqa: PLC0415

        wanted = {item.name for item in self.session.items if item.parent is self}
        asked = [one for one in self.choice.questions() if one.claim.title in wanted]
        # Without a source, since that would make the questions that are deselected as well.
        answers = run(asked, Limits(), certify=False)
        by_title: dict[str, list[Finding]] = {}
        for finding in with_premises([*self.choice.not_asked(), *answers]):
            by_title.setdefault(finding.question.claim.title, []).append(finding)
        return by_title


class ClaimItem(pytest.Item):
    """One claim about the cluster."""

    parent: ClusterFile

    @cached_property
    def _results(self) -> "Sequence[ReportedFinding]":
        from quorate.cli.results import cluster_subject  # noqa: PLC0415

        found = self.parent.findings[self.name]
        return cluster_subject(self.parent.imported, "", found, lambda _: None).results

    def runtest(self) -> None:
        from quorate.results import Outcome  # noqa: PLC0415

        stories = [_story(result) for result in self._results]
        outcomes = {result.outcome for result in self._results}
        if outcomes & {Outcome.NOT_AS_EXPECTED, Outcome.UNDECIDED}:
            raise ClaimFailed("\n\n".join(stories))
        if Outcome.NEVER_HAPPENS in outcomes:
            pytest.skip("; ".join(result.reason for result in self._results))
        if Outcome.OPEN in outcomes:
            self.add_report_section("call", "found", "\n\n".join(stories))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        if isinstance(excinfo.value, ClaimFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


class ClaimFailed(Exception):
    """A claim that is not as expected, or that nobody could decide; its text is the whole story."""


def _story(result: "ReportedFinding") -> str:
    lines = [f"{result.title}: {result.verdict}"]
    lines += [result.reason] if result.reason else []
    if result.run is not None:
        lines = [result.run.text]
        lines += [f"Replay: quorate show {result.run.line}"] if result.run.line else []
    return "\n".join(lines)

"""The files that findings leave: pictures and certificates."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from quorate.cli.files import remove, write
from quorate.cli.renderer import Render
from quorate.cli.report import account_of
from quorate.cluster import Cluster, CycleError, Group
from quorate.inquiry.finding import Finding, Kind
from quorate.inquiry.naming import slug
from quorate.windows.groups.activity import Scene


def picture_name(finding: Finding, called: Mapping[Cluster, str]) -> str:
    """The name of a finding's picture, without a suffix."""
    question = finding.question
    broken = (slug(question.deviation.name.replace("_", "-")),) if question.deviation else ()
    return "--".join((question.claim.file_name, called[question.claim.cluster], *broken))


def write_pictures(
    findings: Sequence[Finding], folder: Path, called: Mapping[Cluster, str], render: Render
) -> list[Path]:
    """A `.dot` and a `.svg` for each refutation; the paths of the latter."""
    from quorate.windows.drawn import account_dot  # noqa: PLC0415 - most clusters leave nothing to draw

    written = []
    for finding in findings:
        told = account_of(finding)
        if told is None:
            if finding.question.kind is not Kind.PREMISE:
                # What was refuted the last time must not stand beside today's answer.
                for suffix in (".dot", ".svg", "--dependencies.dot", "--dependencies.svg"):
                    remove(folder / f"{picture_name(finding, called)}{suffix}")
                _remove_circle(finding, folder)
            continue
        source = account_dot(told)
        path = folder / f"{picture_name(finding, called)}.svg"
        write(path.with_suffix(".dot"), source)
        write(path, render(source))
        written.append(path)
    return written


def _remove_circle(finding: Finding, folder: Path) -> None:
    """A group whose dependencies can be put in order goes round no more."""
    claim = finding.question.claim
    if claim.name == "acyclic":
        for suffix in (".dot", ".svg"):
            remove(folder / f"acyclic--{slug(claim.about)}{suffix}")


ORDERING = {"online-needs-dependencies", "offline-in-reverse", "no-lost-write"}


def write_dependencies(
    findings: Sequence[Finding], folder: Path, called: Mapping[Cluster, str], render: Render
) -> list[Path]:
    """For each refuted claim about order the dependencies of the group, with the resources marked
    that lost what they had not written."""
    written = []
    for finding in findings:
        claim, moments = finding.question.claim, finding.answer.moments
        if claim.name not in ORDERING or account_of(finding) is None:
            continue
        group = next(group for group in claim.cluster.groups if group.name == claim.about)
        last = moments[-1]
        marked = (
            last.activity.group(group.name).lost if isinstance(last, Scene) else frozenset[str]()
        )
        path = folder / f"{picture_name(finding, called)}--dependencies.svg"
        written.append(_write_dependencies(path, group, (), marked, render))
    return written


def write_circle(circle: CycleError, folder: Path, render: Render) -> Path:
    """The dependencies of a group that go round in a circle; the path of the picture."""
    path = folder / f"acyclic--{slug(circle.group.name)}.svg"
    return _write_dependencies(path, circle.group, circle.cycle, frozenset(), render)


def _write_dependencies(
    path: Path, group: Group, cycle: tuple[str, ...], marked: frozenset[str], render: Render
) -> Path:
    from quorate.windows.groups.picture.dependency_graph import dependency_graph  # noqa: PLC0415

    source = dependency_graph(group, cycle, marked)
    write(path.with_suffix(".dot"), source)
    write(path, render(source))
    return path


def write_certificates(
    findings: Sequence[Finding], folder: Path, called: Mapping[Cluster, str]
) -> int:
    """The files of every certificate, a folder a cluster; the number of proofs that they certify.
    Certificates of an earlier run of the same cluster are removed: they may be true no more."""
    texts: dict[Path, str] = {}
    for finding in findings:
        own = folder / called[finding.question.claim.cluster]
        texts.update({own / name: text for name, text in finding.certificate.items()})
    for label in {called[finding.question.claim.cluster] for finding in findings}:
        for old in (folder / label).glob("*/*"):
            if old not in texts and old.suffix in {".smt2", ".json"}:
                remove(old)
    for path, text in texts.items():
        write(path, text)
    return sum(bool(finding.certificate) for finding in findings)

"""The files that findings leave: pictures and certificates."""

from collections.abc import Sequence
from pathlib import Path

from quorate.claims.finding import Finding
from quorate.claims.naming import slug
from quorate.cli.files import write
from quorate.cli.report import story_of
from quorate.views import dot, svg


def picture_name(finding: Finding) -> str:
    """The name of a finding's picture, without a suffix."""
    question = finding.question
    broken = (slug(question.deviation.name.replace("_", "-")),) if question.deviation else ()
    return "--".join((slug(question.claim.name), slug(question.claim.cluster.name), *broken))


def write_pictures(findings: Sequence[Finding], folder: Path, *, embedded: bool) -> list[Path]:
    """A `.dot` and a `.svg` for each refutation; the paths of the latter."""
    written = []
    for finding in findings:
        story = story_of(finding)
        if story is None:
            continue
        source = dot(story)
        path = folder / f"{picture_name(finding)}.svg"
        write(path.with_suffix(".dot"), source)
        write(path, svg(source, embedded=embedded))
        written.append(path)
    return written


def write_certificates(findings: Sequence[Finding], folder: Path) -> int:
    """The files of every certificate; the number of proofs that they certify."""
    proofs = [finding.certificate for finding in findings if finding.certificate]
    for certificate in proofs:
        for name, text in certificate.items():
            write(folder / name, text)
    return len(proofs)

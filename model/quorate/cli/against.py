"""Whether a certificate is one of a claim that a file makes today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from quorate.cli.archive import Families
from quorate.cli.lacking import Lacking
from quorate.evidence.binding import Bound
from quorate.evidence.manifest import Manifest, Statement
from quorate.evidence.texts import json_text, sha256
from quorate.importers import read_cluster
from quorate.inquiry.alike import are_one
from quorate.inquiry.certify import statement
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Question, questions_about
from quorate.inquiry.load import load_claims
from quorate.inquiry.seam import Circumstances, Model
from quorate.values import dataclass
from quorate.windows.catalogue import claims_about


@dataclass
class Claims:
    """The claims that files make, cluster files and files of claims."""

    known: tuple[Claim, ...]
    _built: dict[Circumstances, tuple[Model, Bound]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[Path]) -> "Claims":
        """Raises `InputError` for a file that makes none."""
        return cls(tuple(claim for file in files for claim in _claims_in(file)))

    def objections(self, manifest: Manifest) -> Iterator[str]:
        """What keeps the certificate from being one of a claim that the files make."""
        said = manifest.statement
        question = self._asked(said)
        if question is None:
            yield self._why_strange(said)
            return
        if replace(statement(question, said.circumstances), also=said.also) != said:
            yield "the claim says something else today"
        yield from self._of_other_shapes(question, said.also)
        try:
            model, bound = self._model(question.claim.circumstances)
            property_ = bound.scribe.property(question.asks(model))
        except (ValueError, TypeError) as error:
            yield f"the claim cannot be made today: {error}"
            return
        if sha256(bound.text) != manifest.system_sha256:
            yield "the claim is about another system today"
        if property_ != manifest.claim:
            yield "the claim asks something else today"

    @cached_property
    def _questions(self) -> Mapping[str, Sequence[Question]]:
        """What can be proved, by its title."""
        found: dict[str, list[Question]] = {}
        for claim in self.known:
            for question in questions_about(claim, thorough=False):
                found.setdefault(question.title, []).append(question)
        return found

    def _asked(self, said: Statement) -> Question | None:
        """The question of this title under these circumstances."""
        then = json_text(said.circumstances)
        namesakes = self._questions.get(said.claim, ())
        return next((q for q in namesakes if _circumstances(q.claim) == then), None)

    def _of_other_shapes(self, question: Question, also: Iterable[str]) -> Iterator[str]:
        """What keeps the certificate from being one of the claims that it is said to be of as
        well: that nobody makes them of the same subject today, or that they are not the same."""
        for title in also:
            own = [
                other
                for other in self._questions.get(title, ())
                if other.claim.subject == question.claim.subject
            ]
            if not own:
                yield f"nobody claims {title!r} here"
            elif not any(are_one(question, other) for other in own):
                yield f"{title!r} is not the same claim in other names today"

    def _why_strange(self, said: Statement) -> str:
        """Why no claim is the one."""
        namesakes = [question.claim for question in self._questions.get(said.claim, ())]
        about = [claim for claim in namesakes if claim.subject.name == said.name]
        if not namesakes:
            return f"nobody claims {said.claim!r} here"
        if not about:
            return f"nobody claims this of {said.name!r} here"
        now, then = _circumstances(about[0]), json_text(said.circumstances)
        lines = zip(then.splitlines(), now.splitlines(), strict=False)
        where = next((f": {a.strip()} then, {b.strip()} now" for a, b in lines if a != b), "")
        return f"it was proved under other circumstances than those of today{where}"

    def _model(self, circumstances: Circumstances) -> tuple[Model, Bound]:
        """Those that were asked about last; certificates come by their systems."""
        if circumstances not in self._built:
            self._built.clear()
            model = circumstances.model()
            self._built[circumstances] = (model, Bound(model.system))
        return self._built[circumstances]


def _claims_in(file: Path) -> Iterable[Claim]:
    if not _holds_claims(file):
        read = read_cluster(file)
        lacking = Lacking(read.cluster, read.requirements, read.unmodelled)
        claims = claims_about(read.cluster, read.requirements)
        return [claim for claim in claims if lacking.of(claim) is None]
    return load_claims(file)


def _holds_claims(file: Path) -> bool:
    """Whether it is a claim file or a folder of them, and no cluster of any format."""
    if file.is_dir():
        return any(file.rglob("*.py")) or not any(file.iterdir())
    return file.suffix.lower() not in {".toml", ".json", ".txt", ".log"}


def _circumstances(claim: Claim) -> str:
    return json_text(Families().written(claim, None))

"""quorate recheck: confirms certificates without the engines that made them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from quorate.cli import options


@click.command()
@click.argument("directory", type=options.PATH)
@options.seconds
@options.as_json
@options.quiet
def recheck(directory: Path, seconds: float, as_json: bool, quiet: bool) -> None:
    """Confirm every certificate in DIRECTORY and below it.

    Each obligation is read from its file and decided in a fresh z3 and, where it is installed, in
    cvc5. Nothing else of quorate takes part.
    """
    results = list(_results(directory, seconds))
    if as_json:
        data = [asdict(result) for result in results]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
    else:
        for result in results:
            if result.not_confirmed or not quiet:
                click.echo(result.line)
            for name, answer in result.not_confirmed.items():
                click.echo(f"  {result.folder / name}: {answer}, not unsat")
        if not quiet:
            used = " and ".join(dict.fromkeys(result.solver for result in results))
            count = len({(result.folder, result.claim) for result in results})
            click.echo(f"{count} certificates, asked of {used}")
    answers = {answer for result in results for answer in result.not_confirmed.values()}
    raise SystemExit(1 if "sat" in answers else 3 if answers else 0)


@dataclass(frozen=True)
class Result:
    """What one solver says of one certificate: the obligations that it does not confirm."""

    folder: Path
    cluster: str
    claim: str
    solver: str
    obligations: int
    not_confirmed: Mapping[str, str]

    @property
    def line(self) -> str:
        word = "NOT CONFIRMED" if self.not_confirmed else "CONFIRMED"
        return f"{word}  {self.claim}  {self.folder}  {self.obligations} obligations  {self.solver}"


def _results(directory: Path, seconds: float) -> Iterator[Result]:
    from quorate.errors import InputError  # noqa: PLC0415
    from quorate.evidence.manifest import manifests  # noqa: PLC0415
    from quorate.evidence.recheck import recheck as ask  # noqa: PLC0415
    from quorate.evidence.recheck import solvers  # noqa: PLC0415

    if not directory.is_dir():
        raise InputError("this is no folder; name the folder of certificates", str(directory))
    proofs = list(manifests(directory))
    if not proofs:
        raise InputError("this folder holds no certificate of quorate", str(directory))
    known: dict[tuple[Path, str], str] = {}
    for path, proof in proofs:
        for solver in solvers():
            for file in (path.parent / name for name in proof.files):
                if (file, solver) not in known:
                    known[file, solver] = ask(file, solver, seconds)
            answers = {name: known[path.parent / name, solver] for name in proof.files}
            bad = {name: answer for name, answer in answers.items() if answer != "unsat"}
            yield Result(path.parent, proof.cluster, proof.claim, solver, len(proof.files), bad)

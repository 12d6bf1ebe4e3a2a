"""quorate recheck: confirms certificates without the engines that made them."""

import json
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
    results = []
    for path, proof in proofs:
        for solver in solvers():
            bad = {}
            for name in proof.files:
                file = path.parent / name
                if (file, solver) not in known:
                    known[file, solver] = ask(file, solver, seconds)
                if known[file, solver] != "unsat":
                    bad[name] = known[file, solver]
            results.append((path, proof, solver, bad))
    if as_json:
        data = [
            {
                "manifest": str(path),
                "cluster": proof.cluster,
                "claim": proof.claim,
                "solver": solver,
                "obligations": len(proof.files),
                "not_confirmed": bad,
            }
            for path, proof, solver, bad in results
        ]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        for path, proof, solver, bad in results:
            if quiet and not bad:
                continue
            word = "NOT CONFIRMED" if bad else "CONFIRMED"
            click.echo(
                f"{word}  {proof.claim}  {path.parent.name}  {len(proof.files)} obligations  {solver}"
            )
            for name, answer in bad.items():
                click.echo(f"  {path.parent / name}: {answer}, not unsat")
        if not quiet:
            asked = f"{len(known)} obligations in {' and '.join(solvers())}"
            click.echo(f"{len(proofs)} certificates, {asked}")
    answers = {answer for _, _, _, bad in results for answer in bad.values()}
    raise SystemExit(1 if "sat" in answers else 3 if answers else 0)

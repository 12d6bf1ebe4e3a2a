"""What it costs to refute a claim about a broken twin, for each tooth of proofs/teeth.py that bites
on clusters of the size that is measured."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from clusters import MODES, cluster_file, service_file
from measure import QUORATE, Command, alternating, seconds_within, shown, table, words

from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.load import load_claims
from quorate.inquiry.seam import Deviation
from quorate.windows import groups, membership
from quorate.windows.catalogue import claims_about, claims_about_groups

TABLE = Path(__file__).resolve().parent.parent / "proofs" / "teeth.py"

TOO_LONG = {
    membership.Deviation.FORCED_FOR_EVER,
    groups.Deviation.IGNORES_THRESHOLD,
    groups.Deviation.FORGETS_FAILOVERS,
}
"""The runs that show these are not found in the time of a question."""

NO_HALVES = {membership.Deviation.HALF_IS_ENOUGH}
"""16 nodes and a witness."""

SILENT = {
    "node-majority": set[membership.Deviation](),
    "node-and-disk-majority": NO_HALVES,
    "node-and-file-share-majority": NO_HALVES,
    "disk-only": NO_HALVES
    | {membership.Deviation.VOTES_OF_THE_LIVING, membership.Deviation.JOINS_STRANGERS},
}
"""Rules that are of no consequence. Under Disk Only nobody counts nodes."""

SILENT_IN_GROUPS = {
    groups.Deviation.DOES_NOT_FENCE,
    groups.Deviation.IGNORES_POSSIBLE_OWNERS,
    groups.Deviation.GOES_BACK_TO_ANY,
    groups.Deviation.KEEPS_ADDRESS,
}
"""Nobody fences; the group may be on every node, has one preferred owner and one address."""


def teeth(folder: Path, runs: int) -> Iterator[str]:
    """Shortest counterexamples of every broken twin at 16 nodes."""
    for mode in MODES:
        file = cluster_file(folder, 16, mode)
        read = read_cluster(file)
        asked = _asked(claims_about(read.cluster, read.requirements), SILENT[mode])
        yield f"\n{mode}:\n\n"
        yield from _measured(folder, file, list(asked), runs, 5)


def group_teeth(folder: Path, runs: int) -> Iterator[str]:
    """Shortest counterexamples of every broken twin, 4 nodes and 10 resources."""
    file = service_file(folder, 4, 1, 10)
    claims = claims_about_groups(read_cluster(file).cluster)
    # What is open is refuted there by the real rules.
    proved = (claim for claim in claims if claim.expectation is Expectation.HOLDS)
    asked = _asked(proved, SILENT_IN_GROUPS)
    yield from _measured(folder, file, list(asked), runs, 3)


def _asked(
    claims: Iterable[Claim], silent: Collection[Deviation]
) -> Iterator[tuple[str, Deviation]]:
    """The names of the claims, each with every rule that it has a tooth for in proofs/."""
    tried: dict[str, dict[Deviation, None]] = {}
    for claim in load_claims(TABLE):
        tried.setdefault(claim.name, {}).update(dict.fromkeys(claim.teeth))
    for claim in claims:
        for deviation in tried.get(claim.name, ()):
            bites = deviation not in TOO_LONG and deviation not in silent
            if bites and _has_a_part(claim, deviation):
                yield claim.name, deviation


def _has_a_part(claim: Claim, deviation: Deviation) -> bool:
    try:
        deviation.twin(claim.circumstances.model())
    except ValueError:
        return False
    return True


def _measured(
    folder: Path, file: Path, asked: list[tuple[str, Deviation]], runs: int, target: int
) -> Iterator[str]:
    commands = [_command(folder, file, claim, deviation) for claim, deviation in asked]
    costs = alternating(commands, min(runs, 3))
    rows = [
        (claim, words(deviation.name), *shown(cost), *seconds_within(cost, target))
        for (claim, deviation), cost in zip(asked, costs, strict=True)
    ]
    head = ("claim", "broken on purpose", "wall s", "CPU s", f"at most {target} s")
    yield from table(head, rows)


def _command(folder: Path, file: Path, claim: str, deviation: Deviation) -> Command:
    script = folder / f"{file.stem}-{claim}-{deviation.name}.py"
    room = deviation.__class__.__module__
    script.write_text(
        _TWIN.format(file=str(file), claim=claim, deviation=deviation.name, room=room),
        encoding="utf-8",
    )
    return Command([QUORATE, "verify", str(script)])


_TWIN = '''
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quorate.importers import read_cluster
from quorate.inquiry.claim import Expectation
from {room} import Deviation
from quorate.windows.catalogue import claims_about


@dataclass(frozen=True)
class Twin:
    """Circumstances under which a rule is broken. So nothing is asked but the one question; of a
    claim with a tooth it would be asked as well whether it holds, and for its premise."""

    whole: Any
    label = "twin"

    @property
    def subject(self):
        return self.whole.subject

    def sentences(self):
        return self.whole.sentences()

    def model(self):
        return Deviation.{deviation}.twin(self.whole.model())


read = read_cluster(Path({file!r}))
claims = {{claim.name: claim for claim in claims_about(read.cluster, read.requirements)}}
claim = claims[{claim!r}]
CLAIMS = (
    replace(claim, circumstances=Twin(claim.circumstances), expectation=Expectation.REFUTED),
)
'''

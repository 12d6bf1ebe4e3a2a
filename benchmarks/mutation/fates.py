"""What becomes of mutants: of one on one site, and of those of one part wherever it is."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mutation.difference import difference
from mutation.ground import Ground, ground
from mutation.idle import idle
from mutation.limits import TRIES
from mutation.proofs import lost_proofs
from mutation.runs import broken_run, missed
from mutation.sites import sites
from mutation.teeth import lost_tooth
from quorate.changes.mutants import Mutant, Part


@dataclass(frozen=True)
class Fate:
    """What the mutants of a part came to: by which claim they are noticed and how, the run that
    breaks a claim, and of those that nobody notices why they are idle, as far as that is proved, or
    else a run to where they differ."""

    room: str
    part: Part
    noticed: str = ""
    refuted: str = ""
    idle: str = ""
    differs: str = ""
    where: str = ""
    seconds: float = 0.0

    @property
    def survives(self) -> bool:
        return not self.noticed and not self.idle

    @property
    def words(self) -> str:
        if self.differs:
            return f"SURVIVES, differs in: {self.differs}"
        return self.refuted or self.noticed or self.idle or "SURVIVES"


def fate(ground: Ground, mutant: Mutant) -> Fate:
    """What becomes of the mutant on this site, teeth and what is idle not considered."""
    result = Fate(ground.site.room, mutant.part, where=ground.site.title)
    lost = lost_proofs(ground, mutant)
    if lost:
        noticed = f"no proof of {lost[0].claim.name}"
        return replace(result, noticed=noticed, refuted=broken_run(mutant, lost))
    return replace(result, noticed=missed(ground, mutant))


def fate_of(part: Part, numbers: Sequence[int]) -> Fate:
    """What becomes of the mutants of this part on the sites of these numbers: noticed if one is."""
    started = time.monotonic()
    found = (
        _seen(part, numbers, whole=True)
        or _seen(part, numbers, whole=False)
        or _seen_by_teeth(part, numbers)
        or _unseen(part, numbers)
    )
    return replace(found, seconds=time.monotonic() - started)


def parts(only: str = "") -> dict[tuple[str, Part], list[int]]:
    """Every part that mutants are without, by room, of the actions with `only` in their verb, and
    the numbers of the sites that have it; those where quorum may be forced only if no other has."""
    found: dict[tuple[str, Part], list[int]] = {}
    for number, site in enumerate(sites()):
        for part in ground(number).mutants:
            if only in part.verb:
                found.setdefault((site.room, part), []).append(number)
    forced = {number for number, site in enumerate(sites()) if site.is_forced}
    return {
        part: [n for n in numbers if n not in forced] or numbers for part, numbers in found.items()
    }


def _seen(part: Part, numbers: Sequence[int], *, whole: bool) -> Fate | None:
    """What becomes of mutants that proofs or premises notice; a run that breaks a claim need not be
    looked for on more than a few sites. `whole` says which mutants of a site are meant."""
    noticed: Fate | None = None
    for number in numbers:
        found = [mutant for mutant in ground(number).mutants[part] if mutant.whole is whole]
        fates = [fate(ground(number), mutant) for mutant in found]
        refuted = next((one for one in fates if one.refuted), None)
        if refuted is not None:
            return refuted
        again = noticed is not None
        noticed = noticed or next((one for one in fates if one.noticed), None)
        if again:
            break
    return noticed


def _seen_by_teeth(part: Part, numbers: Sequence[int]) -> Fate | None:
    """What becomes of mutants that neither proofs nor premises notice. A tooth may notice even what
    is idle as long as no rule is broken."""
    room = sites()[numbers[0]].room
    tooth = lost_tooth(room, part)
    if tooth is None:
        return None
    return Fate(room, part, f"no tooth of {tooth.title}", where=tooth.claim.subject.name)


def _unseen(part: Part, numbers: Sequence[int]) -> Fate:
    """Whether mutants that nobody notices are idle, on each of the sites."""
    reasons, busy, differs = set[str](), list[str](), ""
    for visited, number in enumerate(numbers):
        (mutant, *_) = ground(number).mutants[part]
        reason = idle(ground(number), mutant)
        if reason:
            reasons.add(reason)
        else:
            busy.append(sites()[number].title)
            own = ground(number)
            differs = differs or difference(own.system, mutant.system, own.lemmas)
        if busy and visited >= TRIES:
            break
    words = "" if busy else " or ".join(sorted(reasons))
    room = sites()[numbers[0]].room
    return Fate(room, part, idle=words, differs=differs, where=", ".join(busy))

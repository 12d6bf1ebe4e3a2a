"""Settings of a cluster that no model reads and that could change answers.

What they touch is not asked: a proof about a cluster without the setting would be read as one about
the cluster that has it. Which claims these are is said by kind here; whoever knows the claims says
which they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field

from quorate.cluster import Cluster
from quorate.errors import Place
from quorate.importers.checked import Table
from quorate.importers.notes import Note, NoteKind
from quorate.importers.origin import Origin
from quorate.importers.refused_key import RefusedKeyError
from quorate.importers.touches import Touches
from quorate.values import dataclass


@dataclass(frozen=True)
class Unmodelled:
    """`setting` as the vendor writes it, with its value; `why` half a sentence about what it does
    that no model knows. Of the claims of the kind that it `touches` only those of these names,
    where there are `claims`, and only those about these groups, where it is `about` some. `place`
    is where it stands."""

    setting: str
    touches: Touches
    why: str
    about: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    place: Place = field(default=Place(""), compare=False)

    @property
    def reason(self) -> str:
        """Why a claim that it touches is not asked."""
        return f"not asked, since no model reads {self.setting}: {self.why}"

    @property
    def note(self) -> Note:
        return Note(
            NoteKind.UNSUPPORTED,
            self.place,
            f"no model reads {self.setting}: {self.why}; claims that it touches are UNKNOWN",
        )

    def row(self) -> Table:
        """The row of the native format that says it."""
        lists = {"about": list(self.about), "claims": list(self.claims)}
        return {
            "setting": self.setting,
            "touches": self.touches.value,
            **{name: values for name, values in lists.items() if values},
            "why": self.why,
        }


def unmodelled(rows: Sequence[Table], cluster: Cluster, origin: Origin) -> Iterator[Unmodelled]:
    """What the checked rows of a document say; raises `RefusedKeyError` for a group that is not
    there."""
    groups = {group.name.casefold(): group.name for group in cluster.groups}
    places = origin.places([("unmodelled", index) for index in range(len(rows))])
    for index, (row, place) in enumerate(zip(rows, places, strict=True)):
        about = row["about"] or ()
        for number, name in enumerate(about):
            if name.casefold() not in groups:
                raise RefusedKeyError(
                    ("unmodelled", index, "about", number),
                    f"{name!r} is no group of this cluster; name one, or take the key out for all",
                )
        yield Unmodelled(
            row["setting"],
            Touches(row["touches"]),
            row["why"],
            tuple(groups[name.casefold()] for name in about),
            row["claims"] or (),
            place,
        )

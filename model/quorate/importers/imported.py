"""What every importer returns."""

from quorate.cluster import Cluster, Requirements
from quorate.importers.notes import Note
from quorate.importers.origin import Origin
from quorate.importers.unmodelled import Unmodelled
from quorate.values import dataclass


@dataclass(frozen=True)
class Imported:
    """The cluster, what its design has to survive, what there is to say about the reading, and the
    settings without which claims about the cluster would be about another one. `origin` knows where
    each of them stands."""

    cluster: Cluster
    requirements: Requirements
    notes: tuple[Note, ...]
    origin: Origin
    unmodelled: tuple[Unmodelled, ...] = ()
    asks: bool = False

"""What every importer returns."""

from dataclasses import dataclass

from quorate.cluster import Cluster, Requirements
from quorate.importers.notes import Note


@dataclass(frozen=True)
class Imported:
    """The cluster, what its design has to survive, and what there is to say about the reading."""

    cluster: Cluster
    requirements: Requirements
    notes: tuple[Note, ...]

"""What the cluster comes through: each fault alone, and each after another one."""

import enum

from quorate.values import dataclass


class Fate(enum.Enum):
    """What becomes of the cluster."""

    RUNS_ON = "runs on"
    STOPS = "stops"
    CANNOT_HAPPEN = "cannot happen"
    """Never, where the cluster is as it was configured."""
    UNKNOWN = "not decided"


@dataclass(frozen=True)
class MatrixCell:
    """One question of the matrix, with the `anchor` on the page of the run that shows it, None
    where there is none, and `sentence`, what was asked."""

    fate: Fate
    sentence: str
    anchor: str | None = None


@dataclass(frozen=True)
class Matrix:
    """`faults` in words, each a row and a column; `alone[i]` what becomes of the cluster after one,
    `after[i][j]` after fault i and then, once the cluster has settled, fault j."""

    faults: tuple[str, ...]
    alone: tuple[MatrixCell, ...]
    after: tuple[tuple[MatrixCell, ...], ...]

    def stopping(self) -> tuple[str, ...]:
        """The smallest faults that stop it, in words: single ones, or else pairs in order; none
        where no two do."""
        single = tuple(
            fault
            for fault, cell in zip(self.faults, self.alone, strict=True)
            if cell.fate is Fate.STOPS
        )
        if single:
            return single
        return tuple(
            f"{first} and then {second}"
            for first, row in zip(self.faults, self.after, strict=True)
            for second, cell in zip(self.faults, row, strict=True)
            if cell.fate is Fate.STOPS
        )

    @property
    def decided(self) -> bool:
        """Whether every cell is."""
        cells = (*self.alone, *(cell for row in self.after for cell in row))
        return all(cell.fate is not Fate.UNKNOWN for cell in cells)

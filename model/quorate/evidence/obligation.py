"""One obligation: what a solver must find of some formulas for a proof to be believed."""

import enum

from quorate.system import Formula
from quorate.system.smtlib import Writer
from quorate.values import dataclass

SAT, UNSAT = "sat", "unsat"


class Role(enum.Enum):
    """What an obligation is for."""

    START = "start"
    INITIATION = "initiation"
    CONSECUTION = "consecution"
    THEOREM = "theorem"
    IMPLICATION = "implication"
    EACH_STEP = "each step"
    PROGRESS = "progress"


@dataclass(frozen=True)
class Obligation:
    """Formulas that must contradict each other, or with `satisfiable` must not. `instances` names
    the theorems that some of them are instances of; in what is `written_out` defined functions are
    replaced by what they mean."""

    role: Role
    name: str
    formulas: tuple[Formula, ...]
    instances: tuple[str, ...] = ()
    written_out: bool = False
    satisfiable: bool = False

    @property
    def expected(self) -> str:
        """What a solver must say."""
        return SAT if self.satisfiable else UNSAT

    def to_smt2(self, writer: Writer) -> str:
        """The obligation as an SMT-LIB 2 file, which any solver can check without us."""
        used = (f"uses an instance of the theorem: {name}" for name in self.instances)
        return writer.script(self.formulas, [self.name, f"expected: {self.expected}", *used])


@dataclass(frozen=True)
class Exemption:
    """An obligation that one might expect and nobody owes: its name, and why."""

    name: str
    because: str

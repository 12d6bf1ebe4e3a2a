"""Any question as an always-question, which is all that an engine answers."""

from quorate.changes.change import Change, unchanged
from quorate.changes.lasso import lassos
from quorate.changes.observer import observed
from quorate.system import Always, Ceases, EachStep, LeadsTo, Property, System


def reduced(system: System, claim: Property) -> Change:
    """The same question about states that can be reached."""
    match claim:
        case Always():
            return unchanged(system, claim)
        case EachStep():
            return observed(system, claim)
        case LeadsTo() | Ceases():
            return lassos(system, claim)

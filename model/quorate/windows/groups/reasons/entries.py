"""The entries of an account: each step explained, why it could be and what followed from it."""

from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.causes import Cause
from quorate.windows.groups.reasons.effects import Effect, effects
from quorate.windows.groups.reasons.explain import causes_of
from quorate.windows.groups.reasons.transition import Transition


@dataclass(frozen=True)
class Entry:
    """One step, why it could be, and what followed; the start has no step. `against_rules` is one
    that the rules do not allow, whether or not a cause says why."""

    number: int
    step: Transition | None
    causes: tuple[Cause, ...] = ()
    effects: tuple[Effect, ...] = ()
    against_rules: bool = False

    @property
    def shows_breach(self) -> bool:
        """A cause says which rule it did not follow."""
        return any(cause.why.breaks_rule for cause in self.causes)


def entries(account: Account) -> tuple[Entry, ...]:
    """One a moment, the start included. Raises `ValueError` for a step that names too little to be
    told."""
    return (Entry(0, None), *(_entry(account, step) for step in account.transitions))


def _entry(account: Account, step: Transition) -> Entry:
    followed = (effect for group in account.groups_shown for effect in effects(step, group.name))
    return Entry(
        step.number,
        step,
        causes_of(account, step),
        tuple(followed),
        step.number in account.against_rules,
    )

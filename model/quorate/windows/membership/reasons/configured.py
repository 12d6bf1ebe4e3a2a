"""Facts of the configuration that a run may rest on, as data."""

import enum

from quorate.values import dataclass
from quorate.windows.membership.reasons.account import Account


class Stated(enum.Enum):
    """What the configuration says."""

    NO_CABLE = "the nodes have no path to the witness"
    WITNESS_IN = "the witness stands in the site"
    NO_VOTE = "the nodes have no vote"
    STAND_IN = "the nodes stand in the site"


@dataclass(frozen=True)
class Configured:
    """Of which nodes, and of which site, if it is about one."""

    stated: Stated
    nodes: frozenset[str] = frozenset()
    site: str = ""


def needed(account: Account) -> tuple[Configured, ...]:
    """Those that were found to make the run what it is."""
    found = account.because.needed if account.because is not None else ()
    return tuple(fact for fact in found if isinstance(fact, Configured))

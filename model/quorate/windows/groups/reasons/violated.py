"""What breaks the promise that a run refutes: who and what, looked for in the run and in the
configuration, never in the model."""

from typing import assert_never

from quorate.windows.groups.reasons import wrong_memory, wrong_order, wrong_place
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.facts import Fact
from quorate.windows.groups.reasons.seen import Seen
from quorate.windows.groups.violations import Violation


def violated(account: Account) -> Fact | None:
    """None where it is not known what was promised, or where nothing of the kind is to be seen."""
    if account.shown is None or not account.about:
        return None
    seen = Seen(account)
    match account.shown:
        case (
            Violation.CIRCLE
            | Violation.UNSUPPORTED
            | Violation.TAKEN_AWAY
            | Violation.LOST_WRITE
            | Violation.PENDING
            | Violation.NO_FILES
            | Violation.MEMORY_LOST
            | Violation.SAVED_LOST
            | Violation.NOT_ONLINE
            | Violation.NOT_SERVED
        ):
            return wrong_order.found(seen, account.shown)
        case (
            Violation.WRONG_OWNER
            | Violation.NOT_GONE_BACK
            | Violation.PAUSED_TAKES
            | Violation.DRAINED_KEEPS
            | Violation.WRONG_FAILBACK
            | Violation.WRONG_NEXT
            | Violation.ASTRAY
            | Violation.BESIDE_RIVAL
            | Violation.WITH_RIVAL
            | Violation.MACHINE_TWICE
            | Violation.DATA_TWICE
            | Violation.ANSWERS_TWICE
            | Violation.ANSWERS_ELSEWHERE
            | Violation.TWICE
            | Violation.DATA_OUT_OF_REACH
        ):
            return wrong_place.found(seen, account.shown)
        case (
            Violation.TOO_MANY_FAILOVERS
            | Violation.PING_PONG
            | Violation.NO_CAUSE
            | Violation.TRIED_TOO_OFTEN
            | Violation.RETURN_FORGOTTEN
            | Violation.NOT_FAILED_OVER
            | Violation.LEFT_FAILED
            | Violation.COUNTED_WRONGLY
            | Violation.COMMAND_FORGOTTEN
            | Violation.PAUSE_FORGOTTEN
            | Violation.CALLED_WRONGLY
            | Violation.STALE_FORGOTTEN
        ):
            return wrong_memory.found(seen, account.shown)
        case _:
            assert_never(account.shown)

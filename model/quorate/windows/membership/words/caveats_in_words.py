"""The sentences of what an answer depends on that the file did not say."""

from collections.abc import Sequence
from typing import assert_never

from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.caveats import Caveat, caveats
from quorate.windows.membership.reasons.conclude import Conclusion
from quorate.windows.version import WITH_DYNAMIC_QUORUM


def caveats_in_words(account: Account, conclusion: Conclusion) -> Sequence[str]:
    return [caveat_in_words(caveat) for caveat in caveats(account, conclusion)]


def caveat_in_words(caveat: Caveat) -> str:
    match caveat:
        case Caveat.CLIENTS:
            return (
                "the file does not say by which network clients reach the nodes; it is taken to be "
                "the one over which the nodes reach each other."
            )
        case Caveat.DYNAMIC_QUORUM:
            return WITH_DYNAMIC_QUORUM
        case _:
            assert_never(caveat)

"""Which verbs nothing does to a group, which its configuration and the assumptions say."""

from typing import assert_never

from quorate.windows.groups.group_variables import GroupVariables
from quorate.windows.groups.incidents import is_left
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.verbs import Verb


def lacking_verbs(state: GroupsState, group: GroupVariables) -> frozenset[Verb]:
    """The verbs of which there is no action about the group, or about nothing in particular."""
    incident = state.assumptions.incident
    return frozenset(
        verb
        for verb in Verb
        if not _happens(verb, state, group)
        or (incident is not None and not is_left(verb, incident))
    )


def _happens(verb: Verb, state: GroupsState, group: GroupVariables) -> bool:
    late, operator = state.stale_variable is not None, state.paused_variable is not None
    match verb:
        case Verb.CRASH | Verb.OUTAGE | Verb.RETURN | Verb.FORM:
            return True
        case Verb.CUT_OFF | Verb.NOTICE:
            return late
        case Verb.FENCE:
            return late and state.cluster.fencing
        case Verb.VOLUME_FAILURE | Verb.VOLUME_RETURN:
            return state.volumes is not None
        case Verb.HOUR_PASSES:
            return state.hour is not None
        case Verb.START | Verb.COME_ONLINE | Verb.STOP | Verb.GO_OFFLINE:
            return True
        case Verb.FAIL | Verb.KEEP_REPORTING | Verb.RESTART_PERIOD_PASSES:
            return True
        case Verb.WRITE:
            return group.writes is not None
        case Verb.BEGIN_FAILOVER | Verb.FAILOVER_PERIOD_PASSES:
            return True
        case Verb.TRANSFER | Verb.TAKE_OVER:
            return True
        case Verb.BEGIN_FAILBACK:
            return group.returned is not None
        case Verb.SWITCH:
            return group.moves_live
        case Verb.START_CUT_OFF | Verb.COME_ONLINE_CUT_OFF:
            return late
        case Verb.ASK_AGAIN:
            return group.asked is not None
        case Verb.PAUSE | Verb.RESUME | Verb.DRAIN:
            return operator
        case Verb.MOVE | Verb.TAKE_OFFLINE | Verb.BRING_ONLINE:
            return operator
        case Verb.MIGRATE:
            return operator and group.moves_live
        case _:
            assert_never(verb)

"""What can happen to groups, in one word each: the verbs of their actions."""

from quorate.system import Verb as AnyVerb


class Verb(AnyVerb):
    """The verbs of groups. Those from `START` on are about one group."""

    CRASH = "crash"
    OUTAGE = "outage"
    CUT_OFF = "cut off"
    NOTICE = "notice"
    FENCE = "fence"
    RETURN = "return"
    FORM = "form"
    VOLUME_FAILURE = "volume failure"
    VOLUME_RETURN = "volume return"
    HOUR_PASSES = "hour passes"
    PAUSE = "pause"
    RESUME = "resume"
    DRAIN = "drain"
    START = "start"
    COME_ONLINE = "come online"
    STOP = "stop"
    GO_OFFLINE = "go offline"
    WRITE = "write"
    FAIL = "fail"
    KEEP_REPORTING = "keeps reporting"
    RESTART_PERIOD_PASSES = "restart period passes"
    BEGIN_FAILOVER = "begin failover"
    TRANSFER = "transfer"
    TAKE_OVER = "take over"
    BEGIN_FAILBACK = "begin failback"
    SWITCH = "switch"
    FAILOVER_PERIOD_PASSES = "failover period passes"
    START_CUT_OFF = "start cut off"
    COME_ONLINE_CUT_OFF = "come online cut off"
    ASK_AGAIN = "ask again"
    MOVE = "move"
    MIGRATE = "migrate"
    TAKE_OFFLINE = "take offline"
    BRING_ONLINE = "bring online"

    @property
    def is_about_a_group(self) -> bool:
        """Its actions are about one group each; all others happen to nodes, volumes or time."""
        return self not in _OF_ALL


_OF_ALL = frozenset(
    {
        Verb.CRASH,
        Verb.OUTAGE,
        Verb.CUT_OFF,
        Verb.NOTICE,
        Verb.FENCE,
        Verb.RETURN,
        Verb.FORM,
        Verb.VOLUME_FAILURE,
        Verb.VOLUME_RETURN,
        Verb.HOUR_PASSES,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.DRAIN,
    }
)

"""An event with the situations around it: what it is about, and whether it takes things down."""

from collections.abc import Mapping
from typing import assert_never

from quorate.values import dataclass
from quorate.windows.groups.situation import Event, GroupSituation, Situation
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class Transition:
    """Step `number` of a run. Asked for what the step is about, it answers with what the event
    names or, where that follows from the step and was not chosen, with what the situations say.
    Raises `ValueError` where neither says it."""

    number: int
    event: Event
    before: Situation
    after: Situation

    @property
    def verb(self) -> Verb:
        return self.event.verb

    @property
    def group(self) -> str:
        return self._known("group", self.event.group)

    @property
    def resource(self) -> str:
        return self._known("resource", self.event.resource)

    @property
    def volume(self) -> str:
        return self._known("volume", self.event.volume)

    @property
    def node(self) -> str:
        """Where it happens, or where the group goes."""
        return self._known("node", self._node())

    def _known(self, what: str, found: str | None) -> str:
        if found is None:
            raise ValueError(f"step {self.number}, {self.verb.value!r}, names no {what}")
        return found

    @property
    def old(self) -> GroupSituation:
        """The group concerned, before."""
        return self.before.group(self.group)

    @property
    def new(self) -> GroupSituation:
        """The group concerned, after."""
        return self.after.group(self.group)

    @property
    def about(self) -> Mapping[str, str]:
        """All that it is about, by what it is."""
        event = self.event
        found = {
            "group": event.group,
            "resource": event.resource,
            "node": self._node(),
            "volume": event.volume,
        }
        return {what: name for what, name in found.items() if name is not None}

    def _node(self) -> str | None:
        """A group that sets out remembers where it goes, so the step that ends its way need not
        choose a node, nor need a failback, which goes to the best one there is."""
        match self.verb:
            case Verb.MOVE | Verb.MIGRATE | Verb.BEGIN_FAILBACK:
                return self.event.node or self.new.target
            case Verb.TRANSFER | Verb.TAKE_OVER | Verb.SWITCH:
                return self.event.node or self.new.owner
            case (
                Verb.CRASH
                | Verb.OUTAGE
                | Verb.CUT_OFF
                | Verb.NOTICE
                | Verb.FENCE
                | Verb.RETURN
                | Verb.FORM
                | Verb.VOLUME_FAILURE
                | Verb.VOLUME_RETURN
                | Verb.HOUR_PASSES
                | Verb.PAUSE
                | Verb.RESUME
                | Verb.DRAIN
                | Verb.START
                | Verb.COME_ONLINE
                | Verb.STOP
                | Verb.GO_OFFLINE
                | Verb.WRITE
                | Verb.FAIL
                | Verb.KEEP_REPORTING
                | Verb.RESTART_PERIOD_PASSES
                | Verb.BEGIN_FAILOVER
                | Verb.FAILOVER_PERIOD_PASSES
                | Verb.START_CUT_OFF
                | Verb.COME_ONLINE_CUT_OFF
                | Verb.ASK_AGAIN
                | Verb.TAKE_OFFLINE
                | Verb.BRING_ONLINE
            ):
                return self.event.node
            case _:
                assert_never(self.verb)

    @property
    def stays(self) -> bool:
        """It passes the group on to the node that has it."""
        return self.node == self.old.owner

    @property
    def takes_down(self) -> bool:
        """Its subject ends abruptly, and what else ends goes down with it."""
        match self.verb:
            case (
                Verb.CRASH
                | Verb.OUTAGE
                | Verb.NOTICE
                | Verb.FENCE
                | Verb.VOLUME_FAILURE
                | Verb.FAIL
            ):
                return True
            case (
                Verb.CUT_OFF
                | Verb.RETURN
                | Verb.FORM
                | Verb.VOLUME_RETURN
                | Verb.HOUR_PASSES
                | Verb.PAUSE
                | Verb.RESUME
                | Verb.DRAIN
                | Verb.START
                | Verb.COME_ONLINE
                | Verb.STOP
                | Verb.GO_OFFLINE
                | Verb.WRITE
                | Verb.KEEP_REPORTING
                | Verb.RESTART_PERIOD_PASSES
                | Verb.BEGIN_FAILOVER
                | Verb.TRANSFER
                | Verb.TAKE_OVER
                | Verb.BEGIN_FAILBACK
                | Verb.SWITCH
                | Verb.FAILOVER_PERIOD_PASSES
                | Verb.START_CUT_OFF
                | Verb.COME_ONLINE_CUT_OFF
                | Verb.ASK_AGAIN
                | Verb.MOVE
                | Verb.MIGRATE
                | Verb.TAKE_OFFLINE
                | Verb.BRING_ONLINE
            ):
                return False
            case _:
                assert_never(self.verb)

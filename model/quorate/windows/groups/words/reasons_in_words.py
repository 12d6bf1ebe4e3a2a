"""The sentences of causes and effects."""

from dataclasses import dataclass

from quorate.drawing.grammar import agreeing
from quorate.drawing.names import written
from quorate.windows.groups.reasons.causes import BREACHES, Cause, Why
from quorate.windows.groups.reasons.chronicle import Chronicle
from quorate.windows.groups.reasons.consequences import Chapter, Effect, Kind
from quorate.windows.groups.words.group_names import GroupNames

_WITH_IT = frozenset({"crash", "notice", "fence", "outage", "volume failure", "fail"})
"""Verbs whose sentence has a subject that takes others down with it."""


@dataclass(frozen=True)
class ReasonsInWords:
    chronicle: Chronicle
    names: GroupNames

    def cause(self, cause: Cause) -> str:
        things = self.names.things_listed(cause.names)
        node = self.names.listed(cause.names)
        are = agreeing(cause.names, "is", "are")
        but = self._but() if cause.why in BREACHES else ""
        over = f", though at most {cause.most} may be begun" if cause.count > cause.most else ""
        most = over or f" of at most {cause.most}"
        return {
            Why.NEEDS_NOTHING: "It needs nothing else.",
            Why.NEEDS_ONLINE: f"What it needs is online: {things}.",
            Why.NEEDS_MISSING: f"{things}, which it needs, {are} not online{but}.",
            Why.MOVES: "Its group is taken offline for a move.",
            Why.STILL_NEEDED: f"{things} still {agreeing(cause.names, 'needs', 'need')} it{but}.",
            Why.HAS_FAILED: f"{things} {agreeing(cause.names, 'has', 'have')} failed.",
            Why.COUNTED: f"It is failover {cause.count}{most} in this period.",
            Why.ALL_OFFLINE: "All of it is offline.",
            Why.NOT_OFFLINE: f"{things} {are} not offline{but}.",
            Why.OWNER_GONE: f"{node} is no member any more.",
            Why.OWNER_THERE: f"{node} is still a member{but}.",
            Why.MAY_NOT_OWN: f"{node} may not own it{but}.",
            Why.IS_PAUSED: f"{node} is paused{but}.",
            Why.PREFERRED: f"The group prefers {node}.",
        }[cause.why]

    def effect(self, chapter: Chapter, effect: Effect) -> str:
        assert chapter.deed is not None
        who = effect.resources
        things, node = self.names.things_listed(who), self.names.node(effect.node)
        it, its = agreeing(who, "it", "they"), agreeing(who, "its", "their")
        s = agreeing(who, "s", "")
        go = agreeing(who, "goes", "go")
        where = " with it" if chapter.deed.action in _WITH_IT else f" on {node}"
        return {
            Kind.GOES_DOWN: f"{things} {go} down{where}.",
            Kind.UNWRITTEN: f"{things} had not written what {it} held.",
            Kind.GOES_ON: f"{node} still runs {things}.",
            Kind.WRITES: f"{things} write{s} what {it} held.",
            Kind.LOSES: f"{things} lose{s} what {it} had not written.",
            Kind.SAVES: f"{things} save{s} {its} memory on disk.",
            Kind.FORGETS: f"{things} lose{s} {its} memory.",
        }[effect.kind]

    def _but(self) -> str:
        deviation = self.chronicle.deviation
        return f", but here {written(deviation)}" if deviation else ", which is against the rules"

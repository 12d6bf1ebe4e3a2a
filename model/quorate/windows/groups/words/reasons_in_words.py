"""The sentences of causes and effects."""

from collections.abc import Iterator
from typing import assert_never

from quorate.drawing.grammar import agreeing, but_here, not_allowed
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.causes import Cause, Why
from quorate.windows.groups.reasons.effects import Effect, Fate
from quorate.windows.groups.reasons.entries import Entry
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.words.group_names import GroupNames


@dataclass(frozen=True)
class ReasonsInWords:
    account: Account
    names: GroupNames

    def cause(self, cause: Cause) -> str:
        """One sentence, which says of a step that breaks a rule that it does."""
        breach = self._breach() if cause.why.breaks_rule else ""
        return f"{self._cause(cause)}{breach}."

    def _cause(self, cause: Cause) -> str:
        things = self.names.things_listed(cause.names)
        node = self.names.listed(cause.names)
        are = agreeing(cause.names, "is", "are")
        match cause.why:
            case Why.NEEDS_NOTHING:
                return "It needs nothing else"
            case Why.NEEDS_ONLINE:
                return f"What it needs is online: {things}"
            case Why.NEEDS_MISSING:
                return f"{things}, which it needs, {are} not online"
            case Why.ITS_TURN:
                listed = self.names.groups_listed(cause.names)
                return f"What its group starts after is online: {listed}"
            case Why.NOT_ITS_TURN:
                return f"Its group starts after {self.names.groups_listed(cause.names)}, not online"
            case Why.MOVES:
                return "Its group is taken offline for a move"
            case Why.STILL_NEEDED:
                return f"{things} still {agreeing(cause.names, 'needs', 'need')} it"
            case Why.HAS_FAILED:
                return f"{things} {agreeing(cause.names, 'has', 'have')} failed"
            case Why.COUNTED:
                over = f", though at most {cause.most} may be begun"
                most = over if cause.count > cause.most else f" of at most {cause.most}"
                return f"It is failover {cause.count}{most} in this period"
            case Why.ALL_OFFLINE:
                return "All of it is offline"
            case Why.NOT_OFFLINE:
                return f"{things} {are} not offline"
            case Why.OWNER_GONE:
                return f"{node} is no member any more"
            case Why.OWNER_THERE:
                return f"{node} is still a member"
            case Why.MAY_NOT_OWN:
                return f"{node} may not own it"
            case Why.IS_PAUSED:
                return f"{node} is paused"
            case Why.ALL_PAUSED:
                return "All that are left and may own it are paused"
            case Why.NOWHERE_ELSE:
                return "No other node may take it"
            case Why.PREFERRED:
                return f"The group prefers {node}"
            case _:
                assert_never(cause.why)

    def breach(self, entry: Entry) -> Iterator[str]:
        """That the step is against the rules, where no cause says which."""
        if entry.against_rules and not entry.shows_breach:
            yield not_allowed(self.account.deviation)

    def effect(self, step: Transition, effect: Effect) -> str:
        who = effect.resources
        things, node = self.names.things_listed(who), self.names.node(effect.node)
        it, its = agreeing(who, "it", "they"), agreeing(who, "its", "their")
        s, are = agreeing(who, "s", ""), agreeing(who, "is", "are")
        match effect.fate:
            case Fate.GOES_DOWN:
                where = "with it" if _is_its_own(step) else f"on {node}"
                return f"{things} {agreeing(who, 'goes', 'go')} down {where}."
            case Fate.UNWRITTEN:
                return f"{things} had not written what {it} held."
            case Fate.GOES_ON:
                return f"{node} still runs {things}."
            case Fate.WRITES:
                return f"{things} write{s} what {it} held."
            case Fate.LOSES:
                return f"{things} lose{s} what {it} had not written."
            case Fate.SAVES:
                return f"{things} save{s} {its} memory on disk."
            case Fate.FORGETS:
                return f"{things} lose{s} {its} memory."
            case Fate.GIVEN_UP:
                return f"The move of group {self.names.group(effect.group)} is given up."
            case Fate.BROUGHT:
                return f"{things}, which it needs, {are} brought online first."
            case Fate.TAKEN:
                needs = agreeing(who, "needs", "need")
                return f"{things}, which {needs} it, {are} taken offline first."
            case Fate.WANTED:
                return f"{things} {are} wanted from now on."
            case Fate.UNWANTED:
                return f"{things} {are} not wanted any more."
            case _:
                assert_never(effect.fate)

    def _breach(self) -> str:
        return but_here(self.account.deviation) or ", which is against the rules"


def _is_its_own(step: Transition) -> bool:
    """What goes down does so with the subject of the step, and with no other node that the step
    takes along."""
    alone = len(step.before.members - step.after.members) < 2
    return step.takes_down and (alone or step.event.node is None)

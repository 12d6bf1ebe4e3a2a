"""The sentences of an event: what happened, before anything followed from it."""

from collections.abc import Iterator
from typing import assert_never

from quorate.drawing.grammar import agreeing, capital
from quorate.drawing.names import LISTED, enumerated
from quorate.values import dataclass
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.situation import Phase, ResourceState, Situation
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.situation_in_words import UNAWARE


def sentence_of(names: GroupNames, step: Transition) -> str:
    """One sentence. Raises `ValueError` for a step that names too little to be told."""
    return _Sentence(names, step).said()


def who_goes_with_it(names: GroupNames, step: Transition) -> Iterator[str]:
    """What became of the members that are none any more because another one is lost."""
    match step.verb:
        case Verb.CRASH | Verb.CUT_OFF:
            rest = step.before.members - step.after.members - {step.node}
        case _:
            return
    if not rest:
        if step.verb is Verb.CRASH and not step.after.members:
            yield "No node runs the cluster any more."
        return
    without = f"Without it {names.listed(rest)} {agreeing(rest, 'has', 'have')} no quorum"
    if rest <= step.after.stale:
        on = agreeing(rest, "it has not noticed, and goes on", "they have not noticed, and go on")
        yield f"{without}: {on}."
    else:
        yield f"{without}: {agreeing(rest, 'its', 'their')} cluster service stops."


@dataclass(frozen=True)
class _Sentence:
    """How one step names what it is about. Only what its sentence needs is asked for."""

    names: GroupNames
    step: Transition

    @property
    def node(self) -> str:
        return self.names.node(self.step.node)

    @property
    def group(self) -> str:
        return f"group {self.names.group(self.step.group)}"

    @property
    def resource(self) -> str:
        return self.names.thing(self.step.resource)

    @property
    def volume(self) -> str:
        return self.names.thing(self.step.volume)

    @property
    def owner(self) -> str:
        return self.names.node(self.step.old.owner)

    def said(self) -> str:
        match self.step.verb:
            case Verb.CRASH:
                return f"{self.node} crashes."
            case Verb.CUT_OFF:
                return f"{self.node} is cut off from the others and goes on unaware."
            case Verb.NOTICE:
                return f"{self.node} notices that it has no quorum: its cluster service stops."
            case Verb.FENCE:
                return f"{self.node} is switched off for certain."
            case Verb.OUTAGE:
                return self._outage()
            case Verb.RETURN:
                return f"{self.node} joins the cluster again."
            case Verb.FORM:
                members = self.step.after.members
                form = agreeing(members, "forms", "form")
                return f"{self.names.listed(members)} {form} the cluster again."
            case Verb.VOLUME_FAILURE:
                return f"The volume {self.volume} fails."
            case Verb.VOLUME_RETURN:
                return f"The volume {self.volume} works again."
            case Verb.HOUR_PASSES:
                return f"An hour passes{_hour(self.step.after, ': it is {}:00 now')}."
            case Verb.PAUSE:
                return f"The operator pauses {self.node}."
            case Verb.RESUME:
                return f"The operator resumes {self.node}."
            case Verb.DRAIN:
                return f"The operator drains {self.node}: {enumerated(self._drained())}."
            case Verb.MOVE:
                return f"The operator moves {self.group} from {self.owner} to {self.node}."
            case Verb.TAKE_OFFLINE:
                return f"The operator wants {self.resource} offline."
            case Verb.BRING_ONLINE:
                return f"The operator wants {self.resource} online again."
            case Verb.MIGRATE:
                way = f"from {self.owner} to {self.node}"
                return f"The live migration of {self.group} {way} begins."
            case Verb.START:
                return f"{self.resource} begins to come online on {self.owner}."
            case Verb.COME_ONLINE:
                return f"{self.resource} is online on {self.owner}."
            case Verb.STOP:
                return f"{self.resource} begins to go offline on {self.owner}."
            case Verb.GO_OFFLINE:
                return f"{self.resource} is offline on {self.owner}."
            case Verb.BEGIN_FAILOVER:
                return f"The failover of {self.group} from {self.owner} begins."
            case Verb.TRANSFER if self.step.stays:
                return f"{capital(self.group)} stays on {self.node}."
            case Verb.TRANSFER:
                return f"{capital(self.group)} passes from {self.owner} to {self.node}."
            case Verb.TAKE_OVER:
                return f"{self.node} takes over {self.group} from {self.owner}."
            case Verb.BEGIN_FAILBACK:
                way = f"from {self.owner} to {self.node}"
                at = _hour(self.step.before, " at {}:00")
                return f"The failback of {self.group} {way} begins{at}."
            case Verb.SWITCH:
                return f"The live migration of {self.group} ends: it runs on {self.node} now."
            case Verb.RESTART_PERIOD_PASSES:
                then = "restarts may be tried again"
                return f"The restart period of {self.group} passes: {then}."
            case Verb.FAILOVER_PERIOD_PASSES:
                then = "failovers may be tried again"
                return f"The failover period of {self.group} passes: {then}."
            case Verb.FAIL:
                return f"{self.resource} fails on {self.owner}."
            case Verb.WRITE:
                return f"{self.resource} holds data that is not on disk yet."
            case Verb.ASK_AGAIN:
                asked = f"A client asks for the addresses of {self.group} again"
                return f"{asked} and is told {self._answer()}."
            case Verb.START_CUT_OFF:
                return f"{self.node}, which {UNAWARE}, starts {self.resource}."
            case Verb.COME_ONLINE_CUT_OFF:
                return f"{self.resource} is online on a node that {UNAWARE}."
            case Verb.KEEP_REPORTING:
                return f"{self.resource} reports that it is still {self._pending()}."
            case _:
                assert_never(self.step.verb)

    def _outage(self) -> str:
        unaware = self.step.after.stale - self.step.before.stale
        if not unaware:
            return "The cluster loses quorum and stops on every node."
        who = self.names.listed(unaware)
        on = agreeing(unaware, "has not noticed and goes on", "have not noticed and go on")
        return f"The cluster loses quorum; {who} {on}."

    def _drained(self) -> list[str]:
        """What becomes of the node, and of the groups that it owns."""
        owned = [group for group in self.step.before.groups if group.owner == self.step.node]
        sent = [group.name for group in owned if self._sets_out(group.name)]
        stay = [group.name for group in owned if group.phase is Phase.SERVING]
        stay = [name for name in stay if name not in sent]
        said = ["it is paused"]
        if len(sent) > LISTED:
            said.append(f"{len(sent)} groups are sent away")
        else:
            said += [f"group {self.names.group(name)} is sent to {self._to(name)}" for name in sent]
        if len(stay) > LISTED:
            said.append(f"{len(stay)} groups stay")
        else:
            said += [f"group {self.names.group(name)} stays" for name in stay]
        return said

    def _sets_out(self, name: str) -> bool:
        before, after = self.step.before.group(name), self.step.after.group(name)
        return before.phase is Phase.SERVING and after.phase is not Phase.SERVING

    def _to(self, name: str) -> str:
        target = self.step.after.group(name).target
        return self.names.node(target) if target is not None else "another node"

    def _answer(self) -> str:
        asked = self.step.new.asked
        return self.names.things_listed(asked) if asked else "none"

    def _pending(self) -> str:
        """What it is about, from the state that it is in."""
        state = self.step.old.states[self.step.resource]
        match state:
            case ResourceState.ONLINE_PENDING:
                return "coming online"
            case ResourceState.OFFLINE_PENDING:
                return "going offline"
            case ResourceState.ONLINE | ResourceState.OFFLINE | ResourceState.FAILED:
                return "pending"
            case _:
                assert_never(state)


def _hour(situation: Situation, words: str) -> str:
    """Nothing where hours do not matter."""
    return "" if situation.hour is None else words.format(situation.hour)

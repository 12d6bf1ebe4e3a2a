"""The sentences of a situation: who is there, who owns what, in which states."""

from collections.abc import Iterator

from quorate.drawing.grammar import agreeing
from quorate.drawing.names import enumerated
from quorate.values import dataclass
from quorate.windows.groups.situation import GroupSituation, ResourceState, Situation
from quorate.windows.groups.words.group_names import GroupNames

STATE_WORDS = {
    ResourceState.ONLINE: "online",
    ResourceState.ONLINE_PENDING: "coming online",
    ResourceState.OFFLINE_PENDING: "going offline",
    ResourceState.FAILED: "failed",
    ResourceState.OFFLINE: "offline",
}
"""Of every state, in the order in which they are told."""

UNAWARE = "has not noticed that it is no member"
"""Of a node that was cut off, or lost quorum, and has not noticed."""


@dataclass(frozen=True)
class SituationInWords:
    names: GroupNames

    def nodes(self, situation: Situation) -> Iterator[str]:
        """Who is a member, and what the others are."""
        nodes = frozenset(self.names.cluster.node_names)
        every = {1: "The one node is a member", 2: "Both nodes are members"}
        if situation.members == nodes:
            who = every.get(len(nodes), f"All {len(nodes)} nodes are members")
            yield f"{who}: {self.names.listed(nodes)}."
        elif situation.members:
            are = agreeing(situation.members, "is a member", "are members")
            yield f"{self.names.listed(situation.members)} {are}."
        else:
            yield "No node is a member."
        gone = nodes - situation.members - situation.stale if situation.members else frozenset()
        if situation.stale:
            unaware = agreeing(situation.stale, UNAWARE, "have not noticed that they are none")
            yield f"{self.names.listed(situation.stale)} {unaware}."
        if situation.paused:
            are = agreeing(situation.paused, "is", "are")
            yield f"{self.names.listed(situation.paused)} {are} paused."
        if gone:
            none = agreeing(gone, "is no member", "are no members")
            yield f"{self.names.listed(gone)} {none}."

    def twice(self, situation: Situation, name: str) -> Iterator[str]:
        """What is active on several nodes at once, if anything is."""
        group = situation.group(name)
        twice = group.active_twice
        if twice:
            nodes = [node for node, active in group.active_nodes.items() if active & twice]
            are, where = agreeing(twice, "is", "are"), self.names.listed(nodes)
            yield f"{self.names.things_listed(twice)} {are} active on {where} at once."

    def group(self, situation: Situation, name: str) -> Iterator[str]:
        """Where it is, in what state, and what its resources hold."""
        group = situation.group(name)
        yield f"{self.owner(situation, group)}, with {states_in_words(self.names, group)}."
        for node in self.names.ordered(group.stale):
            things = self.names.things_listed(group.stale_on(node))
            yield f"{self._who_goes_on(situation, node)} still runs {things}."
        held = {
            ("holds data that is not on disk yet", "hold data that is not on disk yet"): (
                group.unwritten - group.lost
            ),
            ("has lost what it had not written", "have lost what they had not written"): group.lost,
            ("has its memory saved on disk", "have their memory saved on disk"): group.saved,
            ("has lost its memory", "have lost their memory"): group.forgotten,
        }
        for (one, more), who in held.items():
            if who:
                yield f"{self.names.things_listed(who)} {agreeing(who, one, more)}."

    def owner(self, situation: Situation, group: GroupSituation) -> str:
        node, name = self.names.node(group.owner), self.names.group(group.name)
        if group.owner in situation.members:
            return f"{node} owns group {name}"
        what = UNAWARE if group.owner in situation.stale else "is no member"
        return f"{node}, which {what}, was the last to own group {name}"

    def _who_goes_on(self, situation: Situation, node: str) -> str:
        """What runs on `node` is not what the cluster runs, whatever the node is."""
        name = self.names.node(node)
        if node in situation.stale:
            return f"{name}, which {UNAWARE},"
        return name if node in situation.members else f"{name}, which is no member,"


def states_in_words(names: GroupNames, group: GroupSituation) -> str:
    """The states of all its resources."""
    found = {word: group.in_state(state) for state, word in STATE_WORDS.items()}
    found = {word: members for word, members in found.items() if members}
    if len(found) == 1 and len(group.states) > 1:
        return f"all of it {next(iter(found))}"
    return enumerated([f"{names.things_listed(who)} {word}" for word, who in found.items()])

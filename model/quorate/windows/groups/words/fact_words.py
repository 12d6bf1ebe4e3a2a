"""The parts of the sentence of a fact."""

from quorate.drawing.grammar import agreeing
from quorate.values import dataclass
from quorate.windows.groups.reasons.facts import Fact
from quorate.windows.groups.situation import GroupSituation
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.situation_in_words import STATE_WORDS


@dataclass(frozen=True)
class FactWords:
    """`now` is how the group is at the end."""

    names: GroupNames
    now: GroupSituation
    fact: Fact

    @property
    def group(self) -> str:
        return self.names.group(self.fact.group)

    @property
    def things(self) -> str:
        return self.names.things_listed(self.fact.things)

    @property
    def needs(self) -> str:
        return self.names.things_listed(self.fact.needs)

    @property
    def nodes(self) -> str:
        return self.names.listed(self.fact.nodes)

    @property
    def others(self) -> str:
        return self.names.listed(self.fact.others)

    @property
    def is_(self) -> str:
        return agreeing(self.fact.things, "is", "are")

    @property
    def was(self) -> str:
        return agreeing(self.fact.things, "was", "were")

    @property
    def have(self) -> str:
        return agreeing(self.fact.things, "has", "have")

    @property
    def state(self) -> str:
        """The state that the things share."""
        return STATE_WORDS[self.fact.state] if self.fact.state is not None else "active"

    @property
    def missing(self) -> str:
        """What it needs, and how that is."""
        said = [
            f"{self.names.thing(name)}, which it needs, {_is(STATE_WORDS[self.now.states[name]])}"
            for name in self.fact.needs
        ]
        return ", and ".join(said)


def _is(word: str) -> str:
    return "has failed" if word == "failed" else f"is {word}"

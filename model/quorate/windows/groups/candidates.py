"""Actions of one resource. Each is possible for those in a set that is written down once and serves
guard, choice and progress alike."""

from functools import reduce

from quorate.counting.sets import Members, lowest, one, subset
from quorate.system import Action, ActionKind, Formula, Term
from quorate.values import dataclass
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class Candidates:
    """The resources that are in all of `sets`, as long as all `conditions` hold. They are kept
    apart, so that an argument needs to look only at those that matter to it."""

    sets: tuple[Members, ...]
    conditions: tuple[Formula, ...] = ()

    @property
    def members(self) -> Members:
        return reduce(lambda left, right: left & right, self.sets)


def of_one(
    group: GroupState,
    verb: Verb,
    kind: ActionKind,
    candidates: Candidates,
    updates: dict[str, Term],
) -> Action:
    """An action of one of the candidates."""
    resource = group.resource
    among = (subset(resource.term, members) for members in candidates.sets)
    return Action.of(
        verb,
        kind,
        guard=(one(resource.term), *among, *candidates.conditions),
        updates=updates,
        inputs=(resource,),
        subject="resource",
        choices={"resource": lowest(candidates.members)},
        about=group.key,
    )

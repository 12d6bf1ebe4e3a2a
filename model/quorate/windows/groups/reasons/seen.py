"""A run with the group that its claim is about, for those who look for what is wrong there."""

from collections.abc import Iterable
from functools import cached_property

from quorate.cluster import Group, Resource, ResourceKind
from quorate.values import dataclass
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.reasons.transition import Transition
from quorate.windows.groups.situation import GroupSituation, ResourceState, Situation

NAMING = (ResourceKind.ADDRESS, ResourceKind.NETWORK_NAME)
UP = frozenset({ResourceState.ONLINE, ResourceState.ONLINE_PENDING})


@dataclass(frozen=True)
class Seen:
    """The last situation and the step that led to it. requires: an account that names its group."""

    account: Account

    @cached_property
    def group(self) -> Group:
        return self.account.group(self.account.about)

    @property
    def end(self) -> Situation:
        return self.account.end

    @cached_property
    def now(self) -> GroupSituation:
        return self.end.group(self.group.name)

    @property
    def step(self) -> Transition | None:
        """None where the start itself is wrong."""
        return self.account.transitions[-1] if self.account.steps else None

    @cached_property
    def was(self) -> GroupSituation:
        """The group before the last step."""
        return self.before.group(self.group.name)

    @property
    def before(self) -> Situation:
        return self.account.situation(max(self.account.steps - 1, 0))

    def fact(self, kind: Kind, things: Iterable[str] = (), *nodes: str, **more: object) -> Fact:
        """About the group, seen at the things on the nodes, or at the group there."""
        listed = self.ordered(things)
        spots = tuple((node, thing) for node in nodes for thing in listed or ("",))
        return Fact(kind, self.group.name, listed, nodes=nodes, **({"spots": spots} | more))  # type: ignore[arg-type]

    def ordered(self, things: Iterable[str]) -> tuple[str, ...]:
        """Resources in configured order, and then what are none."""
        named = dict.fromkeys(things)
        mine = [name for name in self.group.resource_names if name in named]
        return (*mine, *(name for name in named if name not in mine))

    def resource(self, name: str) -> Resource:
        return next(r for r in self.group.resources if r.name == name)

    @cached_property
    def possible(self) -> tuple[str, ...]:
        return self.group.possible_owners(self.account.cluster.node_names)

    def free(self, situation: Situation, *but: str) -> tuple[str, ...]:
        """The members that may own the group and are not paused, in the order in which they are
        tried."""
        listed = self.group.node_list(self.account.cluster.node_names)
        there = situation.members & frozenset(self.possible) - situation.paused - frozenset(but)
        return tuple(node for node in listed if node in there)

    def missing(self, name: str) -> tuple[str, ...]:
        """The first of the alternatives of which it needs one and none is online."""
        online = self.now.in_state(ResourceState.ONLINE)
        clauses = self.resource(name).depends_on.clauses
        return next((clause for clause in clauses if not online & set(clause)), ())

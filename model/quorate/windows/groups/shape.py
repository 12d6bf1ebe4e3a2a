"""What a claim about a group asks, but for the names in it; and a run of one in the names of
another (decision 19)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, lru_cache
from typing import Any

from quorate.cluster import Cluster
from quorate.inquiry.claim import Claim, Expectation
from quorate.system import Step, Trace, Value, action_name
from quorate.values import dataclass
from quorate.windows.groups.assumptions import Assumptions
from quorate.windows.groups.of_group import OfGroup
from quorate.windows.groups.places import Places
from quorate.windows.groups.state import CHOSEN_NODE, GroupsState, group_keys
from quorate.windows.groups.verbs import Verb


@dataclass(frozen=True)
class GroupShape:
    """Satisfies `quorate.inquiry.seam.ClaimShape`. Equal where everything is equal that a verdict
    rests on: the cluster as the model reads it and the assumptions, in names that stand for places,
    the place of the group, what is asked of it, and how. `names` knows the own names again."""

    cluster: Cluster
    assumptions: Assumptions
    about: str
    make_property: Callable[[Any, str], Any]
    make_premise: Callable[[Any, str], Any]
    path: tuple[str, ...]
    expectation: Expectation
    deepest: int
    names: "OwnNames" = field(compare=False, repr=False)

    def renamed(self, trace: Trace, of: Any) -> Trace:
        """A run of the system of the equal shape `of`, as one of the own system."""
        if not isinstance(of, GroupShape) or of != self:
            raise ValueError("this is a run of another shape")
        return _Renaming(of.names, self.names).trace(trace)


@dataclass(frozen=True)
class OwnNames:
    """The names of what is in the model of groups that are looked at together, place by place; and
    the shapes of claims about these groups."""

    places: Places

    def shape_of(self, claim: Claim) -> GroupShape | None:
        """None for a claim that is not made by a page of the catalogue for one group."""
        match claim.make_property, claim.make_premise:
            case OfGroup(make_property, group), OfGroup(make_premise, other) if group == other:
                cluster, assumptions = self.places.at_places
                return GroupShape(
                    cluster,
                    assumptions,
                    self.places.group_at[group],
                    make_property,
                    make_premise,
                    tuple(self._action_at.get(action, action) for action in claim.path),
                    claim.expectation,
                    claim.deepest,
                    self,
                )
            case _:
                return None

    @cached_property
    def variables(self) -> tuple[str, ...]:
        state = GroupsState(self.places.cluster, self.places.assumptions)
        return tuple(variable.name for variable in state.variables)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Of all that may be about a group."""
        return tuple(_actions(group_keys(self.places.groups).values()))

    @cached_property
    def _action_at(self) -> Mapping[str, str]:
        """The names of actions, with the places of groups for their keys."""
        at_places = _actions(self.places.group_at.values())
        return dict(zip(self.actions, at_places, strict=True))


_ABOUT_A_GROUP = tuple(verb for verb in Verb if verb.is_about_a_group)


def _actions(keys: Iterable[str]) -> Iterator[str]:
    """What the actions of each group are called."""
    yield from (action_name(verb, key) for key in keys for verb in _ABOUT_A_GROUP)


@lru_cache(maxsize=1024)
def _of_nodes(cluster: Cluster, assumptions: Assumptions) -> tuple[bool, ...]:
    """Which variables are sets of nodes. That is seen where names stand for places, since nodes
    have no names in common with anything else there."""
    sorts = (variable.sort for variable in GroupsState(cluster, assumptions).variables)
    return tuple(getattr(sort, "names", ()) == cluster.node_names for sort in sorts)


@dataclass(frozen=True)
class _Renaming:
    """From the names and the bits of some groups to those of groups at the same places."""

    of: OwnNames
    to: OwnNames

    def trace(self, trace: Trace) -> Trace:
        steps = tuple(map(self._step, trace.steps))
        return Trace(self._state(trace.initial), steps, trace.loop_start)

    def _step(self, step: Step) -> Step:
        inputs = {
            name: self._nodes(value) if name == CHOSEN_NODE else value
            for name, value in step.inputs.items()
        }
        return Step(self._action.get(step.action, step.action), inputs, self._state(step.state))

    def _state(self, state: Mapping[str, Value]) -> dict[str, Value]:
        kinds = _of_nodes(*self.to.places.at_places)
        return {
            new: self._nodes(state[old]) if of_nodes else state[old]
            for old, new, of_nodes in zip(self.of.variables, self.to.variables, kinds, strict=True)
        }

    def _nodes(self, value: Value) -> Value:
        """A set of nodes: each has the bit that its place has here."""
        old, new = self.of.places.bits, self.to.places.bits
        if not value or old == new:
            return value
        return sum(1 << new[place] for place, bit in enumerate(old) if int(value) >> bit & 1)

    @cached_property
    def _action(self) -> Mapping[str, str]:
        return dict(zip(self.of.actions, self.to.actions, strict=True))

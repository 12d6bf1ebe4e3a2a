"""Nodes that become members again, one by one or all at once (rules Q1, Q6)."""

from quorate.counting.sets import disjoint, empty, one, some, subset
from quorate.system import Action, ActionKind, Term
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.updates import available_again
from quorate.windows.groups.verbs import Verb


def return_of_node(state: GroupsState) -> Action:
    """A node joins the members, or members meet a node that came back (rule Q6)."""
    node = state.node
    updates: dict[str, Term] = {state.members_variable.name: state.members | node.term}
    for group in state.groups:
        updates |= available_again(group, node.term)
    return Action.of(
        Verb.RETURN,
        ActionKind.REPAIR,
        guard=(
            one(node.term),
            subset(node.term, state.may_belong),
            disjoint(node.term, state.members | state.stale),
            some(state.members),
        ),
        updates=updates,
        inputs=(node,),
        subject="node",
    )


def form(state: GroupsState) -> Action:
    """After an outage the nodes that are not cut off form the cluster again."""
    everyone = state.may_belong & ~state.stale
    updates: dict[str, Term] = {state.members_variable.name: everyone}
    for group in state.groups:
        updates |= available_again(group, everyone)
    return Action.of(
        Verb.FORM,
        ActionKind.REPAIR,
        guard=(empty(state.members), state.may_run(everyone)),
        updates=updates,
        instances=state.theorems_about(everyone),
    )

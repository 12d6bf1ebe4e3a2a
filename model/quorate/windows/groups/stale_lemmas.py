"""What holds for ever of nodes that were cut off and have not noticed."""

from collections.abc import Iterator, Sequence

import z3

from quorate.counting.sets import at_most_one, disjoint, empty, has, subset
from quorate.system import Formula, Lemma
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.group_variables import StaleRun
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.stage import Stage


def stale_lemmas(placed: PlacedGroup, run: StaleRun) -> Iterator[Lemma]:
    group, state, owners = placed.group, placed.state, run.owners.term

    def named(name: str, formula: Formula, stage: Stage = Stage.ELSEWHERE) -> Lemma:
        return Lemma(f"{name} ({group.key})", formula, stage)

    yield named("who goes on is no member", disjoint(state.stale, state.members))
    active = [subset(nodes, owners) for nodes in group.stale_activity]
    only_stale = z3.And(subset(owners, state.stale), *active)
    yield named("only who was cut off goes on", only_stale)
    if state.needs_everyone:
        alone = z3.Or(empty(owners), z3.And(empty(state.members), owners == group.owner))
        yield named("who goes on is the owner, and no cluster runs", alone)
    if group.is_confined:
        yield named("addresses go on where their subnet is", _local(group))
    yield named("what goes on has what it needs", z3.And(*_supported(group)), Stage.NEEDS)
    if group.guarded:
        once = z3.And(*_once(group))
        yield named("one node at a time has what only one can have", once, Stage.APART)
    if state.cluster.fencing:
        waits = z3.Or(empty(owners), z3.And(owners == group.owner, empty(group.active)))
        yield named("nobody takes over before the owner is off", waits, Stage.APART)


def _local(group: GroupState) -> Formula:
    """Nothing is active on a node where it cannot be."""
    return z3.And(
        *(
            subset(active, group.nodes.of(nodes))
            for active, nodes in zip(group.stale_activity, group.confined, strict=True)
            if nodes is not None
        )
    )


def _supported(group: GroupState) -> Sequence[Formula]:
    """On every node, the clauses of what is active there are satisfied by what is active there."""
    found = []
    for place, resource in enumerate(group.resources):
        for clause in resource.depends_on.clauses:
            provided = group.nodes.nothing
            for name in clause:
                provided = provided | group.stale_activity[group.names.index(name)]
            found.append(subset(group.stale_activity[place], provided))
    return found


def _once(group: GroupState) -> Iterator[Formula]:
    """What only one node can have is active on one at most."""
    for place, (name, nodes) in enumerate(zip(group.names, group.stale_activity, strict=True)):
        if name in group.guarded:
            yield z3.And(at_most_one(nodes), z3.Or(empty(nodes), z3.Not(has(group.active, place))))

"""The lemmas that the model of groups offers, in the order of the argument. Nobody trusts these."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import at_most_one, disjoint, empty, has, one, subset
from quorate.system import Formula, Lemma
from quorate.windows.groups.activity import Phase
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.state import ServicesState

# What later stages add to the argument about order and place: who goes on elsewhere, with what, and
# that it is kept apart; and what becomes of data.
_ELSEWHERE, _NEEDS, _APART, _DATA = 1, 2, 3, 4


def group_lemmas(state: ServicesState, group: GroupState, *, eventual: bool) -> Iterator[Lemma]:
    """What holds of one group for ever."""

    def named(name: str, formula: Formula, stage: int = 0) -> Lemma:
        return Lemma(f"{name} ({group.key})", formula, stage)

    yield named("somebody who may own the group owns it", _owned(group))
    yield named("a resource is in one state", _one_state(group))
    yield named("what is active has what it needs", _supported(group))
    yield named(
        "only members run the group",
        z3.Or(empty(group.active | group.failed), subset(group.owner, state.members)),
    )
    yield named("a group on its way is owned by a member", _on_its_way(state, group))
    yield named("addresses are online where their subnet is", _local(group))
    yield named("what failed was counted", _counted(group))
    marks = group.failovers_variable.term
    yield named("failovers are marked one after the other", marks & (marks + 1) == 0)
    yield named("no more failovers than allowed", z3.Not(has(marks, group.threshold)))
    if group.unwritten_variables:
        unwritten, lost = group.unwritten_variables
        holders = group.online | group.stopping
        yield named("only what runs holds data", subset(unwritten.term, holders), _DATA)
        yield named("no data was lost in an orderly step", empty(lost.term), _DATA)
    if group.memory_variables:
        forgotten = group.memory_variables[1].term
        if state.volume_variables:
            yield named("machines that run have their volumes", _on_volumes(state, group), _DATA)
        yield named("no memory was lost in a planned move", empty(forgotten), _DATA)
    for variable in group.crammed_variables:
        yield named("never placed badly", z3.Not(variable.term), _DATA)
    later = state.groups[state.groups.index(group) + 1 :]
    apart = [_apart(group, other) for other in state.rivals(group) if other in later]
    if state.cluster.enforced_anti_affinity and apart:
        yield named("groups that avoid each other are apart", z3.And(*apart))
    if eventual:
        yield from _left(state, group)
    else:
        nowhere = [empty(elsewhere) for elsewhere in group.elsewhere]
        yield named("nothing runs elsewhere", z3.And(*nowhere))


def _owned(group: GroupState) -> Formula:
    return z3.And(one(group.owner), subset(group.owner, group.possible))


def _one_state(group: GroupState) -> Formula:
    sets = [group.online, group.starting, group.stopping, group.failed]
    return z3.And(
        *(disjoint(left, right) for i, left in enumerate(sets) for right in sets[i + 1 :])
    )


def _on_its_way(state: ServicesState, group: GroupState) -> Formula:
    """What migrates has a target that may own it, and both ends are members."""
    ends = z3.And(one(group.target), subset(group.target, state.members & group.possible))
    return z3.Or(
        group.is_in(Phase.SERVING),
        z3.And(subset(group.owner, state.members), z3.Or(group.is_in(Phase.MOVING), ends)),
    )


def _apart(group: GroupState, other: GroupState) -> Formula:
    """Two groups that run have no node in common, neither where they are nor where they migrate
    to."""
    places = [(group.owner, other.owner, z3.BoolVal(True))]
    for moving, still in ((group, other), (other, group)):
        if moving.moves_live:
            places.append((moving.target, still.owner, moving.is_in(Phase.MIGRATING)))
    if group.moves_live and other.moves_live:
        both = z3.And(group.is_in(Phase.MIGRATING), other.is_in(Phase.MIGRATING))
        places.append((group.target, other.target, both))
    kept = [z3.Or(z3.Not(there), disjoint(mine, yours)) for mine, yours, there in places]
    return z3.Or(empty(group.active), empty(other.active), z3.And(*kept))


def _supported(group: GroupState) -> Formula:
    return subset(group.active, group.supported(group.online))


def _local(group: GroupState) -> Formula:
    """Also on the node that it migrates to."""
    there = subset(group.active, group.local(group.target))
    return z3.And(
        subset(group.active, group.local(group.owner)),
        z3.Or(z3.Not(group.is_in(Phase.MIGRATING)), there),
    )


def _counted(group: GroupState) -> Formula:
    counts = [variable.term for variable in group.failures_variables]
    nested = [subset(more, fewer) for fewer, more in pairwise(counts)]
    return z3.And(*nested)


def _left(state: ServicesState, group: GroupState) -> Iterator[Lemma]:
    """What is left on nodes that were cut off and have not noticed."""

    def named(name: str, formula: Formula, stage: int = _ELSEWHERE) -> Lemma:
        return Lemma(f"{name} ({group.key})", formula, stage)

    yield named("who goes on is no member", disjoint(state.lagging, state.members))
    yield named(
        "only who was cut off goes on",
        z3.And(
            subset(group.stale, state.lagging),
            *(subset(elsewhere, group.stale) for elsewhere in group.elsewhere),
        ),
    )
    if state.needs_everyone:
        alone = z3.And(empty(state.members), at_most_one(group.stale))
        yield named(
            "whoever goes on is alone, and no cluster runs", z3.Or(empty(group.stale), alone)
        )
    if group.has_places:
        yield named("addresses go on where their subnet is", _local_elsewhere(group))
    yield named("what goes on has what it needs", z3.And(*_supported_elsewhere(group)), _NEEDS)
    guarded = [
        z3.And(
            at_most_one(elsewhere),
            z3.Or(empty(elsewhere), z3.Not(has(group.active, place))),
        )
        for place, (name, elsewhere) in enumerate(zip(group.names, group.elsewhere, strict=True))
        if name in group.guarded
    ]
    if guarded:
        yield named("one node at a time has what only one can have", z3.And(*guarded), _APART)
    if state.cluster.fencing:
        yield named(
            "nobody takes over before the owner is off",
            z3.Or(empty(group.stale), z3.And(group.stale == group.owner, empty(group.active))),
            _APART,
        )


def _on_volumes(state: ServicesState, group: GroupState) -> Formula:
    """Each shared volume that a machine keeps data on is there as long as the machine is active."""
    volumes = state.volume_variables[0].term
    return z3.And(
        *(
            z3.Or(
                z3.Not(has(group.active, group.names.index(machine.name))),
                has(volumes, state.volume_names.index(name)),
            )
            for machine in group.group.of_kind(ResourceKind.VIRTUAL_MACHINE)
            for name in machine.writes_to
            if name in state.volume_names
        )
    )


def _local_elsewhere(group: GroupState) -> Formula:
    """Nothing is active on a node where it cannot be."""
    return z3.And(
        *(
            subset(elsewhere, group.nodes.of(places))
            for elsewhere, places in zip(group.elsewhere, group.places, strict=True)
            if places is not None
        )
    )


def _supported_elsewhere(group: GroupState) -> Sequence[Formula]:
    """On every node, the clauses of what is active there are satisfied by what is active there."""
    found = []
    for place, resource in enumerate(group.resources):
        for clause in resource.depends_on.clauses:
            provided = group.nodes.nothing
            for name in clause:
                provided = provided | group.elsewhere[group.names.index(name)]
            found.append(subset(group.elsewhere[place], provided))
    return found

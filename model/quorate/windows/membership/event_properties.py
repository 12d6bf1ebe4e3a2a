"""What is claimed of single events: that faults and repairs do what they are called, and nothing
else, what force overrules, and where a configuration comes from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

import z3

from quorate.cluster import WitnessKind
from quorate.counting.sets import Members, disjoint, empty, has, meets, one, some, subset, union
from quorate.system import Action, Always, EachStep, Formula, Variable, each_step
from quorate.values import dataclass
from quorate.windows.membership.model import Membership
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class _World:
    """What surrounds the islands: who is up, whom each reaches, whether the witness works, who
    reaches it, and which nodes were isolated."""

    up: Members
    reach: tuple[Members, ...]
    witness_up: Formula
    paths: Members
    isolated: Members


def faults_take_effect(model: Membership) -> EachStep:
    """A fault hits what is there, and takes it and nothing else; a repair brings back what was not
    there; and nothing else changes who is up, who reaches whom, or the witness."""
    return EachStep(
        "faults-take-effect",
        {action.name: _takes_effect(model.state, action) for action in model.system.actions},
    )


def _takes_effect(state: MembershipState, action: Action) -> Formula:
    witness, isolated = state.witness, state.isolated_variable
    now = _World(
        state.up_variable.term,
        tuple(variable.term for variable in state.reach_variables),
        witness.up.term if witness is not None else z3.BoolVal(False),
        witness.paths.term if witness is not None else state.sets.nothing,
        isolated.term if isolated is not None else state.sets.nothing,
    )
    hits, then = _found_and_left(state, action, now)
    same = [state.up_variable.next == then.up]
    same += [v.next == r for v, r in zip(state.reach_variables, then.reach, strict=True)]
    if witness is not None:
        same += [witness.up.next == then.witness_up, witness.paths.next == then.paths]
    if isolated is not None:
        same.append(isolated.next == then.isolated)
    return z3.And(hits, *same)


def _found_and_left(state: MembershipState, action: Action, now: _World) -> tuple[Formula, _World]:
    """What a fault or a repair finds, and the world that it leaves."""
    node, peer, side = state.node.term, state.peer.term, state.side.term
    verb, fine = Verb(action.verb), z3.BoolVal(True)
    match verb:
        case Verb.CRASH:
            return _is_one_of(node, now.up), replace(now, up=now.up & ~node)
        case Verb.PLANNED_STOP:
            return _is_one_of(node, state.running), replace(now, up=now.up & ~node)
        case Verb.POWER_FAILURE:
            return some(now.up), replace(now, up=state.sets.nothing)
        case Verb.SITE_FAILURE:
            return _site_failed(state, action.about, now)
        case Verb.PARTITION:
            return z3.And(some(side), some(~side)), _parted(action, now, side)
        case Verb.ISOLATION:
            lonely = _parted(action, now, node)
            lonely = replace(lonely, paths=_paths_of_others(action, state, now, node))
            if state.isolated_variable is not None:
                lonely = replace(lonely, isolated=now.isolated | node)
            return _is_one_of(node, now.up), lonely
        case Verb.LINK_FAILURE:
            lost = [
                z3.If(has(node, i), peer, z3.If(has(peer, i), node, state.sets.nothing))
                for i in range(len(now.reach))
            ]
            cut = tuple(reach & ~gone for reach, gone in zip(now.reach, lost, strict=True))
            linked = meets(state.sets.picked(node, now.reach), peer)
            return z3.And(one(node), one(peer), node != peer, linked), replace(now, reach=cut)
        case Verb.WITNESS_FAILURE:
            return now.witness_up, replace(now, witness_up=z3.BoolVal(False))
        case Verb.PATH_FAILURE:
            return _is_one_of(node, now.paths), replace(now, paths=now.paths & ~node)
        case Verb.RESTART:
            there = z3.And(some(side), disjoint(side, now.up))
            return there, replace(now, up=now.up | side)
        case Verb.HEAL:
            whole = tuple(r | state.sets.where(has(side, i), side) for i, r in enumerate(now.reach))
            mends = z3.Or(*(a != b for a, b in zip(whole, now.reach, strict=True)))
            return mends, replace(now, reach=whole)
        case Verb.WITNESS_RETURN:
            return z3.Not(now.witness_up), replace(now, witness_up=fine)
        case Verb.PATH_RETURN:
            there = z3.And(some(side), disjoint(side, now.paths))
            return there, replace(now, paths=now.paths | side)
        case (
            Verb.FORM
            | Verb.JOIN
            | Verb.TAKE_WITNESS
            | Verb.COMMIT
            | Verb.CATCH_UP
            | Verb.ADJUST_VOTES
            | Verb.FORCE
            | Verb.GIVE_WAY
        ):
            return fine, now
        case _:
            assert_never(verb)


def _is_one_of(node: Members, members: Members) -> Formula:
    return z3.And(one(node), subset(node, members))


def _is_on_the_network(state: MembershipState) -> bool:
    """The witness is lost to whoever is cut off; a disk has cables of its own."""
    witness = state.cluster.witness
    match witness.kind if witness is not None else None:
        case WitnessKind.FILE_SHARE | WitnessKind.CLOUD:
            return True
        case WitnessKind.DISK | None:
            return False
        case other:
            assert_never(other)


def _paths_of_others(action: Action, state: MembershipState, now: _World, node: Members) -> Members:
    """Who still reaches the witness when a node is cut off from all others: a share only the
    others, a disk whoever did, a cloud either, as the step says."""
    witness = state.cluster.witness
    match witness.kind if witness is not None else None:
        case WitnessKind.FILE_SHARE:
            return now.paths & ~node
        case WitnessKind.CLOUD:
            (way,) = (v for v in action.inputs if v.name == "cloud")
            return z3.If(way.term == 1, now.paths, now.paths & ~node)
        case WitnessKind.DISK | None:
            return now.paths
        case other:
            assert_never(other)


def _parted(action: Action, now: _World, side: Members) -> _World:
    """Nobody in `side` reaches anybody else; a share may be on either side, or on both."""
    inside = [z3.If(has(side, i), side, ~side) for i in range(len(now.reach))]
    cut = tuple(reach & own for reach, own in zip(now.reach, inside, strict=True))
    paths = now.paths
    for where in (v for v in action.inputs if v.name == "share"):
        paths = _share_kept(where, now.paths, side)
    return replace(now, reach=cut, paths=paths)


def _share_kept(where: Variable, paths: Members, side: Members) -> Members:
    """Both sides keep it, or the one that is cut off, or the other one, in this order."""
    both, own, _ = range(3)
    return z3.If(where.term == both, paths, z3.If(where.term == own, paths & side, paths & ~side))


def _site_failed(state: MembershipState, site: str, now: _World) -> tuple[Formula, _World]:
    inside = [node.name for node in state.cluster.nodes if node.site == site]
    lost, witness = state.sets.of(inside), state.cluster.witness
    then, worked = replace(now, up=now.up & ~lost), meets(now.up, lost)
    if witness is not None and witness.site == site:
        then = replace(then, witness_up=z3.BoolVal(False))
        worked = z3.Or(worked, now.witness_up)
    return worked, then


def changes_are_given(model: Membership) -> EachStep:
    """Whoever comes to have the newest configuration, without having accepted it, is given it: by a
    member of the island that it is in then, or by the disk that this island holds; and a witness by
    the node that holds it then (rules Q4, Q5)."""
    made = {Verb.COMMIT, Verb.ADJUST_VOTES, Verb.FORCE}
    if model.state.changing is not None:
        made.add(Verb.PLANNED_STOP)  # with which the votes are handed over
    rules: Mapping[Verb, Formula] = {verb: _is_given(model) for verb in Verb if verb not in made}
    return each_step("changes-are-given", model.system, rules, lacking=model.lacking)


def _is_given(model: Membership) -> Formula:
    state, witness = model.state, model.state.witness
    before, after = state.current, state.current_variable.next
    new, islands = after & ~before, [variable.next for variable in state.island_variables]
    given = [subset(new, union(islands))]
    for island in islands:
        sources = [disjoint(new, island), meets(island, before)]
        if witness is not None and not _is_on_the_network(state):
            sources.append(z3.And(witness.current.term, meets(witness.holder.next, island)))
        given.append(z3.Or(*sources))
    if witness is not None:
        written = z3.And(z3.Not(witness.current.term), witness.current.next)
        given.append(z3.Or(z3.Not(written), meets(witness.holder.next, after)))
    return z3.And(*given)


def witness_remembers(model: Membership) -> Always:
    """A witness that is held remembers the newest configuration just where its holder has it
    (wsfc.md 1.4)."""
    state = model.state
    same = state.witness_current == subset(state.holder, state.current)
    return Always("witness-remembers", z3.Or(empty(state.holder), same))


def force_outranks(model: Membership) -> EachStep:
    """Who is started by force reaches nobody that runs, is an island of its own, and has the one
    configuration that counts from then on (rule Q15)."""
    state, node, witness = model.state, model.state.node.term, model.state.witness
    alone = [
        z3.And(empty(before), after.next == node)
        for before, after in zip(state.islands, state.island_variables, strict=True)
    ]
    apart = disjoint(state.running, state.sets.picked(node, state.reach))
    outranks = [state.current_variable.next == node]
    if witness is not None:
        outranks.append(z3.Not(witness.current.next))
    listens = _is_one_of(node, state.up_variable.term & ~state.running)
    rules = {Verb.FORCE: z3.And(listens, apart, z3.Or(*alone), *outranks)}
    return each_step("force-outranks", model.system, rules, lacking=model.lacking)

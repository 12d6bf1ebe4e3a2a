"""What is claimed of membership and quorum.

A claim shares no rule with the model that it judges: votes, and who holds what, are asked of
`claimed_cluster.py`.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import assert_never

import z3

from quorate.counting.marks import full
from quorate.counting.sets import Members, disjoint, empty, has, meets, some, subset, union
from quorate.counting.votes import Votes
from quorate.system import (
    ActionKind,
    Always,
    EachStep,
    Formula,
    Instance,
    LeadsTo,
    actions_of,
    each_step,
)
from quorate.windows.membership.assumptions import UNLIMITED
from quorate.windows.membership.claimed_cluster import claimed
from quorate.windows.membership.model import Membership
from quorate.windows.membership.state import MembershipState
from quorate.windows.membership.verbs import Verb


def no_split_brain(model: Membership) -> Always:
    """Never two islands that both run."""
    pairs = combinations(model.state.islands, 2)
    return Always(
        "no-split-brain", z3.And(*(z3.Or(empty(one), empty(other)) for one, other in pairs))
    )


def no_minority_rule(model: Membership) -> Always:
    """No island runs without more than half of all configured votes, the witness's included only
    for the island that holds it (rules Q1, Q2)."""
    cluster = claimed(model)
    return Always(
        "no-minority-rule",
        z3.And(
            *(
                z3.Implies(some(island), cluster.majority(island, cluster.holds(island)))
                for island in model.state.islands
            )
        ),
    )


def no_partition_in_time(model: Membership) -> Always:
    """Every island that runs knows the newest configuration that was committed: one of its members
    has it, from whom the others can have it (rule Q5)."""
    islands, current = model.state.islands, model.state.current
    known = [z3.Or(empty(island), meets(island, current)) for island in islands]
    return Always("no-partition-in-time", z3.And(*known))


def commits_build_on_latest(model: Membership) -> EachStep:
    """Among those that accept a change is one that has all that was committed before, so that it is
    no change of an older configuration (wsfc.md 1.4)."""
    state = model.state
    builds = meets(state.side.term, state.current)
    rules = {Verb.COMMIT: builds, Verb.ADJUST_VOTES: builds}
    return each_step("commits-build-on-latest", model.system, rules, lacking=model.lacking)


def joiner_is_current(model: Membership) -> EachStep:
    """Whoever joins an island has the newest configuration after it, as far as a member of the
    island has it (rule Q4)."""
    state = model.state
    node, after = state.node.term, state.current_variable.next
    places = zip(state.islands, state.island_variables, strict=True)
    given = [
        z3.Or(disjoint(island.next, node), disjoint(before, state.current), subset(node, after))
        for before, island in places
    ]
    rules = {Verb.JOIN: z3.And(*given)}
    return each_step("joiner-is-current", model.system, rules, lacking=model.lacking)


def members_connected(model: Membership) -> EachStep:
    """Whoever forms or joins an island reaches all its members, and a cut leaves none on both of
    its sides; no other step lets an island grow or the network shrink (rule M2). The network is cut
    in both directions, so the members of an island always reach each other."""
    rules = {verb: _stays_connected(model, verb) for verb in Verb}
    return each_step("members-connected", model.system, rules, lacking=model.lacking)


def _stays_connected(model: Membership, verb: Verb) -> Formula:
    """What a step of `verb` must keep to, so that members that reached each other still do."""
    state = model.state
    node, peer, side = state.node.term, state.peer.term, state.side.term
    after = [variable.next for variable in state.island_variables]
    inside_one = [z3.Or(*(subset(i, j) for j in state.islands)) for i in after]
    no_growth = z3.And(*inside_one)
    no_cut = z3.And(*(subset(v.term, v.next) for v in state.reach_variables))

    def parted(one: Members, other: Members) -> Formula:
        return z3.And(*(z3.Not(z3.And(meets(i, one), meets(i, other))) for i in after))

    match verb:
        case Verb.FORM:
            together = [
                z3.Or(z3.Not(has(side, index)), subset(side, reached))
                for index, reached in enumerate(state.reach)
            ]
            return z3.And(*together, no_cut)
        case Verb.JOIN:
            reached = node | state.sets.picked(node, state.reach)
            among = [z3.Or(disjoint(i, node), subset(i, reached)) for i in after]
            return z3.And(*among, no_cut)
        case Verb.FORCE:
            alone = [z3.Or(old, i == node) for old, i in zip(inside_one, after, strict=True)]
            return z3.And(*alone, no_cut)
        case Verb.PARTITION:
            return z3.And(parted(side, ~side), no_growth)
        case Verb.ISOLATION:
            return z3.And(parted(node, ~node), no_growth)
        case Verb.LINK_FAILURE:
            return z3.And(parted(node, peer), no_growth)
        case (
            Verb.CRASH
            | Verb.POWER_FAILURE
            | Verb.SITE_FAILURE
            | Verb.WITNESS_FAILURE
            | Verb.PATH_FAILURE
            | Verb.PLANNED_STOP
            | Verb.RESTART
            | Verb.HEAL
            | Verb.WITNESS_RETURN
            | Verb.PATH_RETURN
            | Verb.TAKE_WITNESS
            | Verb.COMMIT
            | Verb.ADJUST_VOTES
            | Verb.CATCH_UP
            | Verb.GIVE_WAY
        ):
            return z3.And(no_growth, no_cut)
        case _:
            assert_never(verb)


def planned_stop_keeps_quorum(model: Membership) -> EachStep:
    """When the operator stops a node, the others of its island go on (rule Q9)."""
    state, node = model.state, model.state.node.term
    after = union([variable.next for variable in state.island_variables])
    go_on = [
        z3.Or(z3.Not(meets(island, node)), subset(island & ~node, after))
        for island in state.islands
    ]
    rules = {Verb.PLANNED_STOP: z3.And(*go_on)}
    return each_step("planned-stop-keeps-quorum", model.system, rules, lacking=model.lacking)


def only_with_disk(model: Membership) -> EachStep:
    """Under Disk Only a node joins or forms a cluster only in contact with the disk (rule Q3)."""
    state = model.state
    rules = {
        verb: z3.And(state.witness_up, subset(chosen.term, state.paths))
        for verb, chosen in ((Verb.FORM, state.side), (Verb.JOIN, state.node))
    }
    return each_step("only-with-disk", model.system, rules, lacking=model.lacking)


def witness_is_taken(model: Membership) -> LeadsTo:
    """A witness that nobody holds is taken by a node that runs and reaches it, provided that this
    is not put off for ever (wsfc.md 1.6)."""
    state = model.state
    free = some(claimed(model).may_take_witness)
    held = z3.If(empty(state.holder), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "witness-is-taken",
        trigger=free,
        goal=z3.Not(free),
        calm=_of_the_cluster(model),
        fair=tuple(action.name for action in actions_of(model.system, Verb.TAKE_WITNESS)),
        waiting=free,
        measure=(held,),
    )


def survives(model: Membership) -> Always:
    """Some node runs at every moment: whatever fails within the budget, service is not
    interrupted, the cluster having settled after each fault. A node that was isolated does not
    count: nobody would reach what runs there."""
    return Always("survives", some(model.state.running & ~model.state.isolated))


def survives_together(model: Membership) -> Always:
    """As `survives`, when all faults that may happen together have happened. Which of them stops
    the cluster alone is another question."""
    most = model.assumptions.at_most
    happened = z3.BoolVal(True) if most is UNLIMITED else claimed(model).so_many_faults(most)
    return Always("survives-together", z3.Implies(happened, survives(model).formula))


def stops_after_all_faults(model: Membership) -> Always:
    """When every fault of the budget has happened nothing runs any more."""
    spent = model.state.spent
    used_up = [full(c.term) for c in spent.counters.values()] if spent is not None else []
    return Always("stops", z3.Implies(z3.And(*used_up), empty(model.state.running)))


def recovers(model: Membership) -> LeadsTo:
    """Once everything that failed is back and stays so, the cluster runs, without a hand (rules
    Q6, Q8): the nodes form it, provided that they do not put that off for ever."""
    state, cluster = model.state, claimed(model)
    votes = cluster.votes
    everyone, nothing = state.sets.everything, state.sets.nothing
    stopped = z3.If(empty(state.running), z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))
    return LeadsTo(
        "recovers",
        trigger=cluster.is_whole,
        goal=some(state.running),
        calm=_of_the_cluster(model),
        fair=tuple(action.name for action in actions_of(model.system, Verb.FORM)),
        waiting=cluster.is_whole,
        measure=(stopped,),
        instances=(
            votes.cover_shares_all(everyone, nothing),
            votes.nobody_counts(),
            votes.bounds(cluster.may_belong),
            *_somebody_votes(model.state, votes),
        ),
    )


def _somebody_votes(state: MembershipState, votes: Votes) -> Iterator[Instance]:
    """Votes that follow who runs are never none: who has the latest configuration has some."""
    if state.changing is not None:
        voters = state.changing.ballot.voters.term
        yield votes.bounds(voters)
        yield votes.subset_has_no_more(state.current & voters, voters)


def all_join(model: Membership) -> LeadsTo:
    """Once a cluster runs and everything is back and stays so, every node that may be a member is
    one in the end, provided that joining is not put off for ever (rules Q6, Q8)."""
    state, cluster = model.state, claimed(model)
    apart = cluster.may_belong & ~state.running
    waiting = z3.And(cluster.is_whole, some(state.running))
    return LeadsTo(
        "all-join",
        trigger=waiting,
        goal=empty(apart),
        calm=_of_the_cluster(model),
        fair=tuple(action.name for action in actions_of(model.system, Verb.JOIN)),
        waiting=waiting,
        measure=(apart,),
    )


def _of_the_cluster(model: Membership) -> tuple[str, ...]:
    """What the cluster does by itself, without a fault, a repair or a hand."""
    return tuple(a.name for a in model.system.actions if a.kind is ActionKind.CLUSTER)

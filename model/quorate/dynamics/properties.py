"""What is claimed of membership and quorum."""

import z3

from quorate.dynamics.membership import Membership
from quorate.dynamics.sets import lowest, select, some, subset_facts
from quorate.system import Always


def no_split_brain(model: Membership) -> Always:
    """Never two islands that both run. Islands are labelled by their lowest member, so one island
    means that every running node's label is the lowest running node."""
    state = model.state
    label = lowest(state.running, state.nobody)
    return Always(
        "no-split-brain",
        z3.And(
            *(
                z3.Implies(running, own == label)
                for running, own in zip(state.running, state.island, strict=True)
            )
        ),
    )


def no_minority_rule(model: Membership) -> Always:
    """No island runs without more than half of all configured votes, the witness's included only
    for the island that holds it (rules Q1, Q2). Said of the watched island, which is any."""
    state, quorum = model.state, model.quorum
    group = [
        z3.And(running, label == state.watched)
        for running, label in zip(state.running, state.island, strict=True)
    ]
    holds = select(group, state.holder, z3.BoolVal(False))
    everyone = z3.And(*(z3.Or(z3.Not(r), g) for r, g in zip(state.running, group, strict=True)))
    return Always(
        "no-minority-rule",
        z3.Implies(some(group), quorum.majority(quorum.tally(group, holds))),
        facts=tuple(subset_facts(everyone, state.running, group)),
    )


def no_partition_in_time(model: Membership) -> Always:
    """No node runs on a configuration older than one that was committed (rule Q5)."""
    state = model.state
    return Always(
        "no-partition-in-time",
        z3.And(
            *(
                z3.Implies(running, stored >= state.latest)
                for running, stored in zip(state.running, state.stored, strict=True)
            )
        ),
    )


def survives(model: Membership) -> Always:
    """Some node runs at every moment: whatever fails within the budget, service is not
    interrupted, the cluster having settled after each fault."""
    return Always("survives", some(model.state.running))

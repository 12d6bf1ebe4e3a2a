"""The joint between the two models: whatever membership and quorum do to the set of nodes that run,
the model of groups can do to its members, in one or several steps.

Members are lost one by one as long as the rest has a majority, all stop at once, nodes return to
members that are there, and after an outage all form the cluster and some are lost again. So every
step of membership is covered if it only loses nodes, only gains nodes, or starts from none; and if
what runs afterwards has votes enough, with a witness that counts for whoever is cabled to it.
"""

import pytest
import z3

from corpus.cases import DISK, ONLY, SHARE, cluster, run
from quorate.counting.sets import empty, meets, some, subset
from quorate.engines import induction
from quorate.evidence import certificate
from quorate.evidence.judge import Judge
from quorate.system import Always
from quorate.system.steps import after
from quorate.windows.groups import Assumptions as GroupAssumptions
from quorate.windows.groups.model import Groups
from quorate.windows.membership import Membership

CLUSTERS = [cluster(2), cluster(3), cluster(2, DISK), cluster(4, SHARE), cluster(3, ONLY)]


def hour() -> float:
    return 3600.0


@pytest.mark.parametrize("of", CLUSTERS, ids=lambda of: of.name)
def test_what_runs_could_be_the_members(of):
    model = Membership(of, run())
    state = model.state
    holds = meets(state.running, state.cabled) if state.witness is not None else z3.BoolVal(False)
    enough = z3.Or(empty(state.running), model.quorum.majority(state.running, holds))
    allowed = subset(state.running, state.may_belong | state.running)
    claim = Always("what runs could be the members", z3.And(enough, allowed))
    known = induction.inductive(model.system, model.system.offered, hour)
    proof = induction.prove(model.system, claim, known, hour)
    obligations = certificate.claim_obligations(model.system, claim, proof.invariant)
    Judge(model.system.definitions).check(obligations, hour)


@pytest.mark.parametrize("of", CLUSTERS, ids=lambda of: of.name)
def test_a_step_only_loses_nodes_or_only_gains_them(of):
    model = Membership(of, run())
    running, system = model.state.running, model.system
    for action in system.actions:
        then = after(system, action, running)
        solver = z3.Solver()
        solver.add(*(lemma.formula for lemma in system.offered))
        solver.add(*action.full_guard, *(i.formula for i in action.instances))
        solver.add(some(then), z3.Not(subset(then, running)), z3.Not(subset(running, then)))
        assert solver.check() == z3.unsat, action.name


@pytest.mark.parametrize("of", CLUSTERS, ids=lambda of: of.name)
def test_the_members_lose_one_while_the_rest_has_votes_enough_and_all_if_not(of):
    model = Groups(of, GroupAssumptions(()))
    crash = model.system.action["crash"]
    node = crash.inputs[0].term
    rest = model.state.members & ~node
    then = after(model.system, crash, model.state.members)
    solver = z3.Solver()
    solver.add(*crash.full_guard)
    solver.add(then != z3.If(model.state.may_run(rest), rest, model.state.sets.nothing))
    assert solver.check() == z3.unsat

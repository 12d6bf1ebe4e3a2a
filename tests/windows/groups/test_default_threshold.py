"""How often a group fails over whose file does not say it: the documented default counts nodes, and
which of them is open (rule G3)."""

from dataclasses import replace

import pytest
import z3
from group_accounts import SQL, Life, cluster

from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Resource,
    RestartAction,
    WindowsVersion,
)
from quorate.engines import bmc, induction
from quorate.evidence.judge import Judge
from quorate.evidence.progress import progress_obligations
from quorate.inquiry.asking import proved
from quorate.system import Always, Formula, Proved, Refuted
from quorate.windows.groups import Assumptions
from quorate.windows.groups.failover_properties import failover_happens
from quorate.windows.groups.model import Groups
from quorate.windows.groups.progress_properties import completes
from quorate.windows.groups.properties import threshold_respected
from quorate.windows.groups.situation import Counted, Event, Phase, ResourceState
from quorate.windows.groups.verbs import Verb

APP = Resource("app", restart_threshold=0)


def of(nodes: str, threshold: int | None = None, **changes: object) -> Groups:
    group = Group("G", (replace(APP, **changes),), failover_threshold=threshold)
    made = Cluster(
        "c",
        tuple(map(Node, nodes)),
        NodeMajority(),
        groups=(group,),
        version=WindowsVersion.WINDOWS_2008,
    )
    return Groups(made, Assumptions(("G",), operator=False))


@pytest.mark.parametrize(
    ("model", "is_open"),
    [
        (of("ABC"), True),
        (of("AB"), False),
        (of("A"), False),
        (of("ABC", 2), False),
        (of("ABC", 0), False),
        (of("ABC", restart=RestartAction.RESTART), False),
        (of("ABC", possible_owners=("B",)), False),
        (of("ABC", possible_owners=("A", "B")), True),
    ],
)
def test_it_is_open_where_it_matters(model, is_open):
    (group,) = model.state.groups
    assert (group.counted is not None) is is_open


def begins(model: Groups, counted: Counted, lost: str, failovers: int) -> bool:
    """Whether a run that counts these nodes can come to begin so many failovers in one period,
    with the nodes in `lost` down as it does so."""
    (group,) = model.state.groups
    action = next(a for a in model.system.actions if a.verb is Verb.BEGIN_FAILOVER)
    assert group.counted is not None
    names = frozenset(model.cluster.node_names)
    wrong: list[Formula] = [
        group.counted.term == list(Counted).index(counted),
        model.state.members == model.state.sets.of(names - set(lost)),
        group.failovers_variable.term == (1 << (failovers - 1)) - 1,
        *action.guard,
    ]
    claim = Always("never", z3.Not(z3.And(*wrong)))
    return isinstance(bmc.search(model.system, claim, 12, lambda: 3600.0), Refuted)


FOUR = of("ABCD", possible_owners=("A", "B", "C"))


@pytest.mark.parametrize(
    ("counted", "lost", "most"),
    [
        (Counted.NODES, "", 3),
        (Counted.NODES, "D", 3),
        (Counted.MEMBERS, "", 3),
        (Counted.MEMBERS, "D", 2),
        (Counted.AVAILABLE, "", 2),
        (Counted.AVAILABLE, "D", 2),
        (Counted.AVAILABLE, "C", 1),
    ],
)
def test_so_many_are_begun_and_no_more(counted, lost, most):
    assert begins(FOUR, counted, lost, most)
    assert most == len(FOUR.cluster.nodes) - 1 or not begins(FOUR, counted, lost, most + 1)


def test_what_is_claimed_holds_whichever_nodes_count():
    model = of("ABC")
    known = induction.inductive(model.system, model.system.offered, lambda: 3600.0)
    claim = threshold_respected(model, "G")
    found = proved(induction.prove, model.system, claim, known, lambda: 3600.0)
    assert isinstance(found, Proved)
    for in_the_end in (failover_happens(model, "G"), completes(model, "G")):
        obligations = progress_obligations(model.system, in_the_end, known)
        Judge(model.system.definitions).check(obligations, lambda: 3600.0)


def life(counted: Counted | None, failovers: int) -> Life:
    """Three nodes, of which one is down."""
    made = Life(cluster("c", 3, SQL))
    made.step(Event(Verb.CRASH, node="HV3"), {"SQL": {"counted": counted}}, members={"HV1", "HV2"})
    for count in range(1, failovers + 1):
        made.fails("SQL", "SQL Agent")
        going = {"phase": Phase.MOVING, "failovers": count}
        made.step(Event(Verb.BEGIN_FAILOVER, "SQL"), {"SQL": going})
        rests = {"phase": Phase.SERVING, "states": {"SQL Agent": ResourceState.ONLINE}}
        made.step(Event(Verb.TRANSFER, "SQL", node="HV2"), {"SQL": rests})
    return made.fails("SQL", "SQL Agent")


@pytest.mark.parametrize(
    ("counted", "failovers", "is_said"),
    [
        (Counted.NODES, 1, False),
        (Counted.MEMBERS, 0, False),
        (Counted.MEMBERS, 1, True),
        (Counted.AVAILABLE, 1, True),
        (Counted.MEMBERS, 2, True),
        (None, 1, False),
    ],
)
def test_a_run_that_rests_on_the_smaller_number_says_so(counted, failovers, is_said):
    said = life(counted, failovers).account("t", "v").text()
    assert ("the file does not say how often group SQL fails over" in said) is is_said


@pytest.mark.parametrize(("counted", "most"), [(Counted.NODES, 2), (Counted.MEMBERS, 1)])
def test_a_failover_is_counted_against_what_is_counted(counted, most):
    said = life(counted, 1).account("t", "v").text()
    assert f"It is failover 1 of at most {most} in this period." in said

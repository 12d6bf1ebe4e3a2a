"""Each verb of which a rule about single steps speaks, the rule would notice: if a step of the verb
could do anything at any time, a run would end with one that the rule forbids."""

from dataclasses import replace

import pytest

from quorate.changes.rewriting import anything
from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    Migration,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    Window,
    WindowsVersion,
)
from quorate.engines import bmc
from quorate.inquiry.asking import searched
from quorate.system import EachStep, Refuted, actions_of
from quorate.windows.groups import data_properties, memory_properties, step_properties
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.model import Groups
from quorate.windows.groups.verbs import Verb

MACHINE = Resource("vm", ResourceKind.VIRTUAL_MACHINE, restart_threshold=0, writes_to=("V",))
MOVING = Cluster(
    "everything that moves",
    tuple(Node(name) for name in "ABC"),
    NodeMajority(),
    groups=(
        Group(
            "G",
            (MACHINE,),
            preferred_owners=("A", "B"),
            failback=FailbackPolicy.WINDOW,
            window=Window(22, 5),
            migration=Migration.LIVE,
        ),
    ),
    volumes=("V",),
    version=WindowsVersion.WINDOWS_2008,
)
MODEL = Groups(MOVING, Assumptions(("G",), Detection.EVENTUAL))
(KEY,) = (group.key for group in MODEL.state.groups)

RULES = {
    step_properties.failover_needs_cause: {Verb.BEGIN_FAILOVER, Verb.TAKE_OVER},
    step_properties.restarts_limited: {Verb.START},
    step_properties.paused_takes_nothing: {
        Verb.START,
        Verb.TRANSFER,
        Verb.TAKE_OVER,
        Verb.BEGIN_FAILBACK,
        Verb.DRAIN,
        Verb.MOVE,
        Verb.MIGRATE,
    },
    step_properties.drain_empties: {Verb.DRAIN},
    step_properties.failback_by_policy: {Verb.BEGIN_FAILBACK},
    step_properties.returns_remembered: {
        Verb.CRASH,
        Verb.OUTAGE,
        Verb.CUT_OFF,
        Verb.RETURN,
        Verb.FORM,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.DRAIN,
    },
    step_properties.next_owner: {Verb.TRANSFER, Verb.TAKE_OVER},
    memory_properties.failures_counted: {
        Verb.FAIL,
        Verb.VOLUME_FAILURE,
        Verb.RESTART_PERIOD_PASSES,
        Verb.TRANSFER,
        Verb.TAKE_OVER,
        Verb.BRING_ONLINE,
    },
    memory_properties.pause_lasts: {Verb.PAUSE, Verb.DRAIN, Verb.RESUME},
    memory_properties.commands_remembered: {Verb.TAKE_OFFLINE, Verb.BRING_ONLINE},
    memory_properties.failback_needs_cause: {
        Verb.CRASH,
        Verb.OUTAGE,
        Verb.CUT_OFF,
        Verb.RETURN,
        Verb.FORM,
        Verb.PAUSE,
        Verb.RESUME,
        Verb.DRAIN,
        Verb.BEGIN_FAILBACK,
    },
    memory_properties.saved_is_restored: {Verb.GO_OFFLINE, Verb.COME_ONLINE},
    memory_properties.stale_remembered: {
        Verb.CRASH,
        Verb.OUTAGE,
        Verb.CUT_OFF,
        Verb.NOTICE,
        Verb.TRANSFER,
        Verb.TAKE_OVER,
        Verb.START_CUT_OFF,
        Verb.COME_ONLINE_CUT_OFF,
    },
    data_properties.planned_keeps_memory: {Verb.GO_OFFLINE},
    step_properties.moves_arrive: {Verb.TRANSFER, Verb.SWITCH, Verb.TAKE_OVER},
}
"""Where all that a rule speaks of can happen, the verbs of which it speaks."""


TEETH = [
    pytest.param(make, verb, id=f"{make.__name__}, {verb.value}")
    for make, verbs in RULES.items()
    for verb in sorted(verbs, key=list(Verb).index)
]


@pytest.mark.parametrize(
    ("make", "verbs"), list(RULES.items()), ids=lambda v: getattr(v, "__name__", "")
)
def test_a_rule_speaks_of_the_verbs_that_it_is_about(make, verbs):
    assert {MODEL.system.action[name].verb for name in make(MODEL, "G").formulas} == verbs


@pytest.mark.parametrize(("make", "verb"), TEETH)
def test_a_rule_notices_a_step_of_each_of_its_verbs_that_may_do_anything(make, verb):
    twin = replace(MODEL, rewriting=lambda system: anything(system, verb, about=KEY))
    found = searched(bmc.search, twin.system, about(make(twin, "G"), verb, twin), 3, lambda: 3600.0)
    assert isinstance(found, Refuted)
    assert twin.system.action[found.trace.steps[-1].action].verb is verb


def about(rule: EachStep, verb: Verb, model: Groups) -> EachStep:
    """What the rule says of one verb: after a step that may do anything others are free to break
    it."""
    names = {action.name for action in actions_of(model.system, verb)}
    return replace(rule, formulas={n: f for n, f in rule.formulas.items() if n in names})

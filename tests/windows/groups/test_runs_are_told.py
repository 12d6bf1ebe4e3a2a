"""Whatever the model does, its account does not fail: long walks through all that can happen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest
import z3
from group_accounts import resource

from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    GroupSet,
    Migration,
    Node,
    NodeMajority,
    StartupTrigger,
    Window,
    WindowsVersion,
)
from quorate.system import (
    Action,
    ActionKind,
    Enumeration,
    State,
    Step,
    System,
    Trace,
    Variable,
)
from quorate.system.interpreter import Interpreter
from quorate.windows.groups import Assumptions as GroupAssumptions
from quorate.windows.groups import Detection, Deviation
from quorate.windows.groups.model import Groups
from quorate.windows.groups.reading import moments
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.caveats import caveats
from quorate.windows.groups.verbs import Verb

FILES = Group(
    "Files",
    (
        replace(resource("Disk", "disk"), restart_threshold=0),
        replace(resource("IP 1", "ip-address"), subnet="1"),
        replace(resource("IP 2", "ip-address"), subnet="2"),
        resource("Name", "network-name", "[IP 1] or [IP 2]"),
        resource("Share", "file-share", "([Disk]) and ([Name])", "Disk"),
    ),
    preferred_owners=("A",),
    failback=FailbackPolicy.WINDOW,
    window=Window(8, 18),
)
MACHINES = Group(
    "Machines",
    (replace(resource("Machine", "virtual-machine", "", "Volume"), possible_owners=("A", "B")),),
    migration=Migration.LIVE,
)
CLUSTER = Cluster(
    "c",
    (Node("A", subnets=("1",)), Node("B", subnets=("2",)), Node("C")),
    NodeMajority(),
    groups=(FILES, MACHINES),
    volumes=("Volume",),
    fencing=True,
    group_sets=(
        GroupSet("files", ("Files",), (), StartupTrigger.ONLINE),
        GroupSet("machines", ("Machines",), ("files",)),
    ),
    version=WindowsVersion.WINDOWS_2022,
    dynamic_quorum=False,
)


def model_of(deviation: Deviation | None = None) -> Groups:
    names = tuple(group.name for group in CLUSTER.groups)
    # With eventual detection a node that was cut off goes on by the real rules.
    instant = deviation is Deviation.LEAVES_RESOURCES_RUNNING
    detection = Detection.INSTANT if instant else Detection.EVENTUAL
    model = Groups(CLUSTER, GroupAssumptions(names, detection))
    return deviation.twin(model) if deviation is not None else model


def initial(system: System) -> State:
    solver = z3.Solver()
    solver.add(*system.full_initial)
    assert solver.check() == z3.sat
    found = {v.name: solver.model().eval(v.term, True) for v in system.variables}
    return {
        name: z3.is_true(value) if z3.is_bool(value) else value.as_long()
        for name, value in found.items()
    }


def choices_of(action: Action) -> Iterator[dict[str, int]]:
    """One of its members for each input."""
    ranges = (range(len(_values(variable))) for variable in action.inputs)
    for places in product(*ranges):
        yield {v.name: _values(v)[p] for v, p in zip(action.inputs, places, strict=True)}


def _values(variable: Variable) -> list[int]:
    match variable.sort:
        case Enumeration(names):
            return list(range(len(names)))
        case _:
            return [1 << place for place in range(variable.term.size())]


def rare(action: Action) -> int:
    """Faults and the operator leave the cluster time to recover."""
    return 1 if action.kind in {ActionKind.CLUSTER, ActionKind.REPAIR} else 20


def walk(model: Groups, steps: int, seed: int) -> Trace:
    """A run that prefers what happened least, so that everything happens."""
    system, random = model.system, Random(seed)
    interpreter, taken = Interpreter(system), Counter[str]()
    start = state = initial(system)
    found = []
    for _ in range(steps):
        tries = [(action, inputs) for action in system.actions for inputs in choices_of(action)]
        tries.sort(key=lambda one: random.random() * (1 + taken[one[0].name]) * rare(one[0]))
        action, inputs = next(
            (action, inputs)
            for action, inputs in tries
            if interpreter.refusal(action, state, inputs) is None
        )
        taken[action.name] += 1
        state = interpreter.after(action, state, inputs)
        found.append(Step(action.name, inputs, state))
    return Trace(start, tuple(found))


def account_of(model: Groups, steps: int, seed: int) -> Account:
    run = moments(model, walk(model, steps, seed))
    account = Account("a walk", model.cluster, run, "it is over")
    assert account.text().count("\n") == steps + 6 + len(list(caveats(account)))
    assert len(account.data()["steps"]) == steps + 1
    assert account.picture().startswith("graph")
    return account


def test_long_runs_are_told_with_every_verb() -> None:
    model, verbs = model_of(), set[Verb]()
    for seed in range(6):
        verbs |= {step.verb for step in account_of(model, 300, seed).transitions}
    assert verbs == set(Verb)


NEEDLESS = {Deviation.IGNORES_ANTI_AFFINITY, Deviation.STARTS_BESIDE}
"""These groups avoid nobody."""


@pytest.mark.parametrize("deviation", [d for d in Deviation if d not in NEEDLESS])
def test_a_run_against_the_rules_is_told(deviation: Deviation) -> None:
    account_of(model_of(deviation), 20, seed=0)

"""What a command to one resource does to others, on an application that needs a disk and a name,
the name needing an address by either of two."""

from dataclasses import dataclass, replace

import pytest

from quorate.cluster import Cluster, Dependency, Group, Node, NodeMajority, Resource, WindowsVersion
from quorate.system import State, Value
from quorate.system.interpreter import Interpreter
from quorate.windows.groups import Assumptions
from quorate.windows.groups.model import Groups
from quorate.windows.groups.reading import situation
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import Event, GroupSituation, Moment, ResourceState
from quorate.windows.groups.verbs import Verb

GROUP = Group(
    "G",
    (
        Resource("disk"),
        Resource("north"),
        Resource("south"),
        Resource("name", depends_on=Dependency((("north", "south"),))),
        Resource("app", depends_on=Dependency((("disk",), ("name",)))),
        Resource("other"),
    ),
)
CLUSTER = Cluster(
    "c",
    tuple(map(Node, "ABC")),
    NodeMajority(),
    groups=(GROUP,),
    version=WindowsVersion.WINDOWS_2008,
)
ALL = frozenset(GROUP.resource_names)
BROUGHT, WANTED = "brought online", "wanted"
"""What becomes of the persistent state of what is brought online first."""
WAITING, TAKEN, UNWANTED = "waiting", "taken offline", "unwanted"
"""What becomes of what is taken offline first."""


@dataclass
class Run:
    """The group in the model, step by step."""

    model: Groups
    state: State

    @classmethod
    def starts(cls, of: Cluster = CLUSTER) -> "Run":
        model = Groups(of, Assumptions(("G",)))
        every = (1 << len(ALL)) - 1
        first: dict[str, Value] = {v.name: 0 for v in model.system.variables}
        first |= {"members": 0b111, "group.G.owner": 1, "group.G.online": every}
        return cls(model, first | {"group.G.wanted": every, "group.G.driven": every})

    @property
    def group(self) -> GroupSituation:
        return situation(self.model, self.state).group("G")

    @property
    def online_resources(self) -> frozenset[str]:
        return self.group.in_state(ResourceState.ONLINE)

    def takes(self, action: str, **chosen: str) -> "Run":
        found, interpreter = self.model.system.action[action], Interpreter(self.model.system)
        inputs = self.inputs(action, **chosen)
        assert interpreter.refusal(found, self.state, inputs) is None
        return replace(self, state=interpreter.after(found, self.state, inputs))

    def may(self, action: str, **chosen: str) -> bool:
        found, interpreter = self.model.system.action[action], Interpreter(self.model.system)
        return interpreter.refusal(found, self.state, self.inputs(action, **chosen)) is None

    def inputs(self, action: str, **chosen: str) -> dict[str, Value]:
        inputs: dict[str, Value] = {}
        for variable in self.model.system.action[action].inputs:
            place = variable.sort.names.index(chosen[variable.name])
            open_choice = variable.name in ("providers", "dependents")
            inputs[variable.name] = place if open_choice else 1 << place
        return inputs

    def offline(self, *names: str, dependents: str = WAITING) -> "Run":
        run = self
        for name in names:
            run = run.takes("take offline: group.G", resource=name, dependents=dependents)
        return run.rests()

    def online(self, name: str, providers: str = BROUGHT) -> "Run":
        return self.takes("bring online: group.G", resource=name, providers=providers)

    def crashes(self) -> "Run":
        return self.takes("crash", node="A").takes("take over: group.G", node="B").rests()

    def rests(self) -> "Run":
        """All that the cluster does with resources by itself."""
        run = self
        for _ in range(100):
            found = [
                (f"{verb}: group.G", name)
                for verb in ("stop", "go offline", "start", "come online")
                for name in GROUP.resource_names
                if run.may(f"{verb}: group.G", resource=name)
            ]
            if not found:
                return run
            action, name = found[0]
            run = run.takes(action, resource=name)
        raise AssertionError("it never rests")


@pytest.mark.parametrize("providers", [BROUGHT, WANTED])
@pytest.mark.parametrize(
    ("offline", "brings", "online"),
    [
        (("disk", "app"), "app", ALL),
        (("disk", "north", "south", "name", "app"), "app", ALL),
        # Of alternatives each is brought.
        (("north", "name"), "name", ALL),
        # What nothing of it needs stays as it was commanded.
        (("disk", "app", "other"), "app", ALL - {"other"}),
        # Nobody brings online what needs it.
        (("disk", "app"), "disk", ALL - {"app"}),
        (("disk",), "app", ALL),
    ],
)
def test_what_a_resource_needs_comes_online_with_it(offline, brings, online, providers):
    run = Run.starts().offline(*offline)
    assert not run.online_resources & {brings, *offline}
    assert run.online(brings, providers).rests().online_resources == online


@pytest.mark.parametrize(("providers", "online"), [(BROUGHT, ALL - {"disk", "app"}), (WANTED, ALL)])
def test_after_a_crash_each_is_driven_to_its_persistent_state(providers, online):
    """What becomes of that of a provider is not documented, so both can be."""
    run = Run.starts().offline("disk", "app").online("app", providers).rests()
    assert run.online_resources == ALL
    assert run.crashes().online_resources == online


@pytest.mark.parametrize(
    ("dependents", "back", "after_a_crash"),
    [
        (WAITING, ALL, ALL),
        (TAKEN, ALL - {"name", "app"}, ALL),
        (UNWANTED, ALL - {"name", "app"}, ALL - {"name", "app"}),
    ],
)
def test_what_needs_a_resource_goes_offline_before_it(dependents, back, after_a_crash):
    """What becomes of it when the resource is online again is not documented."""
    run = Run.starts().offline("north").offline("south", dependents=dependents)
    assert run.online_resources == {"disk", "other"}
    run = run.online("south").online("north").rests()
    assert run.online_resources == back
    assert run.crashes().online_resources == after_a_crash


@pytest.mark.parametrize("dependents", [WAITING, TAKEN, UNWANTED])
def test_who_has_an_alternative_left_stays(dependents):
    run = Run.starts().offline("north", dependents=dependents)
    assert run.online_resources == run.group.driven == ALL - {"north"}


def test_what_was_brought_online_can_be_taken_offline():
    run = Run.starts().offline("disk", "app").online("app", BROUGHT).rests()
    assert run.offline("disk").online_resources == ALL - {"disk", "app"}


def test_a_provider_that_failed_too_often_is_tried_again():
    never = tuple(replace(r, restart_threshold=0) for r in GROUP.resources)
    alone = replace(CLUSTER, groups=(replace(GROUP, resources=never, failover_threshold=0),))
    run = Run.starts(alone).takes("fail: group.G", resource="disk").rests()
    assert run.online_resources == ALL - {"disk", "app"}
    assert run.online("app", BROUGHT).rests().online_resources == ALL


def told(event: Event, before: Run, after: Run) -> list[str]:
    first, second = (situation(run.model, run.state) for run in (before, after))
    life = (Moment(None, first), Moment(event, second))
    said: list[str] = Account("t", CLUSTER, life, "v").data()["steps"][1]["sentences"]
    return said


def test_the_account_says_what_came_with_it():
    run = Run.starts().offline("disk", "app")
    event = Event(Verb.BRING_ONLINE, "G", "app")
    assert told(event, run, run.online("app", WANTED)) == [
        "The operator wants app online again.",
        "disk, which it needs, is brought online first.",
        "disk is wanted from now on.",
    ]
    assert told(event, run, run.online("app", BROUGHT)) == [
        "The operator wants app online again.",
        "disk, which it needs, is brought online first.",
    ]


def test_the_account_says_what_went_with_it():
    event = Event(Verb.TAKE_OFFLINE, "G", "disk")
    for dependents, said in (
        (WAITING, []),
        (TAKEN, ["app, which needs it, is taken offline first."]),
        (
            UNWANTED,
            ["app, which needs it, is taken offline first.", "app is not wanted any more."],
        ),
    ):
        run = Run.starts()
        after = run.takes("take offline: group.G", resource="disk", dependents=dependents)
        assert told(event, run, after) == ["The operator wants disk offline.", *said]

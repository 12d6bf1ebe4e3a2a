"""Accounts told by hand, as the models would tell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quorate.cluster import (
    Cluster,
    Group,
    Node,
    NodeMajority,
    Resource,
    ResourceKind,
    WindowsVersion,
    parse_dependency,
)
from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.situation import (
    Event,
    GroupSituation,
    Moment,
    Phase,
    ResourceState,
    Situation,
)
from quorate.windows.groups.verbs import Verb

OFF, ON = ResourceState.OFFLINE, ResourceState.ONLINE
UP, DOWN = ResourceState.ONLINE_PENDING, ResourceState.OFFLINE_PENDING
FAILED = ResourceState.FAILED


def resource(name: str, kind: str, needs: str = "", *writes_to: str) -> Resource:
    return Resource(name, ResourceKind(kind), parse_dependency(needs), writes_to=writes_to)


SQL = Group(
    "SQL",
    (
        resource("Disk S", "disk"),
        resource("SQL IP", "ip-address"),
        resource("SQL Name", "network-name", "[SQL IP]"),
        resource("SQL Server", "service", "([Disk S]) and ([SQL Name])", "Disk S"),
        resource("SQL Agent", "service", "[SQL Server]"),
    ),
)


def cluster(name: str, count: int, *groups: Group, **more: Any) -> Cluster:
    nodes = tuple(Node(f"HV{number}") for number in range(1, count + 1))
    return Cluster(
        name, nodes, NodeMajority(), groups=groups, **more, version=WindowsVersion.WINDOWS_2008
    )


@dataclass
class Life:
    """Moments one after another; each step says only what it changes. The `states` of a group are
    laid over those before."""

    cluster: Cluster
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        owner = self.cluster.node_names[0]
        groups = tuple(
            GroupSituation(g.name, owner, Phase.SERVING, dict.fromkeys(g.resource_names, ON))
            for g in self.cluster.groups
        )
        members = frozenset(self.cluster.node_names)
        start = Situation(members, groups, volumes=frozenset(self.cluster.volumes))
        self.moments.append(Moment(None, start))

    @property
    def now(self) -> Situation:
        return self.moments[-1].situation

    @property
    def last(self) -> int:
        return len(self.moments) - 1

    def group(self, name: str) -> GroupSituation:
        return self.now.group(name)

    def step(
        self, event: Event, groups: Mapping[str, Mapping[str, Any]] | None = None, **changes: Any
    ) -> "Life":
        changed = tuple(
            self._changed(group, dict((groups or {}).get(group.name, {})))
            for group in self.now.groups
        )
        changes = {key: frozenset(value) for key, value in changes.items()}
        self.moments.append(Moment(event, replace(self.now, groups=changed, **changes)))
        return self

    def _changed(self, group: GroupSituation, changes: dict[str, Any]) -> GroupSituation:
        states = {**group.states, **changes.pop("states", {})}
        changes = {k: frozenset(v) if isinstance(v, set) else v for k, v in changes.items()}
        return replace(group, states=states, **changes)

    def starts(self, group: str, *names: str) -> "Life":
        """Each begins to come online, and is online."""
        for name in names:
            self.step(Event(Verb.START, group, name), {group: {"states": {name: UP}}})
            self.step(Event(Verb.COME_ONLINE, group, name), {group: {"states": {name: ON}}})
        return self

    def stops(self, group: str, *names: str) -> "Life":
        for name in names:
            written = self.group(group).unwritten - {name}
            self.step(
                Event(Verb.STOP, group, name),
                {group: {"states": {name: DOWN}, "unwritten": written}},
            )
            self.step(Event(Verb.GO_OFFLINE, group, name), {group: {"states": {name: OFF}}})
        return self

    def writes(self, group: str, name: str) -> "Life":
        """It holds data that is not on disk yet."""
        return self.step(Event(Verb.WRITE, group, name), {group: {"unwritten": {name}}})

    def fails(self, group: str, name: str) -> "Life":
        return self.step(Event(Verb.FAIL, group, name), {group: {"states": {name: FAILED}}})

    def off(self, group: str) -> dict[str, ResourceState]:
        return dict.fromkeys(self.group(group).states, OFF)

    def without(self, *nodes: str) -> frozenset[str]:
        return self.now.members - frozenset(nodes)

    def account(self, title: str, violation: str, **more: Any) -> Account:
        return Account(title, self.cluster, tuple(self.moments), violation, **more)


def crash_and_take_over() -> Account:
    """One crash; the other node takes the group, and the client has to ask again."""
    life = Life(cluster("Two nodes with SQL", 2, SQL))
    life.writes("SQL", "SQL Server")
    life.step(
        Event(Verb.CRASH, node="HV1"),
        {"SQL": {"states": life.off("SQL"), "unwritten": frozenset()}},
        members={"HV2"},
    )
    life.step(Event(Verb.TAKE_OVER, "SQL", node="HV2"), {"SQL": {"owner": "HV2", "failovers": 1}})
    life.starts("SQL", "Disk S", "SQL IP", "SQL Name", "SQL Server")
    life.fails("SQL", "SQL Server")
    return life.account("served-again(SQL)", "nobody serves SQL", loop_start=life.last)


def dual_activity() -> Account:
    """The owner is cut off and goes on; the majority starts the group elsewhere."""
    life = Life(cluster("Three nodes, no fencing", 3, SQL))
    life.writes("SQL", "SQL Server")
    life.step(
        Event(Verb.CUT_OFF, node="HV1"),
        {"SQL": {"states": life.off("SQL"), "stale": {"HV1": frozenset(SQL.resource_names)}}},
        members=life.without("HV1"),
        stale={"HV1"},
    )
    life.step(Event(Verb.TAKE_OVER, "SQL", node="HV2"), {"SQL": {"owner": "HV2"}})
    life.starts("SQL", "Disk S", "SQL IP", "SQL Name")
    life.step(Event(Verb.START, "SQL", "SQL Server"), {"SQL": {"states": {"SQL Server": UP}}})
    return life.account("no-dual-activity(SQL)", "Disk S is written from two nodes at once")


def ping_pong() -> Account:
    """A group that fails wherever it is goes to and fro for ever."""
    web = Group("Web", (resource("Web IP", "ip-address"), resource("Site", "service", "[Web IP]")))
    life = Life(cluster("Two nodes with a web site", 2, web))
    life.step(Event(Verb.HOUR_PASSES))
    for here, there in (("HV1", "HV2"), ("HV2", "HV1")):
        assert life.group("Web").owner == here
        life.fails("Web", "Site")
        life.step(Event(Verb.BEGIN_FAILOVER, "Web"), {"Web": {"phase": Phase.MOVING}})
        life.stops("Web", "Web IP")
        life.step(
            Event(Verb.TRANSFER, "Web", node=there),
            {"Web": {"owner": there, "phase": Phase.SERVING, "states": life.off("Web")}},
        )
        life.starts("Web", "Web IP", "Site")
    return life.account("no-ping-pong(Web)", "Web is moved again and again for ever", loop_start=1)


EXCHANGE = Group(
    "Exchange",
    (
        resource("Database disk", "disk"),
        resource("Log disk", "disk"),
        resource("Berlin IP", "ip-address"),
        resource("Bonn IP", "ip-address"),
        resource("MAIL01", "network-name", "[Berlin IP] or [Bonn IP]"),
        resource("System attendant", "service", "([MAIL01]) and ([Database disk])"),
        resource(
            "Information store",
            "service",
            "([System attendant]) and ([Database disk]) and ([Log disk])",
            "Database disk",
        ),
        resource("Transport", "service", "[System attendant]"),
        resource("Search", "service", "[Information store]"),
        resource("Backup agent", "service", "([Log disk]) and ([Search])"),
    ),
    preferred_owners=("HV1", "HV3"),
)


def long_evening() -> Account:
    """Four nodes, ten resources and more than twenty-five steps."""
    every = EXCHANGE.resource_names
    life = Life(cluster("Four nodes with Exchange", 4, EXCHANGE))
    life.step(Event(Verb.DRAIN, node="HV2"), paused={"HV2"})
    life.writes("Exchange", "Information store")
    life.step(
        Event(Verb.CUT_OFF, node="HV1"),
        {"Exchange": {"states": life.off("Exchange"), "stale": {"HV1": frozenset(every)}}},
        members=life.without("HV1"),
        stale={"HV1"},
    )
    life.step(Event(Verb.TAKE_OVER, "Exchange", node="HV3"), {"Exchange": {"owner": "HV3"}})
    life.starts("Exchange", "Database disk", "Log disk")
    life.step(
        Event(Verb.NOTICE, node="HV1"),
        {"Exchange": {"stale": {}, "unwritten": frozenset()}},
        stale=(),
    )
    life.starts("Exchange", "Bonn IP", "MAIL01")
    life.fails("Exchange", "Log disk")
    life.step(
        Event(Verb.BEGIN_FAILOVER, "Exchange"),
        {"Exchange": {"phase": Phase.MOVING, "failovers": 1}},
    )
    life.stops("Exchange", "MAIL01", "Bonn IP", "Database disk")
    life.step(
        Event(Verb.TRANSFER, "Exchange", node="HV4"),
        {
            "Exchange": {
                "owner": "HV4",
                "phase": Phase.SERVING,
                "states": {"Log disk": OFF},
            }
        },
    )
    life.step(Event(Verb.RETURN, node="HV1"), members={"HV1", *life.now.members})
    life.starts("Exchange", "Berlin IP")
    life.step(Event(Verb.START, "Exchange", "MAIL01"), {"Exchange": {"states": {"MAIL01": UP}}})
    life.step(Event(Verb.KEEP_REPORTING, "Exchange", "MAIL01"))
    life.step(
        Event(Verb.CRASH, node="HV4"),
        {"Exchange": {"states": life.off("Exchange")}},
        members=life.without("HV4"),
    )
    return life.account("completes(Exchange)", "Exchange is nowhere online")


def lost_write() -> Account:
    """The disk goes before the database has written."""
    life = Life(cluster("Two nodes with SQL", 2, SQL))
    life.writes("SQL", "SQL Server")
    life.step(
        Event(Verb.MOVE, "SQL", node="HV2"), {"SQL": {"phase": Phase.MOVING, "target": "HV2"}}
    )
    life.step(Event(Verb.STOP, "SQL", "Disk S"), {"SQL": {"states": {"Disk S": DOWN}}})
    life.step(
        Event(Verb.GO_OFFLINE, "SQL", "Disk S"),
        {"SQL": {"states": {"Disk S": OFF}, "unwritten": set(), "lost": {"SQL Server"}}},
    )
    rule = "resources go offline in any order"
    return life.account(
        f"no-lost-write(SQL), if {rule}", "SQL Server lost what it held", deviation=rule
    )


def two_machines() -> Account:
    """Two groups on a shared volume: one migrates live, one is saved and moved."""
    groups = tuple(
        Group(
            f"VM {number}",
            (
                resource(f"Config {number}", "virtual-machine-configuration"),
                resource(f"Machine {number}", "virtual-machine", f"[Config {number}]", "Volume1"),
            ),
        )
        for number in (1, 2)
    )
    life = Life(cluster("Three hosts", 3, *groups, volumes=("Volume1",)))
    life.step(
        Event(Verb.MIGRATE, "VM 1", node="HV3"),
        {"VM 1": {"phase": Phase.MIGRATING, "target": "HV3"}},
    )
    life.step(
        Event(Verb.SWITCH, "VM 1", node="HV3"),
        {"VM 1": {"phase": Phase.SERVING, "target": None, "owner": "HV3"}},
    )
    life.step(
        Event(Verb.MOVE, "VM 2", node="HV2"), {"VM 2": {"phase": Phase.MOVING, "target": "HV2"}}
    )
    life.step(Event(Verb.STOP, "VM 2", "Machine 2"), {"VM 2": {"states": {"Machine 2": DOWN}}})
    life.step(
        Event(Verb.GO_OFFLINE, "VM 2", "Machine 2"),
        {"VM 2": {"states": {"Machine 2": OFF}, "saved": {"Machine 2"}}},
    )
    life.stops("VM 2", "Config 2")
    life.step(
        Event(Verb.TRANSFER, "VM 2", node="HV2"),
        {"VM 2": {"owner": "HV2", "phase": Phase.SERVING, "target": None}},
    )
    life.step(
        Event(Verb.VOLUME_FAILURE, volume="Volume1"),
        {"VM 1": {"states": {"Machine 1": FAILED}}},
        volumes=(),
    )
    return life.account("serves(VM 1)", "VM 1 has failed", loop_start=life.last)


UGLY = (
    'quote " and <b>bold</b> & &lt;entity; \\N \\l \\',
    "two\nlines\tand\x00nul",
    "x" * 200,
    "x" * 199 + "y",
    "日本サーバー-é-Ω",
    "a, b and c",
)


def without_brackets(names: tuple[str, ...]) -> tuple[str, ...]:
    """No resource has a bracket in its name; braces that nobody else has take their place."""
    return tuple(name.replace("[", "⟦").replace("]", "⟧") for name in names)


def ugly_groups(names: tuple[str, ...] = UGLY) -> Account:
    """Nodes, groups and resources that are called anything but brackets."""
    group = Group(names[-1], tuple(Resource(name) for name in names))
    nodes = tuple(Node(name) for name in names)
    life = Life(
        Cluster(
            names[0], nodes, NodeMajority(), groups=(group,), version=WindowsVersion.WINDOWS_2008
        )
    )
    life.step(
        Event(Verb.CUT_OFF, node=names[0]),
        {names[-1]: {"states": life.off(names[-1]), "stale": {names[0]: frozenset(names)}}},
        members=life.without(names[0]),
        stale={names[0]},
    )
    life.step(Event(Verb.TAKE_OVER, names[-1], node=names[1]), {names[-1]: {"owner": names[1]}})
    life.starts(names[-1], *names)
    return life.account("</text><script>", names[0], deviation=names[-1])


ALL = {
    account.__name__: account
    for account in (
        crash_and_take_over,
        dual_activity,
        ping_pong,
        long_evening,
        lost_write,
        two_machines,
        ugly_groups,
    )
}

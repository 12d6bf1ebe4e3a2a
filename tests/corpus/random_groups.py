"""Hypothesis strategies: groups of a few resources, and clusters that run them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from quorate.cluster import (
    HOURS,
    Cluster,
    Dependency,
    FailbackPolicy,
    Group,
    GroupSet,
    Migration,
    Node,
    NodeMajority,
    OfflineAction,
    Promises,
    Resource,
    ResourceKind,
    RestartAction,
    StartupTrigger,
    Window,
    WindowsVersion,
)

NODES = "ABCD"
VOLUMES = ("V1", "V2")
SUBNETS = ("north", "south")
NAMES = ("wxyz", "stuv")
"""Of the resources, a group each: short, because counterexamples are read by people."""

hours = st.integers(0, HOURS - 1)
windows = st.tuples(hours, hours).filter(lambda h: h[0] != h[1]).map(lambda h: Window(*h))
promises = st.just(Promises()) | st.builds(
    Promises,
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | st.booleans(),
)
kinds = st.sampled_from(
    [
        ResourceKind.DISK,
        ResourceKind.ADDRESS,
        ResourceKind.NETWORK_NAME,
        ResourceKind.VIRTUAL_MACHINE,
        ResourceKind.APPLICATION,
    ]
)


@st.composite
def random_dependencies(draw: st.DrawFn, earlier: Sequence[str]) -> Dependency:
    """Any and of ors over `earlier`, none of them named twice."""
    clauses: list[tuple[str, ...]] = []
    for name in draw(_some(earlier)):
        alternative = draw(st.booleans())
        if clauses and alternative:
            clauses[-1] = (*clauses[-1], name)
        else:
            clauses.append((name,))
    return Dependency(tuple(clauses))


@st.composite
def random_resources(
    draw: st.DrawFn, names: str, owner: str, nodes: Sequence[str], volumes: Sequence[str]
) -> tuple[Resource, ...]:
    """One to `len(names)` resources, each needing earlier ones, all of which `owner` may host."""
    resources: list[Resource] = []
    for name in names[: draw(st.integers(1, len(names)))]:
        kind = draw(kinds)
        disks = [r.name for r in resources if r.kind is ResourceKind.DISK]
        stores = [*disks, *volumes]
        machine = kind is ResourceKind.VIRTUAL_MACHINE
        possible = st.none() | _some(nodes).map(lambda some: _with(some, owner, nodes))
        resources.append(
            Resource(
                name,
                kind,
                draw(random_dependencies([r.name for r in resources])),
                draw(possible),
                draw(st.sampled_from(RestartAction)),
                draw(st.integers(0, 2)),
                draw(_some(stores)) if kind is not ResourceKind.DISK else (),
                draw(st.sampled_from([None, *SUBNETS])) if kind is ResourceKind.ADDRESS else None,
                draw(st.sampled_from(OfflineAction)) if machine else OfflineAction.SAVE,
            )
        )
    return tuple(resources)


@st.composite
def random_groups(
    draw: st.DrawFn, nodes: Sequence[str], volumes: Sequence[str] = ()
) -> tuple[Group, ...]:
    """One or two groups for a cluster of the nodes and shared volumes of these names."""
    return tuple(
        draw(_random_group(f"group {number}", names, nodes, volumes))
        for number, names in enumerate(NAMES[: draw(st.integers(1, 2))], start=1)
    )


@st.composite
def _random_group(
    draw: st.DrawFn, name: str, names: str, nodes: Sequence[str], volumes: Sequence[str]
) -> Group:
    owner = draw(st.sampled_from(nodes))
    resources = draw(random_resources(names, owner, nodes, volumes))
    failback = draw(st.sampled_from(FailbackPolicy))
    machines = [r for r in resources if r.kind is ResourceKind.VIRTUAL_MACHINE]
    movable = all(r.writes_to and set(r.writes_to) <= set(volumes) for r in machines)
    return Group(
        name,
        resources,
        draw(_some(nodes)),
        draw(st.none() | st.integers(0, 2)),
        failback,
        draw(windows) if failback is FailbackPolicy.WINDOW else None,
        draw(_some(["web", "sql"])),
        draw(st.sampled_from(Migration)) if movable else Migration.QUICK,
        draw(st.booleans()),
        draw(promises),
    )


@st.composite
def random_clusters_with_groups(draw: st.DrawFn) -> Cluster:
    """Two to four nodes that run one or two groups, on up to two shared volumes."""
    names = NODES[: draw(st.integers(2, len(NODES)))]
    placed = draw(st.booleans())
    nodes = tuple(Node(name, subnets=SUBNETS if placed else ()) for name in names)
    if placed:
        nodes = (Node(names[0], subnets=SUBNETS[:1]), *nodes[1:])
    volumes = VOLUMES[: draw(st.integers(0, len(VOLUMES)))]
    groups = draw(random_groups(names, volumes))
    return Cluster(
        "random",
        nodes,
        NodeMajority(),
        groups=groups,
        volumes=volumes,
        fencing=draw(st.booleans()),
        enforced_anti_affinity=draw(st.booleans()),
        group_sets=draw(random_sets([group.name for group in groups])),
        version=WindowsVersion.WINDOWS_2022,
        dynamic_quorum=False,
    )


@st.composite
def random_sets(draw: st.DrawFn, groups: Sequence[str]) -> tuple[GroupSet, ...]:
    """None, or one group after the other, where there are two."""
    if len(groups) == 1 or draw(st.booleans()):
        return ()
    first, second = draw(st.permutations(groups))
    trigger, count = draw(st.sampled_from(StartupTrigger)), draw(st.sampled_from([None, 0, 1, 2]))
    is_global = draw(st.booleans())
    after = () if is_global and draw(st.booleans()) else ("first",)
    return (
        GroupSet("first", (first,), (), trigger, count, is_global),
        GroupSet("second", (second,), after),
    )


def _some(names: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Any of the names, in any order, or none."""
    if not names:
        return st.just(())
    return st.lists(st.sampled_from(names), unique=True).map(tuple)


def _with(some: tuple[str, ...], owner: str, nodes: Sequence[str]) -> tuple[str, ...]:
    """`some` and `owner`, in the order of `nodes`."""
    return tuple(node for node in nodes if node in {*some, owner})

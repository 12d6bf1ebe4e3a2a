"""A cluster as a file: reading it gives the same cluster, whatever it is and whatever is new."""

import tomllib
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_export import FILES

from corpus.random_clusters import clusters
from corpus.random_groups import random_clusters_with_groups
from quorate.cluster import (
    CURRENT,
    Cluster,
    Dependency,
    FailbackPolicy,
    Fault,
    Group,
    GroupSet,
    Migration,
    Node,
    NodeAndDiskMajority,
    NodeMajority,
    OfflineAction,
    Promises,
    QuorumRule,
    Requirements,
    Resource,
    ResourceKind,
    RestartAction,
    Site,
    StartupTrigger,
    Storage,
    VersionSource,
    Window,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.errors import Place
from quorate.importers import (
    Imported,
    Note,
    NoteKind,
    Touches,
    Unmodelled,
    native_text,
    parse_native,
    read_cluster,
)
from quorate.importers.origin import Origin
from quorate.importers.writing.toml_text import toml_text

NOBODY = Requirements()


def travelled(
    cluster: Cluster,
    requirements: Requirements = NOBODY,
    unmodelled: tuple[Unmodelled, ...] = (),
) -> Imported:
    """What is read of the file that is written."""
    return parse_native(
        native_text(Imported(cluster, requirements, (), Origin("copy.toml"), unmodelled)),
        "copy.toml",
    )


@given(clusters() | random_clusters_with_groups())
def test_a_cluster_is_read_back_from_its_file(cluster):
    assert travelled(cluster).cluster == cluster


names = st.text(min_size=1).filter(lambda name: name.strip() and not set("[]") & set(name))


@given(clusters(), names, names, names)
def test_names_of_any_letters_are_read_back(cluster, name, group, resource):
    named = replace(cluster, name=name, groups=(Group(group, (Resource(resource),)),))
    assert travelled(named).cluster == named


@given(
    st.builds(
        Requirements,
        crash=st.integers(0, 3),
        site=st.integers(0, 3),
        in_order=st.lists(
            st.lists(st.sampled_from(Fault), min_size=1, unique=True).map(tuple), max_size=3
        ).map(tuple),
        any_two=st.sampled_from([None, True, False]),
    )
)
def test_promises_are_read_back(requirements):
    cluster = Cluster(
        "c", (Node("A"), Node("B")), NodeMajority(), version=WindowsVersion.WINDOWS_2008
    )
    assert travelled(cluster, requirements).requirements == requirements


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cluster_file_is_read_back_from_its_copy(path):
    read = read_cluster(path)
    again = travelled(read.cluster, read.requirements)
    assert (again.cluster, again.requirements) == (read.cluster, read.requirements)


EVERYTHING = Cluster(
    name="everything",
    nodes=(Node("A", 2, "Berlin", ("north",)), Node("B", 1, "Berlin", ("south",))),
    rule=NodeAndDiskMajority(),
    witness=Witness("Q:", WitnessKind.DISK, ("B",), "Berlin"),
    sites=(Site("Berlin"),),
    groups=(
        Group(
            name="g",
            resources=(
                Resource("disk", ResourceKind.DISK),
                Resource("address", ResourceKind.ADDRESS, possible_owners=("A",), subnet="north"),
                Resource(
                    "machine",
                    ResourceKind.VIRTUAL_MACHINE,
                    Dependency((("disk",),)),
                    ("A", "B"),
                    RestartAction.RESTART,
                    3,
                    ("volume",),
                    None,
                    OfflineAction.SHUT_DOWN,
                ),
            ),
            preferred_owners=("B", "A"),
            failover_threshold=2,
            failback=FailbackPolicy.WINDOW,
            window=Window(22, 5),
            anti_affinity=("web",),
            migration=Migration.LIVE,
            stateless=True,
            promises=Promises(crash=2, failure=False, node_fault=False, drain=False, apart=True),
        ),
        Group("h", (Resource("early"),)),
    ),
    volumes=("volume",),
    fencing=True,
    enforced_anti_affinity=True,
    version=WindowsVersion.WINDOWS_2019,
    dynamic_quorum=False,
    lower_priority="A",
    storage=(Storage("volume", ("A",), ("Berlin",)),),
    group_sets=(
        GroupSet("first", ("h",), (), StartupTrigger.ONLINE, 1, is_global=True),
        GroupSet("second", ("g",), ("first",)),
    ),
)
NAMELESS = replace(
    EVERYTHING,
    nodes=(Node("A", 1, "Berlin", ("north",)), *EVERYTHING.nodes[1:]),
    version=CURRENT,
    version_source=VersionSource.ASSUMED,
)
"""Nobody says which Windows it is, and so it is no other than the current one."""
PROMISED = Requirements(2, 0, 1, 0, 0, ((Fault.WITNESS, Fault.REBOOT),), True)


def test_what_sets_everything_is_read_back():
    lacks = (
        Unmodelled("DynamicQuorum = 1", Touches.VOTES, "votes change"),
        Unmodelled("Priority = 0", Touches.GROUPS, "it does not start", ("g",), ("completes",)),
    )
    again = travelled(EVERYTHING, PROMISED, lacks)
    assert (again.cluster, again.requirements) == (EVERYTHING, PROMISED)
    assert again.unmodelled == lacks
    assert travelled(NAMELESS, PROMISED).cluster == NAMELESS


def left_at_their_defaults(*values: Any) -> set[str]:
    """Fields of the values, and of what is in them, that nowhere have another value than the one
    they have where nobody says anything."""
    silent: dict[str, bool] = {}
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value
        elif isinstance(value, QuorumRule):
            # Its mode says all of it.
            continue
        elif is_dataclass(value) and not isinstance(value, type):
            for field in fields(value):
                own = getattr(value, field.name)
                usual = () if field.default is MISSING else field.default
                name = f"{type(value).__name__}.{field.name}"
                silent[name] = silent.get(name, True) and own == usual
                waiting.append(own)
    return {name for name, is_silent in silent.items() if is_silent}


def test_whatever_a_cluster_can_say_is_said_by_the_one_that_sets_everything():
    """A new field of the values fails here until it is set above, and then above until it is
    written and read."""
    assert left_at_their_defaults(EVERYTHING, NAMELESS, PROMISED) == set()


def test_tables_stand_under_headers_and_comments_below_them():
    document = {
        "name": "c",
        "nodes": ["A", {"name": "B", "votes": 0}],
        "quorum": {"mode": "node-majority"},
        "survives": {"in_order": [{"faults": ["crash"]}]},
        "groups": [
            {
                "name": "g",
                "failback_window": {"start": 1, "end": 2},
                "resources": ["r", {"name": "s"}],
            }
        ],
    }
    comments = {(): ["of all"], ("groups", 0, "resources", 1): ["writes_to = [...]"]}
    assert toml_text(document, comments) == (
        "# of all\n"
        '\nname = "c"\n'
        '\n[[nodes]]\nname = "A"\n'
        '\n[[nodes]]\nname = "B"\nvotes = 0\n'
        '\n[quorum]\nmode = "node-majority"\n'
        '\n[survives]\nin_order = [{ faults = ["crash"] }]\n'
        '\n[[groups]]\nname = "g"\nfailback_window = { start = 1, end = 2 }\n'
        '\n[[groups.resources]]\nname = "r"\n'
        '\n[[groups.resources]]\nname = "s"\n# writes_to = [...]\n'
    )
    assert tomllib.loads(toml_text(document, comments))["groups"] == [
        {
            "name": "g",
            "failback_window": {"start": 1, "end": 2},
            "resources": [{"name": "r"}, {"name": "s"}],
        }
    ]


def test_notes_are_comments_on_one_line_each():
    note = Note(NoteKind.DOUBTFUL, Place("a.toml", 3, "nodes[0]"), "two\nlines \u2028 and a \x00")
    text = native_text(Imported(EVERYTHING, PROMISED, (note,), Origin("copy.toml")))
    assert text.startswith(
        "# doubtful: a.toml:3: nodes[0]: two\\nlines \\u2028 and a \\x00\n\nname = "
    )
    assert parse_native(text, "copy.toml").cluster == EVERYTHING

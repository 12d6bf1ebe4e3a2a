"""What people make of a Windows cluster with ConvertTo-Json: every shape is the same cluster."""

import copy
import json
from typing import Any

import pytest

from quorate.cluster import (
    Cluster,
    Dependency,
    DiskOnly,
    FailbackPolicy,
    Group,
    GroupSet,
    Node,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    Resource,
    ResourceKind,
    RestartAction,
    StartCondition,
    StartupTrigger,
    Window,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.errors import InputError
from quorate.importers import Imported, read_cluster
from quorate.importers.windows_exports import read_export

NEVER = 4294967295
EXPORT: dict[str, Any] = {
    "Cluster": {
        "Name": "files",
        "ClusterFunctionalLevel": 7,
        "DynamicQuorum": 0,
        "ClusterEnforcedAntiAffinity": 0,
        "SameSubnetDelay": 1000,
    },
    "Nodes": [
        {"Name": "N1", "Id": "1", "State": "Up", "NodeWeight": 1, "MajorVersion": 6},
        {"Name": "N2", "Id": "2", "State": "Up", "NodeWeight": 1, "MajorVersion": 6},
        {"Name": "N3", "Id": "3", "State": "Up", "NodeWeight": 0, "MajorVersion": 6},
    ],
    "Quorum": {"QuorumType": "NodeAndDiskMajority", "QuorumResource": "Cluster Disk 1"},
    "Groups": [
        {"Name": "Cluster Group", "GroupType": "Cluster", "IsCoreGroup": True},
        {
            "Name": "FS",
            "GroupType": "FileServer",
            "IsCoreGroup": False,
            "FailoverThreshold": NEVER,
            "AutoFailbackType": 1,
            "FailbackWindowStart": 22,
            "FailbackWindowEnd": 5,
            "AntiAffinityClassNames": ["files"],
            "PreferredOwners": ["N2", "N1"],
        },
    ],
    "Resources": [
        {
            "Name": "Cluster Disk 1",
            "ResourceType": "Physical Disk",
            "OwnerGroup": "Cluster Group",
            "PossibleOwners": ["N1", "N2"],
            "DependencyExpression": "",
        },
        {
            "Name": "Disk F",
            "Id": "11111111-2222-3333-4444-555555555555",
            "ResourceType": "Physical Disk",
            "OwnerGroup": "FS",
            "RestartAction": 2,
            "RestartThreshold": 3,
            "PossibleOwners": ["N1", "N2", "N3"],
            "DependencyExpression": "",
        },
        {
            "Name": "FS server",
            "ResourceType": "File Server",
            "OwnerGroup": "FS",
            "RestartAction": 1,
            "RestartThreshold": 0,
            "PossibleOwners": ["N2", "N1"],
            "DependencyExpression": "[Disk F]",
        },
    ],
}
CLUSTER = Cluster(
    "files",
    (Node("N1"), Node("N2"), Node("N3", 0)),
    NodeAndDiskMajority(),
    Witness("Cluster Disk 1", WitnessKind.DISK, ("N1", "N2")),
    groups=(
        Group(
            "FS",
            (
                Resource("Disk F", ResourceKind.DISK, restart_threshold=3),
                Resource(
                    "FS server",
                    ResourceKind.FILE_SHARE,
                    Dependency((("Disk F",),)),
                    ("N1", "N2"),
                    RestartAction.RESTART,
                    0,
                ),
            ),
            ("N2", "N1"),
            failback=FailbackPolicy.WINDOW,
            window=Window(22, 5),
            anti_affinity=("files",),
        ),
    ),
    version=WindowsVersion.WINDOWS_2012,
    dynamic_quorum=False,
)


def read(*documents: Any) -> Imported:
    files = [(f"part{n}.json", json.dumps(one)) for n, one in enumerate(documents)]
    return read_export(files, "files.json")


def changed(change: Any) -> dict[str, Any]:
    export = copy.deepcopy(EXPORT)
    change(export)
    return export


def everywhere(key: str, make: Any) -> dict[str, Any]:
    """The export with a property of whatever has it written in another way."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: make(v) if k == key else walk(v) for k, v in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list) else value

    return walk(EXPORT)


def camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: camel(inner) for key, inner in value.items()}
    return [camel(inner) for inner in value] if isinstance(value, list) else value


def live(name: str) -> dict[str, Any]:
    """A nested object as it is, with much that is of no interest."""
    return {"Cluster": {"Name": "files"}, "Name": name, "State": 0, "Id": "x"}


def apart() -> dict[str, Any]:
    """Owners and dependencies as the cmdlets give them."""
    export = copy.deepcopy(EXPORT)
    things = [*export["Groups"], *export["Resources"]]
    export["OwnerNodes"] = [
        {"ClusterObject": live(one["Name"]), "OwnerNodes": [live(n) for n in one.pop(key)]}
        for one in things
        for key in ("PreferredOwners", "PossibleOwners")
        if key in one
    ]
    export["Dependencies"] = [
        {"Resource": one["Name"], "DependencyExpression": one.pop("DependencyExpression")}
        for one in export["Resources"]
    ]
    return export


SHAPES = {
    "as the script writes it": [EXPORT],
    "in camel case": [camel(EXPORT)],
    "a file a cmdlet": list(EXPORT.values()),
    "a list of all objects": [
        [one for part in EXPORT.values() for one in (part if isinstance(part, list) else [part])]
    ],
    "under names of somebody's own": [
        {"data": {"everything": list(EXPORT.values())}, "collected": "2026-11-28"}
    ],
    "types as objects": [
        everywhere("ResourceType", lambda name: {"Name": name, "DisplayName": "?"})
    ],
    "groups as live objects": [everywhere("OwnerGroup", live)],
    "groups as Group": [
        changed(lambda e: [r.update(Group=r.pop("OwnerGroup")) for r in e["Resources"]])
    ],
    "owners as live objects": [
        everywhere("PossibleOwners", lambda names: [live(n) for n in names])
    ],
    "owners and dependencies apart": [apart()],
    "states as numbers": [everywhere("State", lambda _: 0)],
    "restart actions as texts": [everywhere("RestartAction", str)],
    "group types as numbers": [
        everywhere("GroupType", {"Cluster": 1, "FileServer": 100}.__getitem__)
    ],
    "lists with a count": [
        everywhere("PossibleOwners", lambda names: {"value": names, "Count": len(names)})
    ],
    "one class without its list": [everywhere("AntiAffinityClassNames", lambda names: names[0])],
    "names in another case": [
        everywhere("PossibleOwners", lambda names: [n.lower() for n in names])
    ],
    "dependencies by id": [
        everywhere(
            "DependencyExpression",
            lambda text: text.replace("Disk F", "11111111-2222-3333-4444-555555555555"),
        )
    ],
    "a core group by another name": [
        json.loads(json.dumps(EXPORT).replace("Cluster Group", "Clustergruppe 叢集群組"))
    ],
    "a core group without its type": [changed(lambda e: e["Groups"][0].pop("GroupType"))],
    "nodes out of order": [changed(lambda e: e["Nodes"].reverse())],
    "the quorum resource as an object": [
        everywhere("QuorumResource", lambda name: {"Name": name, "ResourceType": "Physical Disk"})
    ],
    "the quorum since 2016": [everywhere("QuorumType", lambda _: "Majority")],
    "the quorum since 2016, as a number": [everywhere("QuorumType", lambda _: 1)],
    "resources in their groups": [
        changed(
            lambda e: (
                [
                    group.update(
                        Resources=[
                            {key: value for key, value in one.items() if key != "OwnerGroup"}
                            for one in e["Resources"]
                            if one["OwnerGroup"] == group["Name"]
                        ]
                    )
                    for group in e["Groups"]
                ]
                and e.pop("Resources")
            )
        )
    ],
    "the same thing twice": [EXPORT, {"Nodes": EXPORT["Nodes"][0]}],
}


@pytest.mark.parametrize("documents", SHAPES.values(), ids=SHAPES)
def test_every_shape_is_the_same_cluster(documents):
    assert read(*documents).cluster == CLUSTER


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_as_powershell_writes_them(tmp_path, encoding):
    path = tmp_path / "cluster.json"
    path.write_bytes(json.dumps(EXPORT, indent=4).replace("\n", "\r\n").encode(encoding))
    assert read_cluster(path).cluster == CLUSTER


def test_the_files_of_a_folder_are_one_export(tmp_path):
    for name, part in EXPORT.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(part), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x00")
    assert read_cluster(tmp_path).cluster == CLUSTER


def quorum(kind: Any, resource: Any, type_of_it: str = "") -> dict[str, Any]:
    """The export with another quorum."""

    def change(export: dict[str, Any]) -> None:
        export["Quorum"] = {"QuorumType": kind, "QuorumResource": resource}
        if resource is not None:
            export["Resources"][0].update(Name=resource, ResourceType=type_of_it)

    return changed(change)


DISK, SHARE, CLOUD = "Physical Disk", "File Share Quorum Witness", "Cloud Witness"


@pytest.mark.parametrize(
    ("kind", "type_of_it", "rule"),
    [
        ("NodeMajority", "", NodeMajority()),
        ("Majority", "", NodeMajority()),
        (1, "", NodeMajority()),
        (0, "", NodeMajority()),
        ("Majority", DISK, NodeAndDiskMajority()),
        (1, DISK, NodeAndDiskMajority()),
        ("Majority", SHARE, NodeAndFileShareMajority()),
        ("Majority", "File Share Witness", NodeAndFileShareMajority()),
        (1, SHARE, NodeAndFileShareMajority()),
        (2, SHARE, NodeAndFileShareMajority()),
        ("NodeAndFileShareMajority", SHARE, NodeAndFileShareMajority()),
        ("Majority", CLOUD, NodeAndCloudMajority()),
        (5, CLOUD, NodeAndCloudMajority()),
        ("DiskOnly", DISK, DiskOnly()),
        (2, DISK, DiskOnly()),
        (3, DISK, DiskOnly()),
    ],
)
def test_the_three_encodings_of_the_quorum_type(kind, type_of_it, rule):
    """wsfc.md 9.3: where numbers contradict each other, the quorum resource decides."""
    found = read(quorum(kind, "witness" if type_of_it else None, type_of_it)).cluster
    assert found.rule == rule
    assert (found.witness.name if found.witness else "") == ("witness" if type_of_it else "")


@pytest.mark.parametrize(
    ("kind", "type_of_it"),
    [("NodeMajority", DISK), ("NodeAndDiskMajority", SHARE), (2, ""), (3, SHARE), (5, DISK)],
)
def test_a_quorum_that_contradicts_itself_is_refused(kind, type_of_it):
    with pytest.raises(InputError, match="does not fit to") as refused:
        read(quorum(kind, "witness" if type_of_it else None, type_of_it))
    assert str(refused.value.place) == "part0.json: Quorum.QuorumType"


def ordered(*sets: dict[str, Any]) -> Imported:
    """The export with two more groups, and sets of groups."""

    def change(export: dict[str, Any]) -> None:
        for name in ("DC", "App"):
            export["Groups"].append({"Name": name, "GroupType": "GenericService"})
            service = {"Name": f"{name} service", "ResourceType": "Generic Service"}
            export["Resources"].append({**service, "OwnerGroup": name})
        export["GroupSets"] = list(sets)

    return read(changed(change))


FIRST = {"Name": "first", "GroupNames": ["dc"], "ProviderNames": [], "IsGlobal": False}
THEN = {"Name": "then", "GroupNames": "App", "ProviderNames": ["First"]}


@pytest.mark.parametrize(
    ("said", "trigger", "count"),
    [
        # As New-ClusterGroupSet prints a new set.
        (
            {"StartupDelayTrigger": "Delay", "StartupCount": 4294967295, "StartupDelay": 20},
            StartupTrigger.DELAY,
            None,
        ),
        ({"StartupDelayTrigger": "Online", "StartupCount": -1}, StartupTrigger.ONLINE, None),
        ({"StartupDelayTrigger": 2, "StartupCount": 0}, StartupTrigger.ONLINE, 0),
        ({"StartupDelayTrigger": 1, "StartupCount": 1}, StartupTrigger.DELAY, 1),
    ],
)
def test_sets_of_groups_are_read_with_what_others_wait_for(said, trigger, count):
    found = ordered({**FIRST, **said}, THEN)
    assert found.cluster.group_sets == (
        GroupSet("first", ("DC",), (), trigger, count),
        GroupSet("then", ("App",), ("first",)),
    )
    assert not [one for one in found.unmodelled if "group set" in one.setting]
    assert found.cluster.version is WindowsVersion.WINDOWS_2016


def test_a_global_set_comes_before_the_others():
    early = {**FIRST, "StartupDelayTrigger": 2, "IsGlobal": True}
    found = ordered(early, {**THEN, "ProviderNames": []})
    assert found.cluster.start_conditions("App") == (StartCondition(("DC",), 1),)


@pytest.mark.parametrize(
    ("sets", "about", "why"),
    [
        ((FIRST, THEN), ("App",), "does not say its StartupDelayTrigger"),
        (({**FIRST, "StartupDelayTrigger": 4}, THEN), ("App",), "StartupDelayTrigger = 4"),
        ((THEN,), ("App",), "it is no set of this export"),
        (
            ({**FIRST, "StartupDelayTrigger": 2, "GroupNames": ["DC", "Cluster Group"]}, THEN),
            ("App",),
            "some of its groups are not modelled",
        ),
        (
            (FIRST, THEN, {"Name": "last", "GroupNames": ["FS"], "ProviderNames": ["then"]}),
            ("FS", "App"),
            "does not say its StartupDelayTrigger",
        ),
    ],
)
def test_what_waits_for_who_knows_what_is_not_asked_nor_what_waits_for_that(sets, about, why):
    found = ordered(*sets)
    (lack, *_) = [one for one in found.unmodelled if "group set then" in one.setting]
    assert why in lack.why
    assert set(lack.about) == set(about)


def of_group(**values: Any) -> Group:
    export = changed(lambda e: e["Groups"][1].update(values))
    return read(export).cluster.groups[0]


@pytest.mark.parametrize(
    ("values", "policy", "window"),
    [
        ({"AutoFailbackType": 0}, FailbackPolicy.NEVER, None),
        (
            {"FailbackWindowStart": NEVER, "FailbackWindowEnd": NEVER},
            FailbackPolicy.IMMEDIATE,
            None,
        ),
        ({"FailbackWindowStart": -1, "FailbackWindowEnd": -1}, FailbackPolicy.IMMEDIATE, None),
        (
            {"FailbackWindowStart": "1", "FailbackWindowEnd": "2"},
            FailbackPolicy.WINDOW,
            Window(1, 2),
        ),
        ({"FailbackWindowEnd": NEVER}, FailbackPolicy.IMMEDIATE, None),
    ],
)
def test_failback_and_the_number_for_no_hour(values, policy, window):
    group = of_group(**values)
    assert (group.failback, group.window) == (policy, window)


def test_the_number_for_no_number_means_what_the_property_says():
    assert of_group(FailoverThreshold=NEVER).failover_threshold is None
    assert of_group(FailoverThreshold=2).failover_threshold == 2


REFUSED = {
    "no nodes": (changed(lambda e: e.pop("Nodes")), "files.json: no node of a cluster is in this"),
    "no quorum": (changed(lambda e: e.pop("Quorum")), "files.json: this export does not say who"),
    "an owner that is no node": (
        changed(lambda e: e["Resources"][2].update(PossibleOwners=["N9"])),
        "part0.json: Resources[2].PossibleOwners: 'N9' is no node of this export",
    ),
    "a dependency on nobody": (
        changed(lambda e: e["Resources"][2].update(DependencyExpression="[Disk X]")),
        "part0.json: Resources[2].DependencyExpression: 'Disk X' is no resource of group 'FS'",
    ),
    "a dependency that makes no sense": (
        changed(lambda e: e["Resources"][2].update(DependencyExpression="[Disk F] or")),
        "part0.json: Resources[2].DependencyExpression: at character 12, the text ends",
    ),
    "a resource of no group": (
        changed(lambda e: e["Resources"][2].update(OwnerGroup="gone")),
        "part0.json: Resources[2].OwnerGroup: the group of 'FS server', 'gone', is not in",
    ),
    "a vote that is no number": (
        changed(lambda e: e["Nodes"][0].update(NodeWeight="yes")),
        "part0.json: Nodes[0].NodeWeight: 'yes' is no whole number",
    ),
    "a state that is none": (
        changed(lambda e: e["Nodes"][0].update(State="Sleeping")),
        "part0.json: Nodes[0].State: 'Sleeping' is not known here; it is one of Up, Down",
    ),
    "two clusters": (
        changed(lambda e: e.update(Cluster=[e["Cluster"], {**e["Cluster"], "Name": "other"}])),
        "files.json: these are several clusters: 'files', 'other'",
    ),
    "a property twice and differently": (
        changed(lambda e: e["Nodes"].append({**e["Nodes"][0], "NodeWeight": 0})),
        "part0.json: Nodes[3].nodeweight: 'N1' is described twice and differently, as 1 at",
    ),
}


@pytest.mark.parametrize(("export", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused_where_it_stands(export, said):
    with pytest.raises(InputError) as refused:
        read(export)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


BAD_JSON = {
    "no JSON": ("{", "bad.json:1: this is not JSON"),
    "a key twice": ('{"Name": 1, "Name": 2}', "bad.json: the property 'Name' is there twice"),
    "two spellings": ('{"Name": "a", "name": "b"}', "bad.json: two properties differ in upper"),
    "no number": ('{"Name": NaN}', "bad.json: NaN is no number"),
    "a huge number": (f'{{"Id": {"9" * 5000}}}', "bad.json: 99999999999999999999... is no number"),
    "deep": ("[" * 100_000, "bad.json: this is nested too deeply"),
    "not so deep": ("[" * 60 + "]" * 60, "bad.json: nothing that is read stands deeper than 40"),
}


@pytest.mark.parametrize(("text", "said"), BAD_JSON.values(), ids=BAD_JSON)
def test_what_is_no_export_is_one_sentence(text, said):
    with pytest.raises(InputError) as refused:
        read_export([("bad.json", text)], "bad.json")
    assert str(refused.value).startswith(said)
    assert len(str(refused.value)) < 300


NETWORK = {"Name": "Cluster Network 1", "Id": "x", "State": "Up", "Address": "10.0.0.0", "Role": 3}


@pytest.mark.parametrize("name", ["Networks", "things"])
def test_what_is_no_node_is_none_though_it_has_an_id_and_a_state(name):
    assert read({**EXPORT, name: [NETWORK]}).cluster == CLUSTER


def test_core_groups_that_a_collector_left_out_are_not_missed():
    assert read(changed(lambda e: e["Groups"].pop(0))).cluster == CLUSTER


LEFT_OUT = {
    "NodeWeight": ("Nodes", "these nodes are taken to have a vote"),
    "AutoFailbackType": ("Groups", "these groups are taken never to fail back"),
    "FailoverThreshold": ("Groups", "these groups are taken to fail over once less"),
    "AntiAffinityClassNames": ("Groups", "these groups are taken to be kept apart from none"),
    "RestartAction": ("Resources", "these resources are taken to be restarted when they fail"),
    "PossibleOwners": ("Resources", "no list of owners is in this export"),
    "DependencyExpression": ("Resources", "no model reads dependencies between resources"),
    "ResourceType": ("Resources", "no model reads the types of resources"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_a_collector_left_out_is_said(name):
    kind, text = LEFT_OUT[name]
    without = changed(lambda e: [one.pop(name, None) for one in e[kind]])
    if name == "PossibleOwners":
        without["Groups"][1].pop("PreferredOwners")
    notes = [note.text for note in read(without).notes]
    assert sum(text in note for note in notes) == 1
    assert not any(text in note.text for note in read(EXPORT).notes)

"""What an export cannot say is said beside it, and never instead of it."""

import json
import pathlib
from dataclasses import replace

import pytest
from test_windows_shapes import EXPORT, changed

from quorate.cluster import Node, Site, StartCondition, WindowsVersion
from quorate.errors import InputError
from quorate.importers import native_text, parse_native, read_cluster
from quorate.importers.keys import KEYS

FOLDER = pathlib.Path(__file__).parents[1] / "testdata" / "windows"
MOUNTED = FOLDER / "mounted-volume"


def read(tmp_path, supplement: str, export=EXPORT):
    (tmp_path / "cluster.json").write_text(json.dumps(export), encoding="utf-8")
    (tmp_path / "more.toml").write_text(supplement, encoding="utf-8")
    return read_cluster(tmp_path / "cluster.json", tmp_path / "more.toml")


def test_it_adds_sites_data_and_promises():
    alone = read_cluster(MOUNTED)
    more = read_cluster(MOUNTED, FOLDER / "mounted-volume.more.toml")
    [group] = alone.cluster.groups
    *others, server = group.resources
    assert more.cluster == replace(
        alone.cluster,
        nodes=(Node("SQLN1", site="Mainz"), *alone.cluster.nodes[1:]),
        sites=(Site("Mainz"),),
        groups=(
            replace(
                group,
                resources=(*others, replace(server, writes_to=("Disk S", "Mounted volume L"))),
            ),
        ),
    )
    assert more.requirements == replace(more.requirements, crash=1, site=0, any_two=False)
    assert more.unmodelled == alone.unmodelled


def test_whatever_it_says_stands_on_its_own_line():
    more = read_cluster(MOUNTED, FOLDER / "mounted-volume.more.toml")
    places = {note.text[:30]: note.where for note in more.notes}
    assert places["these keep data on a disk that"] == (
        f"{FOLDER / 'mounted-volume.more.toml'}:18: groups[0].resources[0].writes_to"
    )


SAID = {
    'name = "x"': "1: name: the export says this itself, at ",
    '[quorum]\nmode = "node-majority"': "2: quorum.mode: the export says this itself",
    '[[nodes]]\nname = "n1"\nvotes = 0': "3: nodes[0].votes: the export says this itself",
    '[witness]\nkind = "disk"': "2: witness.kind: the export says this itself",
    "[failover]\nenforced_anti_affinity = true": "2: failover.enforced_anti_affinity: the export",
    '[[groups]]\nname = "FS"\nfailover_threshold = 1': "3: groups[0].failover_threshold: the",
    '[[groups]]\nname = "FS"\n[[groups.resources]]\nname = "Disk F"\ndepends_on = ""': (
        "5: groups[0].resources[0].depends_on: the export says this itself"
    ),
    'version = "2019"': "1: version: the export says this itself",
    "[quorum]\ndynamic = true": "2: quorum.dynamic: the export says this itself",
    'nodes = ["N9"]': "1: nodes[0]: 'N9' is none of the nodes of the export",
    "[[nodes]]\nvotes = 1": "1: nodes[0]: this row has no name",
    "nodes = 1": "1: nodes: this has to be an array of tables, not a whole number",
    "colour = 1": "1: colour: there is no key 'colour' here",
    '[[nodes]]\nname = "N1"\ncolour = 1': "3: nodes[0].colour: there is no key 'colour' here",
    '[[nodes]]\nname = "N2"\nsite = "Bonn"': "3: nodes[0].site: node 'N2' stands in site 'Bonn'",
    "[survives]\ncrash = 65": "2: survives.crash: 65 is out of range",
    "[export]\ndynamic_quorum = false": "1: export: there is no key 'export' here",
    "[survives": "1: this is not TOML",
}


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_what_it_cannot_mean_is_refused_on_its_line(tmp_path, text, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(f"{tmp_path / 'more.toml'}:{said}"), refused.value


def without_version(export):
    export["Cluster"].pop("DynamicQuorum")
    export["Cluster"].pop("ClusterFunctionalLevel")
    export.pop("Quorum")


def test_what_the_export_leaves_out_may_be_said(tmp_path):
    export = changed(without_version)
    with pytest.raises(InputError, match="does not say who votes"):
        read(tmp_path, "[survives]\ncrash = 0", export)
    with pytest.raises(InputError, match="does not say who votes"):
        read(tmp_path, "[quorum]\ndynamic = true", export)
    text = 'version = "2012"\n[quorum]\nmode = "node-majority"\ndynamic = false'
    found = read(tmp_path, text, export)
    assert (found.cluster.rule.mode, found.cluster.votes_change) == ("node-majority", False)
    assert found.cluster.version is WindowsVersion.WINDOWS_2012
    assert found.unmodelled == ()
    assert not [note for note in found.notes if "DynamicQuorum" in note.text]
    on = read(tmp_path, text.replace("\ndynamic = false", ""), export)
    assert on.cluster.votes_change
    assert len([note for note in on.notes if "DynamicQuorum is not there" in note.text]) == 1


def test_a_cluster_file_needs_none(tmp_path):
    (tmp_path / "cluster.toml").write_text('nodes = ["A"]', encoding="utf-8")
    (tmp_path / "more.toml").write_text("[survives]\ncrash = 0", encoding="utf-8")
    with pytest.raises(InputError, match="write it into this cluster file"):
        read_cluster(tmp_path / "cluster.toml", tmp_path / "more.toml")


def test_what_is_asked_for_is_right_where_it_stands():
    """Each commented line of a converted export, with its sign taken away."""
    read_ = read_cluster(FOLDER / "file-server.txt")
    text = native_text(replace(read_, notes=()))
    assert text.count("# writes_to = ") == 1
    filled = text.replace("\n# ", "\n").replace("...", "Mainz", 1).replace("...", "Bonn", 1)
    filled = filled.replace("...", "Bonn").replace("crash = 1", "crash = 2")
    filled = filled.replace(
        'nodes = ["FS1", "FS2"]', 'nodes = [{ name = "FS1", site = "Mainz" }, "FS2"]'
    )
    again = parse_native(filled.replace("What an export", "# What an export"), "filled.toml")
    [group] = read_.cluster.groups
    *others, server = group.resources
    server = replace(server, writes_to=("Cluster Disk 2",))
    assert again.cluster == replace(
        read_.cluster,
        nodes=(Node("FS1", site="Mainz"), Node("FS2")),
        sites=(Site("Mainz"), Site("Bonn")),
        witness=replace(read_.cluster.witness, site="Bonn"),
        fencing=True,
        groups=(replace(group, resources=(*others, server)),),
    )
    assert again.requirements.crash == 2


def test_every_key_can_be_said_by_an_export_or_beside_it():
    """A new key that is neither an array of rows nor a value is a new kind of shape, and the way in
    which a supplement adds it has to be thought of."""
    rows = {key.path for key in KEYS if key.shape.value == "an array of tables"}
    assert rows == {
        "sites",
        "nodes",
        "survives.in_order",
        "groups",
        "groups[].resources",
        "group_sets",
        "storage",
        "unmodelled",
    }


def test_what_others_wait_for_may_be_said_of_a_set_of_groups(tmp_path):
    """Of an export that was made before the script asked for it."""

    def ordered(export):
        export["Groups"].append({"Name": "App", "GroupType": "GenericService"})
        service = {"Name": "service", "ResourceType": "Generic Service", "OwnerGroup": "App"}
        export["Resources"].append(service)
        export["GroupSets"] = [
            {"Name": "first", "GroupNames": ["FS"], "ProviderNames": []},
            {"Name": "then", "GroupNames": ["App"], "ProviderNames": ["first"]},
        ]

    export = changed(ordered)
    lacks = [one.setting for one in read(tmp_path, "[survives]", export).unmodelled]
    assert "the group set then, which starts after first" in lacks
    text = '[[group_sets]]\nname = "FIRST"\ntrigger = "online"'
    found = read(tmp_path, text, export)
    assert not [one for one in found.unmodelled if "group set" in one.setting]
    assert found.cluster.start_conditions("App") == (StartCondition(("FS",), 1),)

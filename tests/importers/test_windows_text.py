"""What cmdlets and cluster.exe print is read as far as it carries the facts."""

import pytest
from printed import apart, cluster_exe_listing, format_list, format_table
from test_windows_shapes import CLUSTER, EXPORT

from quorate.cluster import VersionSource
from quorate.errors import InputError
from quorate.importers import Imported, read_cluster
from quorate.importers.windows_exports import read_export

PARTS = dict(apart(EXPORT))
LISTS = {kind: format_list(objects) for kind, objects in PARTS.items() if objects}


def read(*texts: str) -> Imported:
    return read_export([(f"{n}.txt", text) for n, text in enumerate(texts)], "files")


def test_lists_appended_to_one_file_are_one_export(tmp_path):
    """Get-Cluster... | Format-List * | Out-File -Append, in UTF-16 as Windows PowerShell writes."""
    path = tmp_path / "cluster.txt"
    path.write_bytes("".join(LISTS.values()).encode("utf-16"))
    assert read_cluster(path).cluster == CLUSTER


def test_lists_in_files_of_their_own_are_one_export(tmp_path):
    for kind, text in LISTS.items():
        (tmp_path / f"{kind}.txt").write_text(text, encoding="utf-8", newline="")
    assert read_cluster(tmp_path).cluster == CLUSTER


def test_a_transcript_with_commands_between_the_lists_is_one_export():
    said = [f"PS C:\\> Get-ClusterNode | fl *\n{text}" for text in LISTS.values()]
    assert read("".join(said)).cluster == CLUSTER


@pytest.mark.parametrize("width", [40, 60, 200])
def test_wrapped_values_are_read_whole(width):
    text = "".join(format_list(objects, width) for objects in PARTS.values() if objects)
    assert read(text).cluster == CLUSTER


TABLES = {
    "Cluster": format_list(PARTS["Cluster"]),
    "Nodes": format_table(
        [{**node, "ID": node["Id"]} for node in PARTS["Nodes"]],
        ["Name", "ID", "State", "NodeWeight"],
        [12, 4, 6, 10],
        ["ID", "State", "NodeWeight"],
    ),
    "Quorum": format_table(
        PARTS["Quorum"], ["Cluster", "QuorumResource", "QuorumType"], [16, 20, 26], ["QuorumType"]
    ),
    "Groups": format_list(PARTS["Groups"]),
    "Resources": format_table(
        PARTS["Resources"],
        ["Name", "ResourceType", "OwnerGroup", "RestartAction", "RestartThreshold"],
        [14, 13, 13, 13, 16],
        ["RestartAction", "RestartThreshold"],
    ),
    "Dependencies": format_table(
        PARTS["Dependencies"], ["Resource", "DependencyExpression"], [14, 30]
    ),
    "Owners": format_table(PARTS["Owners"], ["ClusterObject", "OwnerNodes"], [14, 10]),
}


def test_wrapped_tables_are_read_as_lists_are():
    assert read("".join(TABLES.values())).cluster == CLUSTER


def test_a_long_dependency_goes_on_over_several_lines():
    text = TABLES["Dependencies"].replace("[Disk F]", "([Disk F]) and")
    text = text.rstrip() + "\r\n" + " " * 15 + "([Cluster Disk\r\n" + " " * 15 + "9])\r\n"
    with pytest.raises(InputError, match="'Cluster Disk 9' is no resource of group 'FS'"):
        read("".join({**TABLES, "Dependencies": text}.values()))


CUT = {
    "a dependency in a table": (
        "Dependencies",
        TABLES["Dependencies"].replace("[Disk F]", "[Disk F] or [IP Add ..."),
        "0.txt:6: DependencyExpression: this text was cut short: '[Disk F] or [IP Add ...'",
    ),
    "a name in a table": (
        "Dependencies",
        TABLES["Dependencies"].replace("FS server", "FS ser..."),
        "0.txt:6: Resource: this text was cut short: 'FS ser...'",
    ),
    "a list of owners": (
        "Owners",
        format_list(PARTS["Owners"], most=1),
        "0.txt:4: OwnerNodes: this text was cut short: '{N2...}'",
    ),
    "a list of owners, by PowerShell 7": (
        "Owners",
        format_list(PARTS["Owners"], most=1).replace("...", "…"),
        "0.txt:4: OwnerNodes: this text was cut short: '{N2…}'",
    ),
}


@pytest.mark.parametrize(("kind", "text", "said"), CUT.values(), ids=CUT)
def test_what_was_cut_short_is_refused_with_how_to_get_it_whole(kind, text, said):
    parts = {name: part for name, part in TABLES.items() if name != kind}
    with pytest.raises(InputError) as refused:
        read(text, *parts.values())
    assert str(refused.value).startswith(said), refused.value
    assert "$FormatEnumerationLimit = -1" in refused.value.reason


def test_columns_that_run_into_each_other_are_refused():
    text = "Name State\n---- -----\nA node with a long name is Up\nB    Up\n"
    with pytest.raises(InputError) as refused:
        read(text)
    assert str(refused.value).startswith("0.txt:3: two columns run into each other here")


def test_lines_that_are_no_output_are_noted():
    read_ = read("Collected by hand\n" + "".join(LISTS.values()) + "\nName : x\nColour : red\n")
    assert read_.cluster == CLUSTER
    [note] = [note for note in read_.notes if "nothing is read of" in note.text]
    assert note.where == "0.txt:1"
    assert "on this line and 2 more" in note.text


def listing() -> str:
    """What cluster.exe says on Windows Server 2008 R2, and the quorum."""
    return cluster_exe_listing(EXPORT) + format_list(PARTS["Quorum"])


def test_what_cluster_exe_lists_is_the_same_cluster():
    assert read(listing()).cluster == CLUSTER


def test_a_listing_alone_does_not_say_which_resources_are_what():
    """Only names, groups, nodes and states: everything that hangs on types is unknown."""
    text = "\r\n".join(listing().split("Listing properties")[:1]) + format_list(
        [{"QuorumType": "NodeMajority", "QuorumResource": ""}]
    )
    read_ = read(text)
    assert read_.cluster.node_names == ("N1", "N2", "N3")
    assert {one.setting for one in read_.unmodelled} == {
        "quarantine (QuarantineThreshold)",
        "dependencies between resources",
        "the types of resources",
    }
    assert read_.cluster.version_source is VersionSource.ASSUMED
    assert [note.text for note in read_.notes if "is a word of" in note.text] == [
        "NodeMajority is a word of Windows Server 2012 R2 and before, and nothing says which "
        "version it is"
    ]

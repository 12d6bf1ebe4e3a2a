"""`read_cluster` knows formats by suffix and by first words."""

import pytest
from bad_files import MODE, THREE

from quorate.errors import InputError
from quorate.importers import read_cluster

COROSYNC = "# made by hand\n\ntotem {\n  version: 2\n}\n"

FOREIGN = [
    ("corosync.conf", COROSYNC, "corosync.conf"),
    ("corosync.bak", COROSYNC, "corosync.conf"),
    ("cib.xml", "<cib/>", "Pacemaker's cib.xml"),
    ("cib.txt", '<?xml version="1.0"?>\n<cib/>', "Pacemaker's cib.xml"),
]


@pytest.mark.parametrize(("name", "text", "format_name"), FOREIGN)
def test_a_format_that_is_not_read_yet_is_named(tmp_path, name, text, format_name):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_cluster(path)
    assert caught.value.where == str(path)
    assert caught.value.reason == (
        f"{format_name} is not read yet; describe the cluster in quorate's own TOML format"
    )


LIST = "\nName   : A\nId     : 1\nState  : Up\n"
TABLE = "\nName Id State\n---- -- -----\nA     1    Up\n"
EXPORTS = [
    ("cluster.json", b"{}", "no node of a cluster is in this export"),
    ("cluster.JSON", b"", "this is not JSON"),
    ("export", '\ufeff \n{"Nodes": []}'.encode(), "no node of a cluster is in this export"),
    ("export", b'[{"Name": "A", "NodeWeight": 1}]', "does not say who votes"),
    ("export.txt", LIST.encode(), "does not say who votes"),
    ("export.log", TABLE.replace("\n", "\r\n").encode("utf-16"), "does not say who votes"),
]


@pytest.mark.parametrize(("name", "content", "reason"), EXPORTS)
def test_an_export_is_known_by_its_suffix_or_by_its_content(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        read_cluster(path)


@pytest.mark.parametrize("name", ["three.toml", "three.TOML", "three", "three.cluster"])
def test_everything_else_is_read_as_the_native_format(tmp_path, name):
    path = tmp_path / name
    path.write_text("# totem {\n" + THREE + MODE, encoding="utf-8")
    assert read_cluster(path).cluster.node_names == ("A", "B", "C")


def test_a_toml_file_is_native_whatever_is_in_it(tmp_path):
    path = tmp_path / "cluster.toml"
    path.write_text("<cib/>", encoding="utf-8")
    with pytest.raises(InputError, match="this is not TOML"):
        read_cluster(path)


def test_a_missing_file_of_another_format_is_missing_first(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_cluster(tmp_path / "cib.xml")

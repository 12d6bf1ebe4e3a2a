"""Every bad file gets one sentence with its place, as `InputError` and as nothing else."""

import pathlib
import tomllib

import pytest
from bad_files import BAD_FILES, MODE, THREE
from bad_groups import BAD_GROUPS, DISK, GROUP, RESOURCE

from quorate.cluster import CycleError
from quorate.errors import InputError, Place
from quorate.importers import parse_native, read_document, read_native
from quorate.importers.files import MOST_BYTES
from quorate.importers.toml import MOST_DOTS


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_native(text, "bad.toml")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600
    return caught.value


@pytest.mark.parametrize("bad", BAD_FILES + BAD_GROUPS, ids=lambda bad: bad.title)
def test_a_file_that_is_no_cluster_is_refused_with_its_line_and_its_key_path(bad):
    error = refused(bad.text)
    assert error.place == Place("bad.toml", bad.line, bad.key)
    assert bad.reason in error.reason


@pytest.mark.parametrize("bad", BAD_FILES + BAD_GROUPS, ids=lambda bad: bad.title)
def test_a_document_that_is_no_cluster_is_refused_with_its_key_path(bad):
    with pytest.raises(InputError) as caught:
        read_document(tomllib.loads(bad.text), "a trace")
    assert caught.value.place == Place("a trace", None, bad.key)
    assert bad.reason in caught.value.reason


def test_a_place_is_told_as_compilers_do():
    error = refused("\n" + THREE + MODE + "[survives]\ncrash = 65")
    assert str(error) == "bad.toml:6: survives.crash: 65 is out of range; use 0 to 64 nodes"


def test_lines_are_counted_behind_a_byte_order_mark_and_with_windows_line_ends():
    error = refused(f"\ufeff{THREE}\n{MODE}votes = 1".replace("\n", "\r\n"))
    assert error.where == "bad.toml:5: quorum.votes"


def test_a_circle_is_refused_with_its_members_and_its_file():
    text = GROUP + RESOURCE + 'depends_on = "[d]"\n' + DISK + 'depends_on = "[r]"'
    with pytest.raises(CycleError) as caught:
        parse_native(text, "bad.toml")
    assert caught.value.where == "bad.toml:8: groups[0].resources[0].depends_on"
    assert caught.value.group.name == "g"
    assert caught.value.cycle in (("r", "d", "r"), ("d", "r", "d"))


def test_votes_beyond_printing_are_refused_without_printing_them():
    error = refused(MODE + '[[nodes]]\nname = "A"\nvotes = 0x' + "f" * 9000)
    assert (
        str(error) == "bad.toml:5: nodes[0].votes: this number is out of range; use 0 to 1000 votes"
    )


NOT_TOML = [
    ("an open text", 'name = "x\n' + MODE, "bad.toml:1", "Illegal character '\\n'"),
    ("no value", "\n\nname =\n", "bad.toml:3", "Invalid value"),
    ("a word", THREE + MODE + "hello", "bad.toml:4", "Expected '=' after a key"),
    ("a key twice", THREE + THREE, "bad.toml:2", "Cannot overwrite a value"),
    ("a table twice", MODE + MODE, "bad.toml:3", "Cannot declare ('quorum',) twice"),
    ("a number of its own", "name = 01", "bad.toml:1", "correct this line"),
    ("a day that never was", "name = 2008-02-30", "bad.toml:1", "Invalid date"),
    ("a NUL", 'name = "\0"', "bad.toml:1", "Illegal character '\\x00'"),
    ("an array that never ends", "nodes = [\n'A',\n", "bad.toml:2", "correct the end of the file"),
    ("a text that never ends", 'name = """\n\n', "bad.toml:1", "correct the end of the file"),
    (
        "a path in double quotes",
        'name = "\\\\fs\\witness"',
        "bad.toml:1",
        "put text with backslashes in single quotes",
    ),
    ("half a surrogate pair, escaped", 'name = "\\ud800"', "bad.toml:1", "not a Unicode scalar"),
    ("half a surrogate pair", 'name = "\ud800"', "bad.toml:1", "half a surrogate pair"),
    ("JSON", '{"nodes": []}', "bad.toml:1", "Invalid statement"),
    ("nothing", "", "bad.toml", "this file says nothing; write at least a [quorum] table"),
    ("only a comment", "# later\n\n", "bad.toml", "this file says nothing"),
    ("only a byte order mark", "\ufeff", "bad.toml", "this file says nothing"),
    ("deep arrays", "nodes = " + "[" * 50_000, "bad.toml", "nested too deeply"),
    ("deep tables", "nodes = " + "{a=" * 50_000, "bad.toml", "nested too deeply"),
    ("an endless dotted key", THREE + "a" + ".a" * 500_000 + "=1", "bad.toml:2", "dots stand"),
    ("an endless header", "[a" + " . 'a'" * 500_000 + "]", "bad.toml:1", "dots stand"),
    ("quotes that never close", '\\"' * 500_000 + "." * 200, "bad.toml:1", "correct this line"),
    ("an endless number", "name = " + "9" * 5000, "bad.toml", "far too many digits"),
]


@pytest.mark.parametrize(
    ("text", "where", "reason"), [case[1:] for case in NOT_TOML], ids=[case[0] for case in NOT_TOML]
)
def test_a_text_that_is_not_toml_is_refused_with_its_line(text, where, reason):
    error = refused(text)
    assert error.where == where
    assert reason in error.reason


def test_dots_are_only_counted_in_keys():
    dots = "." * (MOST_DOTS + 1)
    names = ", ".join(f'"hv{i}.example.com"' for i in range(MOST_DOTS))
    imported = parse_native(f"name = '{dots}' # {dots}\nnodes = [{names}]\n{MODE}", "good.toml")
    assert imported.cluster.name == dots


NOT_A_FILE = [
    ("UTF-16 of PowerShell", 'name = "x"'.encode("utf-16"), "", "this file is UTF-16; save it as"),
    ("a program", b"\x7fELF\x02\x00\x00", "", "this is a binary file"),
    ("Latin-1", 'name = "x"\nname = "Köln"'.encode("latin-1"), ":2", "byte 0xF6 is not UTF-8"),
    ("half a letter", b'name = "\xc3', ":1", "byte 0xC3 is not UTF-8"),
    ("a surrogate in UTF-8", b'name = "\xed\xa0\x80"', ":1", "byte 0xED is not UTF-8"),
    ("an empty file", b"", "", "this file says nothing"),
]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [case[1:] for case in NOT_A_FILE],
    ids=[case[0] for case in NOT_A_FILE],
)
def test_a_file_that_is_not_text_is_refused_with_its_path(tmp_path, content, line, reason):
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_native(path)
    assert caught.value.where == f"{path}{line}"
    assert reason in caught.value.reason


def test_a_file_that_is_too_long_is_refused_before_it_is_read_whole(tmp_path, monkeypatch):
    path = tmp_path / "long.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    taken = []
    original = pathlib.Path.open

    def counting(self, *arguments):
        file = original(self, *arguments)
        read = file.read
        file_read = lambda size=-1: taken.append(size) or read(size)  # noqa: E731
        monkeypatch.setattr(file, "read", file_read, raising=False)
        return file

    monkeypatch.setattr(pathlib.Path, "open", counting)
    with pytest.raises(InputError, match="longer than 4 MiB"):
        read_native(path)
    assert taken == [MOST_BYTES + 1]


def test_a_file_of_the_greatest_length_is_read(tmp_path):
    path = tmp_path / "full.toml"
    content = (THREE + MODE).encode()
    path.write_bytes(content + b"#" * (MOST_BYTES - len(content)))
    assert len(read_native(path).cluster.nodes) == 3
    path.write_bytes(content + b"#" * (MOST_BYTES - len(content) + 1))
    with pytest.raises(InputError, match="longer than 4 MiB"):
        read_native(path)


def test_paths_that_lead_nowhere_are_refused(tmp_path):
    for path, reason in (
        (tmp_path, "this is a directory"),
        (tmp_path / "missing.toml", "there is no such file"),
        (tmp_path / ("x" * 5000), "this path cannot be read"),
        (pathlib.Path("nul\0byte.toml"), "this path cannot be read"),
    ):
        with pytest.raises(InputError, match=reason) as caught:
            read_native(path)
        assert caught.value.where == str(path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "secret.toml"
    path.write_text(THREE + MODE)
    monkeypatch.setattr(pathlib.Path, "open", forbidden)
    with pytest.raises(InputError, match="may not be read; check its permissions"):
        read_native(path)


def test_a_path_that_is_no_text_can_still_be_printed():
    with pytest.raises(InputError) as caught:
        read_native(pathlib.Path("no-\udcff-text.toml"))
    assert caught.value.where.encode() == b"no-\\udcff-text.toml"

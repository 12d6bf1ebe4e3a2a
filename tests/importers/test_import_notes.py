"""Which settings are noted as defaulted or doubtful."""

import pytest

from quorate.importers import NoteKind, parse_native

SITES, THREE_SITES = 'sites = ["X", "Y"]\n', 'sites = ["X", "Y", "Z"]\n'
REACHED = 'reached_by = ["A", "B"]\n'


def nodes(*rows: str) -> str:
    return "".join(f"[[nodes]]\n{row}\n" for row in rows)


def named(names: str, more: str = "") -> str:
    return nodes(*(f'name = "{name}"\n{more}' for name in names))


def mode(name: str, witness: str | None = None) -> str:
    return f'[quorum]\nmode = "{name}"\n' + ("" if witness is None else f"[witness]\n{witness}")


TWO_MORE = nodes('name = "F"\nsite = "X"', 'name = "G"\nsite = "Y"')
TWO_SITES = nodes('name = "A"\nsite = "X"', 'name = "B"\nsite = "Y"')
DISK, SHARE = "node-and-disk-majority", "node-and-file-share-majority"

DOUBTFUL = [
    ("odd nodes alone", named("ABC") + mode("node-majority"), {}),
    (
        "even nodes alone, wsfc.md 1.3",
        named("AB") + mode("node-majority"),
        {"quorum.mode": "an even number of votes, 2"},
    ),
    ("even nodes and a disk", named("AB") + mode(DISK, REACHED), {}),
    ("even nodes and a share", named("AB") + mode(SHARE, REACHED), {}),
    (
        "odd nodes and a disk, pitfall P7",
        named("ABC") + mode(DISK, REACHED),
        {"quorum.mode": "an odd number of votes, 3"},
    ),
    (
        "odd nodes and a share, pitfall P7",
        named("ABC") + mode(SHARE, REACHED),
        {"quorum.mode": "from Windows Server 2012 R2 on a witness is recommended"},
    ),
    (
        "a disk under several sites, wsfc.md 1.3",
        SITES + TWO_SITES + mode(DISK, REACHED),
        {"quorum.mode": "the nodes stand in 2 sites"},
    ),
    (
        "a disk in a site of its own",
        THREE_SITES + TWO_SITES + mode(DISK, REACHED + 'site = "Z"'),
        {},
    ),
    (
        "more losses of the witness than there are witnesses",
        named("ABC") + mode("node-majority") + "[survives]\nwitness = 1\n",
        {"survives.witness": "nothing is asked"},
    ),
    (
        "more crashes than nodes",
        named("ABC") + mode("node-majority") + "[survives]\ncrash = 9\n",
        {"survives.crash": "3 are asked"},
    ),
    (
        "a promise that a single node cannot keep is asked",
        named("A") + mode("node-majority") + "[survives]\ncrash = 1\n",
        {},
    ),
    (
        "nobody from whom a single node could be cut off",
        named("A") + mode("node-majority") + "[survives]\nisolation = 1\n",
        {"survives.isolation": "nothing is asked"},
    ),
    (
        "a fault in order that cannot happen",
        named("ABC")
        + mode("node-majority")
        + '[survives]\nin_order = [{ faults = ["crash"] }, { faults = ["crash", "path"] }]\n',
        {"survives.in_order[1]": "path cannot happen to this cluster; nothing is asked"},
    ),
    (
        "a site failure without sites",
        named("ABC") + mode("node-majority") + "[survives]\nsite = 1\n",
        {"survives.site": "there are 0 sites"},
    ),
    (
        "a share under several sites",
        THREE_SITES + TWO_SITES + mode(SHARE, REACHED + 'site = "Z"'),
        {},
    ),
    (
        "a share in a site with nodes, pitfall P5",
        SITES + TWO_SITES + mode(SHARE, REACHED + 'site = "Y"'),
        {"witness.site": "the witness stands in 'Y' together with nodes"},
    ),
    (
        "a node without a vote, pitfall P18",
        nodes('name = "A"', 'name = "B"\nvotes = 0') + mode("node-majority"),
        {"nodes[1].votes": "node 'B' has no vote"},
    ),
    (
        "votes that make an even number of nodes odd",
        nodes('name = "A"\nvotes = 2', 'name = "B"') + mode("node-majority"),
        {},
    ),
    (
        "disk-only, pitfall P13, where no node's vote counts anyway",
        nodes('name = "A"', 'name = "B"\nvotes = 0') + mode("disk-only", REACHED),
        {"quorum.mode": "the cluster stops when the disk fails"},
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in DOUBTFUL], ids=[case[0] for case in DOUBTFUL]
)
def test_what_is_seldom_wanted_is_doubted(text, expected):
    check(text, NoteKind.DOUBTFUL, expected)


DEFAULTED = [
    ("a witness whose nodes are named", named("AB") + mode(DISK, REACHED), {}),
    (
        "a witness whose nodes are not named",
        named("AB") + mode(DISK, ""),
        {"witness.reached_by": "every node is taken to reach the witness"},
    ),
    (
        "a witness in no site, where there are sites",
        SITES + TWO_SITES + mode(SHARE, REACHED),
        {"witness.site": "taken to stand apart"},
    ),
    (
        "nodes in no site, where there are sites",
        SITES + named("ABCDE") + TWO_MORE + mode("node-majority"),
        {"nodes": "'A', 'B', 'C', 'D' and 1 more"},
    ),
    ("nodes in no site, where there is none", named("ABCDE") + mode("node-majority"), {}),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in DEFAULTED], ids=[case[0] for case in DEFAULTED]
)
def test_what_the_file_leaves_out_and_matters_is_noted(text, expected):
    check(text + "\n[survives]\n", NoteKind.DEFAULTED, expected)


def test_a_file_that_promises_nothing_is_told_what_is_asked():
    text = named("ABC") + mode("node-majority")
    check(text, NoteKind.DEFAULTED, {"survives": "one crash and one node cut off; write"})


def test_what_is_asked_of_a_single_node_is_only_what_can_happen_to_it():
    text = named("A") + mode("node-majority")
    check(text, NoteKind.DEFAULTED, {"survives": "is asked to survive one crash; write"})


VERSIONS = [
    (
        "two nodes alone",
        "2012",
        named("AB") + mode("node-majority"),
        {"quorum.mode": "a split in halves may stop both"},
    ),
    ("three nodes alone", "2012", named("ABC") + mode("node-majority"), {}),
    (
        "three nodes and a share",
        "2012",
        named("ABC") + mode(SHARE, REACHED),
        {"quorum.mode": "the witness makes it even; Windows Server 2012 is advised to have none"},
    ),
    ("two nodes and a share", "2012", named("AB") + mode(SHARE, REACHED), {}),
    (
        "two nodes alone",
        "2012 R2",
        named("AB") + mode("node-majority"),
        {"quorum.mode": "from Windows Server 2012 R2 on one is recommended for any number"},
    ),
    (
        "three nodes alone",
        "2025",
        named("ABC") + mode("node-majority"),
        {"quorum.mode": "from Windows Server 2012 R2 on one is recommended for any number"},
    ),
    ("a node alone", "2025", named("A") + mode("node-majority"), {}),
    ("three nodes and a share", "2025", named("ABC") + mode(SHARE, REACHED), {}),
    (
        "a disk under several sites",
        "2012",
        SITES + TWO_SITES + mode(DISK, REACHED),
        {"quorum.mode": "the nodes stand in 2 sites"},
    ),
    (
        "a disk under several sites",
        "2025",
        SITES + TWO_SITES + mode(DISK, REACHED),
        {"quorum.mode": "the nodes stand in 2 sites"},
    ),
    (
        "the disk alone",
        "2025",
        named("AB") + mode("disk-only", REACHED),
        {"quorum.mode": "the cluster stops when the disk fails"},
    ),
]


@pytest.mark.parametrize(
    ("version", "text", "expected"),
    [case[1:] for case in VERSIONS],
    ids=[f"{case[0]}, {case[1]}" for case in VERSIONS],
)
def test_advice_is_that_of_the_version(version, text, expected):
    check(text, NoteKind.DOUBTFUL, expected, version)


def test_a_file_that_names_no_version_is_told_which_is_taken():
    text = named("ABC") + mode("node-majority") + "[survives]\n"
    said = [note for note in parse_native(text, "f").notes if note.kind is NoteKind.DEFAULTED]
    assert [note.place.key for note in said] == ["version"]
    assert "the rules of Windows Server 2025 are taken" in said[0].text


def check(text: str, kind: NoteKind, expected: dict[str, str], version: str = "2008") -> None:
    read = parse_native(f'version = "{version}"\n{text}', "f")
    notes = [note for note in read.notes if note.kind is kind]
    assert [note.place.key for note in notes] == list(expected)
    for note, part in zip(notes, expected.values(), strict=True):
        assert part in note.text
        assert "\n" not in note.text
        assert ". " not in note.text

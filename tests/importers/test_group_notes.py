"""Which settings of groups are noted as defaulted or doubtful, and how often."""

import pytest

from quorate.errors import Place
from quorate.importers import Note, NoteKind, parse_native

NODES = 'version = "2008"\nnodes = ["A", "B", "C"]\n'
MODE = '[quorum]\nmode = "node-majority"\n[survives]\n'
FENCED = "[failover]\nfencing = true\n"
DISK = 'name = "d", kind = "disk"'


def resource(row: str) -> str:
    """A row that says how often it is restarted, so that no note speaks of that."""
    return f"{{ {row}, restart_threshold = 1 }}"


def group(more: str, *rows: str, name: str = "g") -> str:
    return f'[[groups]]\nname = "{name}"\n{more}\nresources = [{", ".join(map(resource, rows))}]\n'


def file(groups: str, top: str = "", failover: str = FENCED) -> str:
    return top + NODES + MODE + failover + groups


def notes(text: str, kind: NoteKind) -> list[Note]:
    return [note for note in parse_native(text, "f").notes if note.kind is kind]


def machine(data: str, name: str = "vm") -> str:
    return f'name = "{name}", kind = "virtual-machine"{data}'


WRITER = 'name = "w", depends_on = "[d]", writes_to = ["d"]'
NAME = 'name = "n", kind = "network-name"'
ADDRESS = 'name = "i", kind = "ip-address"'
SPOOLER = 'name = "p", kind = "print-spooler"'
ALONE = 'stateless = true\nanti_affinity = ["web"]'
CROWD = "[failover]\nenforced_anti_affinity = true\n"

DOUBTFUL = [
    ("a plain group", file(group("", DISK, WRITER)), {}),
    # failback and owners
    (
        "failback to nowhere, wsfc.md 5.1",
        file(group('failback = "immediate"', 'name = "r"')),
        {"groups[0].failback": "no effect without preferred owners"},
    ),
    (
        "failback to the first of all",
        file(group('failback = "immediate"\npreferred_owners = ["B", "A", "C"]', 'name = "r"')),
        {},
    ),
    (
        "preferred owners that leave out possible ones, pitfall P10",
        file(group('preferred_owners = ["C", "B"]', 'name = "r"')),
        {"groups[0].preferred_owners": "can land on the other nodes too"},
    ),
    (
        "preferred owners that are all that is possible",
        file(group('preferred_owners = ["B"]', 'name = "r", possible_owners = ["B"]')),
        {},
    ),
    (
        "a preferred owner that is impossible, rule G5",
        file(group('preferred_owners = ["A", "B"]', 'name = "r", possible_owners = ["B"]')),
        {"groups[0].preferred_owners": "never go there"},
    ),
    # running twice
    (
        "nothing that is reserved",
        file(group("", 'name = "r"'), failover=""),
        {"groups[0].stateless": "a node that is cut off may run them twice"},
    ),
    ("a disk that is reserved", file(group("", DISK, WRITER), failover=""), {}),
    ("what may run twice", file(group("stateless = true", 'name = "r"'), failover=""), {}),
    # required providers
    (
        "a name without an address, wsfc.md 4.2",
        file(group("", NAME)),
        {"groups[0].resources[0].depends_on": "Windows wants resources of certain kinds"},
    ),
    ("a name with an address", file(group("", ADDRESS, NAME + ', depends_on = "[i]"')), {}),
    (
        "a name with either of two addresses",
        file(
            group(
                "",
                ADDRESS,
                'name = "j", kind = "ip-address"',
                NAME + ', depends_on = "[i] or [j]"',
            )
        ),
        {},
    ),
    (
        "a name with an address or something else",
        file(group("", ADDRESS, 'name = "r"', NAME + ', depends_on = "[i] or [r]"')),
        {"groups[0].resources[2].depends_on": "in every case: 'n'"},
    ),
    (
        "a spooler without its disk",
        file(
            group(
                "", DISK, ADDRESS, NAME + ', depends_on = "[i]"', SPOOLER + ', depends_on = "[n]"'
            )
        ),
        {
            "groups[0].resources[3].depends_on": "a disk below a spooler",
            "groups[0].resources[0].writes_to": "say in writes_to who keeps data there",
        },
    ),
    (
        "a distributed network name has no address",
        file(group("", 'name = "n", kind = "distributed-network-name"')),
        {},
    ),
    (
        "a message queue whose address is below its name",
        file(
            group(
                "",
                DISK,
                ADDRESS,
                NAME + ', depends_on = "[i]"',
                'name = "q", kind = "msmq", depends_on = "[n] and [d]", writes_to = ["d"]',
            )
        ),
        {},
    ),
    # data
    (
        "a disk that is forgotten, pitfall P19",
        file(group("", DISK, 'name = "w", writes_to = ["d"]')),
        {"groups[0].resources[1].writes_to": "a disk that they do not depend on"},
    ),
    (
        "a disk that is needed indirectly",
        file(group("", DISK, WRITER, 'name = "x", depends_on = "[w]", writes_to = ["d"]')),
        {},
    ),
    (
        "a disk that is needed or not",
        file(
            group(
                "",
                DISK,
                'name = "r"',
                'name = "w", depends_on = "[d] or [r]", writes_to = ["d"]',
            )
        ),
        {"groups[0].resources[2].writes_to": "away first: 'w'"},
    ),
    (
        "machines of two groups on one plain disk, wsfc.md 7",
        file(
            group("", DISK, machine(', depends_on = "[d]", writes_to = ["d"]'))
            + group("", machine(', writes_to = ["d"]', "vm2"), name="h")
        ),
        {"groups[1].resources[0].writes_to": "a disk is owned by one node"},
    ),
    (
        "a machine on a shared volume",
        file(group('migration = "live"', machine(', writes_to = ["V"]')), top='volumes = ["V"]\n'),
        {},
    ),
    (
        "a machine of which nobody knows where its data is",
        file(group("", DISK, machine(', depends_on = "[d]"'))),
        {"groups[0].resources[1].writes_to": "it is not said where these virtual machines"},
    ),
    # no effect
    (
        "live migration without a machine",
        file(group('migration = "live"', 'name = "r"')),
        {"groups[0].migration": "no effect on a group without a virtual machine"},
    ),
    (
        "an action of what is no machine",
        file(group("", 'name = "r", offline_action = "shut-down"')),
        {"groups[0].resources[0].offline_action": "no effect"},
    ),
    # anti-affinity
    (
        "as many that exclude each other as there are nodes, pitfall P15",
        file("".join(group(ALONE, f'name = "{n}"', name=n) for n in "rst"), failover=CROWD),
        {"failover.enforced_anti_affinity": "leave no node to spare"},
    ),
    (
        "more that exclude each other than there are nodes",
        file("".join(group(ALONE, f'name = "{n}"', name=n) for n in "rstu"), failover=CROWD),
        {"failover.enforced_anti_affinity": "one of them is always offline"},
    ),
    (
        "more crashes than there are nodes",
        file(group("stateless = true\nsurvives = { crash = 4 }", 'name = "r"')),
        {"groups[0].survives.crash": "there are 3 nodes; 3 are asked"},
    ),
    (
        "apart from nobody",
        file(group("stateless = true\nsurvives = { apart = true }", 'name = "r"')),
        {"groups[0].survives": "shares no anti-affinity name with any; nothing is asked"},
    ),
    (
        "fewer that exclude each other than there are nodes",
        file("".join(group(ALONE, f'name = "{n}"', name=n) for n in "rs"), failover=CROWD),
        {},
    ),
    (
        "many that exclude each other softly, rule G6",
        file("".join(group(ALONE, f'name = "{n}"', name=n) for n in "rst")),
        {},
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in DOUBTFUL], ids=[row[0] for row in DOUBTFUL]
)
def test_what_is_seldom_wanted_is_doubted(text, expected):
    check(notes(text, NoteKind.DOUBTFUL), expected)


def silent(*rows: str) -> str:
    listed = ", ".join(f"{{ {row} }}" for row in rows)
    return file(f'[[groups]]\nname = "g"\nresources = [{listed}]\n')


DEFAULTED = [
    ("all is said", file(group("", DISK, WRITER)), {}),
    (
        "how often to restart, wsfc.md 4.3",
        silent('name = "q", restart_threshold = 1', 'name = "r"', 'name = "s"'),
        {"groups[0].resources[1].restart_threshold": "cmdlet shows 1, so write what your"},
    ),
    ("how often not to restart", silent('name = "r", restart = "none"'), {}),
    (
        "what keeps data on a disk",
        file(group("", DISK, 'name = "r", depends_on = "[d]"')),
        {"groups[0].resources": "no claim speaks of lost writes there"},
    ),
    (
        "what keeps data on a disk, of a machine that is doubted for it",
        file(group("", DISK, machine(', depends_on = "[d]"'))),
        {},
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:] for row in DEFAULTED], ids=[row[0] for row in DEFAULTED]
)
def test_what_a_group_leaves_out_and_matters_is_noted(text, expected):
    check(notes(text, NoteKind.DEFAULTED), expected)


def check(found: list[Note], expected: dict[str, str]) -> None:
    assert [note.place.key for note in found] == list(expected)
    for note, part in zip(found, expected.values(), strict=True):
        assert part in note.text
        assert "\n" not in note.text
        assert ". " not in note.text


def test_one_matter_in_many_groups_is_one_note_that_names_the_first_few():
    text = file("".join(group("", f'name = "{n}"', name=n) for n in "uvwxyz"), failover="")
    [note] = notes(text, NoteKind.DOUBTFUL)
    assert note.place == Place("f", 6, "groups[0].stateless")
    assert note.text.endswith(": 'u', 'v', 'w', 'x' and 2 more")

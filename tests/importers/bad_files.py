"""Files that parse as TOML and are no cluster: what is said, and whether a schema can see it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bad:
    """`line` is None where nothing of what is refused is written; `key` is the whole key path;
    `reason` is a part of the sentence."""

    title: str
    text: str
    line: int | None
    key: str
    reason: str
    schema_sees: bool = True


MODE = '[quorum]\nmode = "node-majority"\n'
DISK = '[quorum]\nmode = "node-and-disk-majority"\n'
THREE = 'nodes = ["A", "B", "C"]\n'

BAD_FILES = (
    # keys
    Bad(
        "a misspelt key", THREE + MODE + '[[sites]]\nnane = "x"', 5, "sites[0].nane", "mean 'name'?"
    ),
    Bad(
        "a misspelt table",
        '[[node]]\nname = "A"\n' + MODE,
        1,
        "node",
        "there is no key 'node' here; did you mean 'nodes'?",
    ),
    Bad("a key in capitals", THREE + '[quorum]\nMode = "x"', 3, "quorum.Mode", "mean 'mode'?"),
    Bad(
        "a key of another table",
        'mode = "node-majority"\n' + THREE,
        1,
        "mode",
        "there is no key 'mode' here; 'mode' belongs in [quorum]",
    ),
    Bad(
        "a key of a node in a site",
        MODE + '[[sites]]\nname = "x"\nvotes = 1\n[[nodes]]\nname = "A"',
        5,
        "sites[0].votes",
        "'votes' belongs in [[nodes]]",
    ),
    Bad(
        "the nodes below a table",
        MODE + THREE,
        3,
        "quorum.nodes",
        "write 'nodes' at the top of the file, above the first [table]",
    ),
    Bad(
        "a key like no other",
        THREE + MODE + "[survives]\nxyzzy = 1",
        5,
        "survives.xyzzy",
        "the keys here are crash, isolation, partition, witness, site",
    ),
    Bad(
        "an unknown key of a node",
        MODE + '[[nodes]]\nname = "A"\n[[nodes]]\nname = "B"\nvote = 1',
        7,
        "nodes[1].vote",
        "did you mean 'votes'?",
    ),
    Bad(
        "a key with a line break in it",
        '"a\\nb" = 1\n' + THREE + MODE,
        1,
        "'a\\nb'",
        "there is no key 'a\\nb' here",
    ),
    Bad("an endless key", "a" * 3000 + " = 1\n" + THREE + MODE, 1, f"'{'a' * 60}...'", "no key"),
    Bad("dotted keys too deep", "a.b.c.d = 1\n" + THREE + MODE, 1, "a", "there is no key 'a' here"),
    # what is missing
    Bad("no quorum", THREE, None, "quorum", "this key is missing; write for example [quorum]"),
    Bad("no mode", THREE + "[quorum]", 2, "quorum.mode", "missing; write for example mode = "),
    Bad("no nodes", MODE, None, "nodes", "missing; write for example nodes = ["),
    Bad("a node without a name", MODE + "[[nodes]]\nvotes = 1", 3, "nodes[0].name", "is missing"),
    Bad("a site without a name", THREE + MODE + "[[sites]]", 4, "sites[0].name", "is missing"),
    Bad("an empty list of nodes", "nodes = []\n" + MODE, 1, "nodes", "at least one node"),
    # types
    Bad("a number for a name", "name = 7\n" + THREE + MODE, 1, "name", "text, not a whole number"),
    Bad(
        "a date for a name",
        "name = 2008-02-27\n" + THREE + MODE,
        1,
        "name",
        "text, not a date or a time",
    ),
    Bad(
        "a boolean for votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = true',
        5,
        "nodes[0].votes",
        "this has to be a whole number, not the boolean true; write for example votes = 1",
    ),
    Bad(
        "a text for votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = "1"',
        5,
        "nodes[0].votes",
        "a whole number, not the text '1'",
    ),
    Bad(
        "a fraction for votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = 0.5',
        5,
        "nodes[0].votes",
        "a whole number, not a number with a fraction",
    ),
    Bad(
        "no number for votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = nan',
        5,
        "nodes[0].votes",
        "not a number with a fraction",
    ),
    Bad(
        "a table for the nodes", MODE + '[nodes]\nname = "A"', 3, "nodes", "of tables, not a table"
    ),
    Bad("a text for the nodes", 'nodes = "A"\n' + MODE, 1, "nodes", "of tables, not the text 'A'"),
    Bad(
        "a number for a node",
        'nodes = ["A", 7]\n' + MODE,
        1,
        "nodes[1]",
        "a table or a name, not a",
    ),
    Bad(
        "a number for a node, some lines below its key",
        'nodes = [\n  "A",\n\n  7, # B\n]\n' + MODE,
        4,
        "nodes[1]",
        "a table or a name, not a",
    ),
    Bad("an array for a node", 'nodes = [["A"]]\n' + MODE, 1, "nodes[0]", "not an array"),
    Bad(
        "a text for quorum",
        'quorum = "node-majority"\n' + THREE,
        1,
        "quorum",
        "a table, not the text 'node-majority'; write for example [quorum]",
    ),
    Bad("several quorums", THREE + "[[quorum]]\n", 2, "quorum", "a table, not an array"),
    Bad("several witnesses", THREE + DISK + "[[witness]]", 4, "witness", "a table, not an array"),
    Bad(
        "a text for reached_by",
        THREE + DISK + '[witness]\nreached_by = "A"',
        5,
        "witness.reached_by",
        "an array of texts, not the text 'A'",
    ),
    Bad(
        "a boolean in reached_by",
        THREE + DISK + '[witness]\nreached_by = ["A", false]',
        5,
        "witness.reached_by[1]",
        "text, not the boolean false",
    ),
    # values
    Bad(
        "an unknown mode",
        THREE + '[quorum]\nmode = "NodeMajority"',
        3,
        "quorum.mode",
        "'NodeMajority' is not known; did you mean 'node-majority'? It is one of 'node-majority', ",
    ),
    Bad(
        "an unknown mode below a dotted key",
        THREE + 'quorum . "mode" = "x"',
        2,
        "quorum.mode",
        "use one of 'node-",
    ),
    Bad(
        "a mode like no other",
        THREE + '[quorum]\nmode = "x"',
        3,
        "quorum.mode",
        "use one of 'node-",
    ),
    Bad("an empty mode", THREE + '[quorum]\nmode = ""', 3, "quorum.mode", "this text is empty"),
    Bad(
        "negative votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = -1',
        5,
        "nodes[0].votes",
        "-1 is out of range; use 0 to 1000 votes",
    ),
    Bad(
        "absurd votes",
        MODE + '[[nodes]]\nname = "A"\nvotes = 1001',
        5,
        "nodes[0].votes",
        "1001 is out of range; use 0 to 1000 votes",
    ),
    Bad(
        "too many faults",
        THREE + MODE + "[survives]\nsite = 65",
        5,
        "survives.site",
        "65 is out of range; use 0 to 64 sites",
    ),
    Bad(
        "too many nodes",
        f"nodes = {[f'N{i}' for i in range(1025)]}\n" + MODE,
        1,
        "nodes",
        "1025 nodes are more than the 1024",
    ),
    Bad("an empty name", 'name = ""\n' + THREE + MODE, 1, "name", "this text is empty"),
    Bad(
        "a blank node",
        'nodes = ["A", " \\n\\t"]\n' + MODE,
        1,
        "nodes[1].name",
        "this text is empty",
    ),
    Bad("a blank site", 'sites = [""]\n' + THREE + MODE, 1, "sites[0].name", "this text is empty"),
    # what does not fit together
    Bad("a mode without its witness", THREE + DISK, 3, "quorum.mode", "add a [witness] table"),
    Bad(
        "disk-only without its disk",
        THREE + '[quorum]\nmode = "disk-only"',
        3,
        "quorum.mode",
        "Disk Only needs a disk witness",
    ),
    Bad(
        "a witness without its mode",
        THREE + MODE + "[witness]",
        4,
        "witness",
        "Node Majority counts no witness; remove the [witness] table",
    ),
    Bad(
        "a witness of some kind without its mode",
        THREE + MODE + '[witness]\nkind = "disk"',
        4,
        "witness",
        "Node Majority counts no witness",
    ),
    Bad(
        "the wrong kind of witness",
        THREE + DISK + '[witness]\nkind = "file-share"',
        5,
        "witness.kind",
        "counts a disk witness",
    ),
    Bad(
        "a kind of witness that nobody knows",
        THREE + DISK + '[witness]\nkind = "disc"',
        5,
        "witness.kind",
        "'disc' is not known; did you mean 'disk'?",
    ),
    Bad(
        "a witness that nobody reaches",
        THREE + DISK + "[witness]\nreached_by = []",
        5,
        "witness.reached_by",
        "no node reaches the witness",
    ),
    Bad(
        "a witness reached twice by one node",
        THREE + DISK + '[witness]\nreached_by = ["A", "A"]',
        5,
        "witness.reached_by[1]",
        "'A' is given twice",
    ),
    Bad(
        "a node twice", 'nodes = ["A", "B", "A"]\n' + MODE, 1, "nodes[2].name", "'A' is given twice"
    ),
    Bad(
        "a node twice, some lines apart",
        'nodes = [\n  "A",\n  "B",\n  "A",\n]\nquorum.mode = "node-majority"',
        4,
        "nodes[2].name",
        "'A' is given twice",
    ),
    Bad(
        "a site twice",
        'sites = ["x", "x"]\n' + THREE + MODE,
        1,
        "sites[1].name",
        "the name 'x' is given twice",
    ),
    # what only the reader sees
    Bad(
        "a node twice, once as a table",
        'nodes = ["A", { name = "A" }]\n' + MODE,
        1,
        "nodes[1].name",
        "'A' is given twice; names must differ",
        schema_sees=False,
    ),
    Bad(
        "a witness reached by a stranger",
        THREE + DISK + '[witness]\nreached_by = ["A", "Z"]',
        5,
        "witness.reached_by[1]",
        "'Z' is no node of this cluster; declared nodes: 'A', 'B', 'C'",
        schema_sees=False,
    ),
    Bad(
        "a node in a mistyped site",
        'sites = ["Berlin"]\n' + MODE + '[[nodes]]\nname = "A"\nsite = "Berln"',
        6,
        "nodes[0].site",
        "did you mean 'Berlin'?",
        schema_sees=False,
    ),
    Bad(
        "a node in a site where none is declared",
        MODE + '[[nodes]]\nname = "A"\nsite = "Berlin"',
        5,
        "nodes[0].site",
        "declare it in [[sites]]",
        schema_sees=False,
    ),
    Bad(
        "a witness in an undeclared site",
        THREE + DISK + '[witness]\nsite = "Oslo"',
        5,
        "witness.site",
        "declare it in [[sites]]",
        schema_sees=False,
    ),
    Bad(
        "nobody with a vote",
        'nodes = [{ name = "A", votes = 0 }]\n' + MODE,
        1,
        "nodes",
        "nobody has a vote",
        schema_sees=False,
    ),
    Bad(
        "a whole number written as a fraction",
        MODE + '[[nodes]]\nname = "A"\nvotes = 1.0',
        5,
        "nodes[0].votes",
        "a whole number, not a number with a fraction",
        schema_sees=False,
    ),
)

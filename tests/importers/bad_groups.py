"""Files whose groups cannot be meant: what is said, and whether a schema can see it."""

from bad_files import MODE, THREE, Bad

NAMED = '[[groups]]\nname = "g"\n'
GROUP = THREE + MODE + NAMED
RESOURCE = '[[groups.resources]]\nname = "r"\n'
DISK = '[[groups.resources]]\nname = "d"\nkind = "disk"\n'
MACHINE = '[[groups.resources]]\nname = "vm"\nkind = "virtual-machine"\n'
ADDRESS = '[[groups.resources]]\nname = "ip"\nkind = "ip-address"\n'
PLACED = MODE + '[[nodes]]\nname = "A"\nsubnets = ["10.1.0.0/16"]\n'

BAD_GROUPS = (
    # keys
    Bad(
        "a misspelt key of a resource",
        GROUP + RESOURCE + 'depend_on = "[d]"',
        "groups[0].resources[0].depend_on",
        "did you mean 'depends_on'?",
    ),
    Bad(
        "a key of a resource in its group",
        GROUP + 'depends_on = "[d]"\n' + RESOURCE,
        "groups[0].depends_on",
        "'depends_on' belongs in [[groups.resources]]",
    ),
    Bad(
        "a key of a window in its group",
        GROUP + "start = 22\n" + RESOURCE,
        "groups[0].start",
        "'start' belongs in [groups.failback_window]",
    ),
    Bad(
        "fencing at the top",
        "fencing = true\n" + THREE + MODE,
        "fencing",
        "'fencing' belongs in [failover]",
    ),
    Bad(
        "volumes below a table",
        THREE + MODE + 'volumes = ["v"]',
        "quorum.volumes",
        "write 'volumes' at the top of the file",
    ),
    # what is missing
    Bad("a group without a name", THREE + MODE + "[[groups]]", "groups[0].name", "is missing"),
    Bad(
        "a group without resources",
        GROUP,
        "groups[0].resources",
        "this key is missing; write for example [[groups.resources]]",
    ),
    Bad(
        "an empty list of resources",
        GROUP + "resources = []",
        "groups[0].resources",
        "group 'g' has no resources",
    ),
    Bad(
        "a resource without a name",
        GROUP + "[[groups.resources]]",
        "groups[0].resources[0].name",
        "is missing",
    ),
    Bad(
        "a window without an end",
        GROUP + "failback_window = { start = 22 }\n" + RESOURCE,
        "groups[0].failback_window.end",
        "this key is missing; write for example end = 5",
    ),
    # types
    Bad(
        "a text for a boolean",
        THREE + MODE + '[failover]\nfencing = "yes"',
        "failover.fencing",
        "this has to be true or false, not the text 'yes'; write for example fencing = false",
    ),
    Bad(
        "a number for a boolean",
        GROUP + "stateless = 1\n" + RESOURCE,
        "groups[0].stateless",
        "this has to be true or false, not a whole number",
    ),
    Bad(
        "a name for a group",
        'groups = ["g"]\n' + THREE + MODE,
        "groups[0]",
        "this has to be a table, not the text 'g'; write for example [[groups]]",
    ),
    Bad(
        "a number for a resource",
        GROUP + "resources = [1]",
        "groups[0].resources[0]",
        "this has to be a table or a name, not a whole number",
    ),
    Bad(
        "an array for a dependency",
        GROUP + RESOURCE + 'depends_on = ["d"]',
        "groups[0].resources[0].depends_on",
        "this has to be text, not an array",
    ),
    Bad(
        "a text for the owners",
        GROUP + 'preferred_owners = "A"\n' + RESOURCE,
        "groups[0].preferred_owners",
        "an array of texts, not the text 'A'",
    ),
    # values
    Bad(
        "an unknown kind",
        GROUP + RESOURCE + 'kind = "ip"',
        "groups[0].resources[0].kind",
        "'ip' is not known",
    ),
    Bad(
        "an unknown failback",
        GROUP + 'failback = "always"\n' + RESOURCE,
        "groups[0].failback",
        "use one of 'never', 'immediate', 'window'",
    ),
    Bad(
        "an empty dependency",
        GROUP + RESOURCE + 'depends_on = ""',
        "groups[0].resources[0].depends_on",
        "this text is empty",
    ),
    Bad(
        "too many restarts",
        GROUP + RESOURCE + "restart_threshold = 21",
        "groups[0].resources[0].restart_threshold",
        "21 is out of range; use 0 to 20 restarts",
    ),
    Bad(
        "a negative threshold",
        GROUP + "failover_threshold = -1\n" + RESOURCE,
        "groups[0].failover_threshold",
        "-1 is out of range; use 0 to 1000 failovers",
    ),
    Bad(
        "a twenty-fifth hour",
        GROUP + 'failback = "window"\nfailback_window = { start = 22, end = 24 }\n' + RESOURCE,
        "groups[0].failback_window.end",
        "24 is out of range; use 0 to 23 hours",
    ),
    Bad(
        "more resources than a group may have",
        GROUP + f"resources = {[f'r{i}' for i in range(1001)]}",
        "groups[0].resources",
        "1001 resources are more than the 1000",
    ),
    Bad(
        "a subnet twice",
        MODE + '[[nodes]]\nname = "A"\nsubnets = ["x", "x"]',
        "nodes[0].subnets",
        "the name 'x' is given twice",
    ),
    Bad(
        "an owner twice",
        GROUP + 'preferred_owners = ["A", "A"]\n' + RESOURCE,
        "groups[0].preferred_owners",
        "the name 'A' is given twice",
    ),
    # what does not fit together
    Bad(
        "a window without its policy",
        GROUP + "failback_window = { start = 22, end = 5 }\n" + RESOURCE,
        "groups[0].failback_window",
        "a failback window needs failback = 'window'",
    ),
    Bad(
        "a policy without its window",
        GROUP + 'failback = "window"\n' + RESOURCE,
        "groups[0].failback_window",
        "a failback window needs failback = 'window'",
    ),
    Bad(
        "a subnet of what is no address",
        GROUP + RESOURCE + 'subnet = "10.1.0.0/16"',
        "groups[0].resources[0].subnet",
        "'r' is no address",
    ),
    Bad(
        "no possible owner",
        GROUP + RESOURCE + "possible_owners = []",
        "groups[0].resources",
        "no node is a possible owner of every resource of group 'g'",
    ),
    # what only the reader sees
    Bad(
        "a dependency that is not closed",
        GROUP + DISK + RESOURCE + 'depends_on = "[d"',
        "groups[0].resources[1].depends_on",
        "at character 1, this bracket is not closed: ⟨here⟩[d",
        schema_sees=False,
    ),
    Bad(
        "a dependency over several lines",
        GROUP + DISK + RESOURCE + 'depends_on = "[d]\\nor\\u001b[[x]"',
        "groups[0].resources[1].depends_on",
        "[d]\\nor",
        schema_sees=False,
    ),
    Bad(
        "a long dependency",
        GROUP + RESOURCE + 'depends_on = "' + "[x] or " * 2000 + "x" + " and [y]" * 2000 + '"',
        "groups[0].resources[0].depends_on",
        "at character 14001, 'x' is neither 'and' nor 'or'",
        schema_sees=False,
    ),
    Bad(
        "a dependency on nothing that is there",
        GROUP + DISK + RESOURCE + 'depends_on = "[dd]"',
        "groups[0].resources[1].depends_on",
        "'dd' is no resource of group 'g'; did you mean 'd'?",
        schema_sees=False,
    ),
    Bad(
        "a dependency on another group",
        GROUP + DISK + '[[groups]]\nname = "h"\n' + RESOURCE + 'depends_on = "[d]"',
        "groups[1].resources[0].depends_on",
        "'r' depends on 'd', which belongs to group 'g'",
        schema_sees=False,
    ),
    Bad(
        "a circle",
        GROUP + RESOURCE + 'depends_on = "[d]"\n' + DISK + 'depends_on = "[r]"',
        "groups[0].resources",
        "go round in a circle",
        schema_sees=False,
    ),
    Bad(
        "data on something that is no disk",
        GROUP + RESOURCE + 'writes_to = ["Volume 1"]',
        "groups[0].resources[0].writes_to",
        "'r' writes to 'Volume 1', which is neither a resource of kind 'disk' nor a shared volume",
        schema_sees=False,
    ),
    Bad(
        "a volume that is called like a resource",
        'volumes = ["r"]\n' + GROUP + RESOURCE,
        "groups[0].resources[0].name",
        "the name 'r' is used twice in this cluster",
        schema_sees=False,
    ),
    Bad(
        "a bracket in a name",
        GROUP + 'resources = ["[r]"]',
        "groups[0].resources[0].name",
        "the name '[r]' holds a bracket",
        schema_sees=False,
    ),
    Bad(
        "an owner that is no node",
        GROUP + RESOURCE + 'possible_owners = ["Z"]',
        "groups[0].resources[0].possible_owners",
        "'Z' is no node of this cluster; declared nodes: 'A', 'B', 'C'",
        schema_sees=False,
    ),
    Bad(
        "an address where no node is",
        PLACED + NAMED + ADDRESS + 'subnet = "10.2.0.0/16"',
        "groups[0].resources[0].subnet",
        "no node is in the subnet '10.2.0.0/16' of 'ip'",
        schema_sees=False,
    ),
    Bad(
        "a window of no hours",
        GROUP + 'failback = "window"\nfailback_window = { start = 5, end = 5 }\n' + RESOURCE,
        "groups[0].failback_window",
        "the window has no hours",
        schema_sees=False,
    ),
    Bad(
        "live migration from a plain disk",
        GROUP + 'migration = "live"\n' + DISK + MACHINE + 'writes_to = ["d"]',
        "groups[0].migration",
        "live migration of 'vm' needs all of its data on shared volumes",
        schema_sees=False,
    ),
)

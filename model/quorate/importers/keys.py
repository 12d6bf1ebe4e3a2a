"""Every key of the native format, said once.

The reader, the JSON Schema and the tables in docs/file-format.md are derived from `KEYS`.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from quorate.cluster import (
    CURRENT,
    MOST_FAULTS,
    MOST_NODES,
    MOST_VOTES,
    QUORUM_RULES,
    Cluster,
    Fault,
    Node,
    Requirements,
    WindowsVersion,
    WitnessKind,
)
from quorate.importers.group_keys import GROUP_KEYS
from quorate.importers.group_set_keys import GROUP_SET_KEYS
from quorate.importers.key import Key, Shape
from quorate.importers.unmodelled_keys import UNMODELLED_KEYS


@cache
def keys_in(table: str) -> Mapping[str, Key]:
    """The keys of a table, by name, in the order of the documentation."""
    return MappingProxyType({key.name: key for key in KEYS if key.table == table})


@cache
def name_is_enough(tables: Key) -> bool:
    """Whether a row of an array of tables may be written as a text, its name."""
    return [key.name for key in keys_in(f"{tables.path}[]").values() if key.required] == ["name"]


def _survives(name: str, default: int, unit: str, meaning: str) -> Key:
    return Key(
        f"survives.{name}",
        Shape.NUMBER,
        meaning,
        f"{name} = {default}",
        default=default,
        unit=unit,
        most=MOST_FAULTS,
    )


KEYS = (
    Key(
        "name",
        Shape.TEXT,
        "What reports call the cluster.",
        'name = "Berlin Hyper-V"',
        otherwise="the name of the file without its suffix",
    ),
    Key(
        "version",
        Shape.TEXT,
        "The Windows Server whose rules count: the functional level, that of the oldest node.",
        'version = "2012 R2"',
        otherwise=f"the current one, {CURRENT.value}, and a note",
        choices=tuple(version.value for version in WindowsVersion),
    ),
    Key("quorum", Shape.TABLE, "How votes are counted.", "[quorum]", required=True),
    Key(
        "quorum.mode",
        Shape.TEXT,
        "Who votes. More than half of all configured votes is quorum.",
        'mode = "node-and-disk-majority"',
        required=True,
        choices=tuple(rule.mode for rule in QUORUM_RULES),
    ),
    Key(
        "quorum.dynamic",
        Shape.BOOLEAN,
        "Whether votes follow who runs, where the version has that (DynamicQuorum, from 2012 on).",
        "dynamic = true",
        default=Cluster.dynamic_quorum,
    ),
    Key(
        "quorum.lower_priority",
        Shape.TEXT,
        "The node that is the first to lose its vote where an even number of nodes vote and no "
        "witness does (LowerQuorumPriorityNodeId, 2012 R2).",
        'lower_priority = "HV4"',
        otherwise="any node",
    ),
    Key(
        "witness",
        Shape.TABLE,
        "The one voter that is not a node. Required by a mode that counts one, refused by "
        "node-majority.",
        "[witness]",
        otherwise="no witness",
    ),
    Key(
        "witness.name",
        Shape.TEXT,
        "What reports call the witness.",
        'name = "Q:"',
        otherwise='"disk witness", "file share witness" or "cloud witness"',
    ),
    Key(
        "witness.kind",
        Shape.TEXT,
        "What stands behind the witness's vote. It has to agree with the mode.",
        'kind = "disk"',
        otherwise="the kind that the mode counts",
        choices=tuple(kind.value for kind in WitnessKind),
    ),
    Key(
        "witness.reached_by",
        Shape.TEXTS,
        "The nodes that have a path to the witness. Only they can hold it.",
        'reached_by = ["HV1", "HV2"]',
        otherwise="all nodes",
        least=1,
    ),
    Key(
        "witness.site",
        Shape.TEXT,
        "The site that takes the witness down with it.",
        'site = "Berlin"',
        otherwise="apart from all sites",
    ),
    Key(
        "sites",
        Shape.TABLES,
        "The places that can fail as a whole. A text in place of a table is its name.",
        'sites = ["Berlin", "Bonn"]',
        otherwise="no sites",
    ),
    Key(
        "sites[].name",
        Shape.TEXT,
        "What nodes and the witness call the site.",
        'name = "Berlin"',
        required=True,
    ),
    Key(
        "nodes",
        Shape.TABLES,
        f"The members of the cluster, 1 to {MOST_NODES}. A text in place of a table is its name.",
        'nodes = ["HV1", "HV2", "HV3"]',
        required=True,
        least=1,
        most=MOST_NODES,
    ),
    Key(
        "nodes[].name",
        Shape.TEXT,
        "What the witness and reports call the node.",
        'name = "HV1"',
        required=True,
    ),
    Key(
        "nodes[].votes",
        Shape.NUMBER,
        "Its configured weight. Windows knows 0 and 1; disk-only counts no node's votes.",
        "votes = 1",
        default=Node("").votes,
        unit="votes",
        most=MOST_VOTES,
    ),
    Key(
        "nodes[].site",
        Shape.TEXT,
        "The site that takes the node down with it.",
        'site = "Berlin"',
        otherwise="apart from all sites",
    ),
    Key(
        "nodes[].subnets",
        Shape.TEXTS,
        "Where an address can be brought online on the node: plain names, compared as they are "
        "written.",
        'subnets = ["10.1.0.0/16"]',
        otherwise="any subnet",
    ),
    Key(
        "survives",
        Shape.TABLE,
        "What the design has to survive without interruption: faults of one kind, each kind by "
        "itself, and faults of different kinds, one after another.",
        "[survives]",
        otherwise="the defaults of its keys",
    ),
    _survives(
        "crash",
        Requirements().crash,
        "nodes",
        "Nodes that crash or are rebooted, one after another.",
    ),
    _survives(
        "isolation",
        Requirements().isolation,
        "nodes",
        "Nodes that are cut off from all others, one after another.",
    ),
    _survives(
        "partition", Requirements().partition, "splits", "Splits of the network into any two parts."
    ),
    _survives("witness", Requirements().witness, "losses", "Losses of the witness."),
    _survives("site", Requirements().site, "sites", "Failures of a whole site."),
    Key(
        "survives.in_order",
        Shape.TABLES,
        "Faults that come one after another, each after the cluster has settled.",
        'in_order = [{ faults = ["witness", "reboot"] }]',
        otherwise="nothing",
    ),
    Key(
        "survives.in_order[].faults",
        Shape.TEXTS,
        "The kinds of fault, in order. A reboot is a crash: no vote guards it. A planned-stop "
        "(Stop-ClusterNode) is refused where the others would lose their quorum.",
        'faults = ["planned-stop", "crash"]',
        required=True,
        least=1,
        choices=tuple(fault.value for fault in Fault),
        repeats=True,
    ),
    Key(
        "survives.any_two",
        Shape.BOOLEAN,
        "Any two faults of different kinds, one after the other: promised, or not to be asked.",
        "any_two = true",
        otherwise="asked, and told whatever comes out, since nobody promised it",
    ),
    Key(
        "failover",
        Shape.TABLE,
        "How groups are moved, whichever group it is.",
        "[failover]",
        otherwise="the defaults of its keys",
    ),
    Key(
        "failover.fencing",
        Shape.BOOLEAN,
        "Whether a lost node is confirmed to be off before its groups start elsewhere.",
        "fencing = false",
        default=Cluster.fencing,
    ),
    Key(
        "failover.enforced_anti_affinity",
        Shape.BOOLEAN,
        "Whether a group stays offline rather than share a node with one that it is kept apart "
        "from (ClusterEnforcedAntiAffinity).",
        "enforced_anti_affinity = false",
        default=Cluster.enforced_anti_affinity,
    ),
    Key(
        "volumes",
        Shape.TEXTS,
        "Cluster shared volumes, which every node writes to at once.",
        'volumes = ["Volume 1"]',
        otherwise="no shared volumes",
    ),
    Key(
        "storage",
        Shape.TABLES,
        "Where disks and shared volumes stand. A text in place of a table is the name of one.",
        "[[storage]]",
        otherwise="every disk and volume can be had on every node, whichever site is lost",
    ),
    Key(
        "storage[].name",
        Shape.TEXT,
        "The resource of kind disk, or the shared volume, that is spoken of.",
        'name = "Disk S"',
        required=True,
    ),
    Key(
        "storage[].sites",
        Shape.TEXTS,
        "The sites in which a copy of it stands: it is lost with the last of them.",
        'sites = ["Berlin"]',
        otherwise="apart from all sites",
    ),
    Key(
        "storage[].reached_by",
        Shape.TEXTS,
        "The nodes that have a path to it. No other can own a disk; a shared volume is reached "
        "through them by all.",
        'reached_by = ["HV1", "HV2"]',
        otherwise="all nodes",
        least=1,
    ),
    *GROUP_KEYS,
    *GROUP_SET_KEYS,
    *UNMODELLED_KEYS,
)

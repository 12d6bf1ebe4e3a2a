"""Of which cmdlet an object is, by the properties that it has.

Collectors call the parts of an export what they like, so a part's own name is only a hint.
"""

import enum
import re
from collections.abc import Collection
from functools import lru_cache


class Kind(enum.Enum):
    """What is read, by the cmdlet that gives it."""

    CLUSTER = "Get-Cluster"
    NODE = "Get-ClusterNode"
    QUORUM = "Get-ClusterQuorum"
    GROUP = "Get-ClusterGroup"
    RESOURCE = "Get-ClusterResource"
    DEPENDENCY = "Get-ClusterResourceDependency"
    OWNERS = "Get-ClusterOwnerNode"
    PARAMETER = "Get-ClusterParameter"
    SHARED_VOLUME = "Get-ClusterSharedVolume"
    FAULT_DOMAIN = "Get-ClusterFaultDomain"
    AFFINITY_RULE = "Get-ClusterAffinityRule"
    GROUP_SET = "Get-ClusterGroupSet"
    INTERFACE = "Get-ClusterNetworkInterface"


_ALL, _ANY = "all of these", "any of these"
_SIGNS: tuple[tuple[Kind, str, frozenset[str]], ...] = (
    (Kind.OWNERS, _ALL, frozenset({"clusterobject", "ownernodes"})),
    (Kind.PARAMETER, _ALL, frozenset({"name", "value", "parametertype"})),
    (Kind.PARAMETER, _ALL, frozenset({"clusterobject", "name", "value"})),
    (Kind.PARAMETER, _ALL, frozenset({"object", "name", "value"})),
    (
        Kind.CLUSTER,
        _ANY,
        frozenset(
            {
                "samesubnetdelay",
                "crosssubnetdelay",
                "dynamicquorum",
                "clusterfunctionallevel",
                "clusterenforcedantiaffinity",
                "quorumarbitrationtimemax",
            }
        ),
    ),
    (Kind.SHARED_VOLUME, _ANY, frozenset({"sharedvolumeinfo"})),
    (Kind.AFFINITY_RULE, _ANY, frozenset({"ruletype"})),
    (Kind.GROUP_SET, _ANY, frozenset({"groupnames", "providernames"})),
    (Kind.FAULT_DOMAIN, _ANY, frozenset({"parentname", "childrennames"})),
    (Kind.RESOURCE, _ANY, frozenset({"resourcetype", "ownergroup", "restartaction"})),
    (Kind.DEPENDENCY, _ALL, frozenset({"resource", "dependencyexpression"})),
    (Kind.QUORUM, _ANY, frozenset({"quorumtype", "quorumresource"})),
    (
        Kind.GROUP,
        _ANY,
        frozenset(
            {
                "iscoregroup",
                "grouptype",
                "failoverthreshold",
                "antiaffinityclassnames",
                "autofailbacktype",
                "failbackwindowstart",
            }
        ),
    ),
    (Kind.RESOURCE, _ALL, frozenset({"resource", "group", "node", "status"})),
    (Kind.NODE, _ALL, frozenset({"node", "nodeid", "status"})),
    (Kind.GROUP, _ALL, frozenset({"group", "node", "status"})),
    (Kind.INTERFACE, _ALL, frozenset({"network", "node"})),
    (Kind.NODE, _ALL, frozenset({"majorversion", "minorversion", "state"})),
    (
        Kind.NODE,
        _ANY,
        frozenset({"nodeweight", "dynamicweight", "nodename", "drainstatus", "needspreventquorum"}),
    ),
)
"""What only the output of one cmdlet has."""

_SMALL: tuple[tuple[Kind, frozenset[str], frozenset[str]], ...] = (
    (
        Kind.RESOURCE,
        frozenset({"name", "group", "state"}),
        frozenset({"name", "group", "state", "ownernode", "node", "id", "cluster"}),
    ),
    (
        Kind.GROUP,
        frozenset({"name", "ownernode", "state"}),
        frozenset({"name", "ownernode", "state", "id", "cluster", "description"}),
    ),
    (
        Kind.NODE,
        frozenset({"name", "id", "state"}),
        frozenset({"name", "id", "state", "cluster", "description"}),
    ),
)
"""What cmdlets show of themselves: these properties, and no others than those. Networks, for
example, have a name, an id and a state as well."""

_HINTS = {
    "": Kind.CLUSTER,
    "node": Kind.NODE,
    "quorum": Kind.QUORUM,
    "group": Kind.GROUP,
    "role": Kind.GROUP,
    "resource": Kind.RESOURCE,
    "resourcedependency": Kind.DEPENDENCY,
    "dependency": Kind.DEPENDENCY,
    "ownernode": Kind.OWNERS,
    "owner": Kind.OWNERS,
    "parameter": Kind.PARAMETER,
    "sharedvolume": Kind.SHARED_VOLUME,
    "faultdomain": Kind.FAULT_DOMAIN,
    "affinityrule": Kind.AFFINITY_RULE,
    "groupset": Kind.GROUP_SET,
    "networkinterface": Kind.INTERFACE,
    "interface": Kind.INTERFACE,
}
_CMDLET = re.compile(r"\bGet-Cluster(\w*)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """A property's name as PowerShell compares it, whether it is written in Pascal or camel case,
    with blanks or with lines."""
    return re.sub(r"[\s_-]", "", name).casefold()


def kind_of(properties: Collection[str], hint: Kind | None) -> Kind | None:
    """Of which cmdlet an object with these properties is, by their canonical names; `hint` is what
    the place where it stands is called. None for what is not read."""
    known = set(properties)
    for kind, which, signs in _SIGNS:
        if signs <= known if which is _ALL else signs & known:
            return kind
    if hint is not None and "name" in known:
        return hint
    return next((kind for kind, least, most in _SMALL if least <= known <= most), None)


def hinted(name: str) -> Kind | None:
    """What a part of an export holds that is called by this name; None where that says nothing."""
    bare = canonical(name).removeprefix("get")
    if not bare.startswith("cluster") and bare == "":
        return None
    bare = bare.removeprefix("cluster")
    for ending, replacement in (("ies", "y"), ("s", ""), ("", "")):
        if bare.endswith(ending):
            single = bare[: len(bare) - len(ending)] + replacement
            if single in _HINTS and (single or canonical(name).endswith("cluster")):
                return _HINTS[single]
    return None


def hinted_in(line: str) -> Kind | None:
    """What follows a line of a transcript that names a cmdlet, the last one where several are."""
    found = _CMDLET.findall(line)
    return hinted(f"Get-Cluster{found[-1]}") if found else hinted(line.strip(" \t=-*#:"))

"""What a resource cannot mean, beside the others of its cluster."""

from collections.abc import Mapping, Sequence

from quorate.cluster.elements import Attribute, Element, Item
from quorate.cluster.groups import Group
from quorate.cluster.names import one_of, refuse_bad_names, refuse_unknown_nodes
from quorate.cluster.nodes import Node
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.resources import MOST_RESTARTS, Resource, ResourceKind
from quorate.values import dataclass


@dataclass(frozen=True)
class Surroundings:
    """What resources may speak of: `home` is the group of each resource, `storage` the names of all
    disks and shared volumes."""

    nodes: Sequence[Node]
    home: Mapping[str, str]
    storage: frozenset[str]


def check_resource(resource: Resource, group: Group, around: Surroundings, here: Element) -> None:
    """Raises `RefusedError` for a name that no dependency can name; restarts beyond all reason; a
    dependency on itself or out of the group; owners that are no nodes; data on what is no disk; and
    a subnet where the resource can never be online."""
    if set("[]") & set(resource.name):
        raise refused(
            Reason.BRACKET_IN_NAME,
            (*here, Attribute.NAME),
            f"the name {resource.name!r} holds a bracket, so no dependency can name it",
            "name it without square brackets",
        )
    if not 0 <= resource.restart_threshold <= MOST_RESTARTS:
        raise refused(
            Reason.RESTARTS_OUT_OF_RANGE,
            (*here, Attribute.RESTART_THRESHOLD),
            f"{resource.restart_threshold} restarts cannot be asked for",
            f"use 0 to {MOST_RESTARTS}",
        )
    _check_dependency(resource, group, around.home, (*here, Attribute.DEPENDS_ON))
    owners = resource.possible_owners or ()
    refuse_bad_names(owners, Attribute.POSSIBLE_OWNERS, here)
    names = [node.name for node in around.nodes]
    refuse_unknown_nodes(owners, Attribute.POSSIBLE_OWNERS, here, names)
    _check_data(resource, around.storage, here)
    _check_subnet(resource, around.nodes, (*here, Attribute.SUBNET))


def _check_dependency(
    resource: Resource, group: Group, home: Mapping[str, str], element: Element
) -> None:
    for provider in resource.depends_on.providers:
        if provider == resource.name:
            raise refused(
                Reason.DEPENDS_ON_ITSELF,
                element,
                f"{provider!r} depends on itself",
                "name what it needs",
            )
        if provider in group.resource_names:
            continue
        if provider in home:
            raise refused(
                Reason.DEPENDS_ON_ANOTHER_GROUP,
                element,
                f"{resource.name!r} depends on {provider!r}, which belongs to group "
                f"{home[provider]!r}",
                "dependencies end at the group, so put both into one",
            )
        raise refused(
            Reason.UNKNOWN_RESOURCE,
            element,
            f"{provider!r} is no resource of group {group.name!r}",
            one_of(provider, "resources", group.resource_names),
        )


def _check_data(resource: Resource, storage: frozenset[str], here: Element) -> None:
    refuse_bad_names(resource.writes_to, Attribute.WRITES_TO, here)
    for index, name in enumerate(resource.writes_to):
        if name in storage:
            continue
        element = (*here, Item(Attribute.WRITES_TO, index, name))
        why = (
            f"{resource.name!r} writes to {name!r}, which is neither a resource of kind 'disk' nor "
            "a shared volume"
        )
        if storage:
            remedy = one_of(name, "disks and volumes", storage)
            raise refused(Reason.UNKNOWN_STORAGE, element, why, remedy)
        raise refused(Reason.NO_STORAGE_DECLARED, element, why, "declare it as one of them")


def _check_subnet(resource: Resource, nodes: Sequence[Node], element: Element) -> None:
    if resource.subnet is None:
        return
    if resource.kind is not ResourceKind.ADDRESS:
        raise refused(
            Reason.SUBNET_OF_NO_ADDRESS,
            element,
            f"{resource.name!r} is no address, so it has no subnet",
            "take the subnet away",
        )
    known = {subnet for node in nodes for subnet in node.subnets}
    if all(node.subnets for node in nodes) and resource.subnet not in known:
        raise refused(
            Reason.SUBNET_OF_NO_NODE,
            element,
            f"no node is in the subnet {resource.subnet!r} of {resource.name!r}, so it can never "
            "come online",
            one_of(resource.subnet, "subnets of nodes", known),
        )

"""What groups cannot mean."""

from collections.abc import Sequence

from quorate.cluster.dependencies import CycleFound
from quorate.cluster.elements import Attribute, Element, Item
from quorate.cluster.groups import Group
from quorate.cluster.names import refuse_bad_names, refuse_unknown_nodes
from quorate.cluster.nodes import Node
from quorate.cluster.policy_checks import check_policies
from quorate.cluster.refusals import Reason, Refusal, RefusedError, refused
from quorate.cluster.resource_checks import Surroundings, check_resource
from quorate.errors import Place

MOST_RESOURCES = 1000
"""In one group; a tree of dependencies may be 100 deep (wsfc.md 4.2)."""


class CycleError(RefusedError):
    """A circle of dependencies: each of `cycle` needs the next, and the last is the first again."""

    def __init__(
        self,
        refusal: Refusal,
        group: Group,
        cycle: tuple[str, ...],
        where: Place | str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(refusal, where, remedy)
        self.group = group
        self.cycle = cycle

    def at(self, place: Place, remedy: str = "") -> "CycleError":
        return CycleError(self.refusal, self.group, self.cycle, place, remedy)


def check_groups(groups: Sequence[Group], nodes: Sequence[Node], volumes: Sequence[str]) -> None:
    """Raises `RefusedError`: names that are empty, used twice or unknown; dependencies in a circle
    (`CycleError`); what `check_resource` and `check_policies` name."""
    named = (Attribute.NAME,)
    refuse_bad_names(volumes, Attribute.VOLUMES)
    refuse_bad_names([group.name for group in groups], Attribute.GROUPS, named=named)
    disks = frozenset(name for group in groups for name in group.disks)
    home = {name: group.name for group in groups for name in group.resource_names}
    around = Surroundings(nodes, home, disks | frozenset(volumes))
    names = tuple(node.name for node in nodes)
    taken = set(volumes)
    for index, group in enumerate(groups):
        here = (Item(Attribute.GROUPS, index, group.name),)
        _check_resource_names(group, here, taken)
        for place, resource in enumerate(group.resources):
            item = Item(Attribute.RESOURCES, place, resource.name)
            check_resource(resource, group, around, (*here, item))
        _check_cycle(group, here)
        refuse_bad_names(group.preferred_owners, Attribute.PREFERRED_OWNERS, here)
        refuse_unknown_nodes(group.preferred_owners, Attribute.PREFERRED_OWNERS, here, names)
        check_policies(group, names, frozenset(volumes), here)


def _check_resource_names(group: Group, here: Element, taken: set[str]) -> None:
    """`taken` grows by the names of the group's resources."""
    element = (*here, Attribute.RESOURCES)
    refuse_bad_names(group.resource_names, Attribute.RESOURCES, here, named=(Attribute.NAME,))
    if not group.resources:
        raise refused(
            Reason.NO_RESOURCES,
            element,
            f"group {group.name!r} has no resources",
            "name what it starts and stops",
        )
    if len(group.resources) > MOST_RESOURCES:
        raise refused(
            Reason.TOO_MANY_RESOURCES,
            element,
            f"{len(group.resources)} resources are more than the {MOST_RESOURCES} that quorate "
            "accepts in one group",
            "make several groups of it",
        )
    for place, name in enumerate(group.resource_names):
        if name in taken:
            raise refused(
                Reason.NAME_TAKEN,
                (*here, Item(Attribute.RESOURCES, place, name), Attribute.NAME),
                f"the name {name!r} is used twice in this cluster",
                "resources and volumes need names of their own",
            )
        taken.add(name)


def _check_cycle(group: Group, here: Element) -> None:
    try:
        group.providers_first  # noqa: B018 - looking for an order finds the circle
    except CycleFound as found:
        circle = ", which needs ".join(repr(name) for name in found.names)
        refusal = Refusal(
            Reason.DEPENDS_IN_A_CIRCLE,
            (*here, _first_in(group, found.names), Attribute.DEPENDS_ON),
            f"the dependencies of group {group.name!r} go round in a circle, so none of these can "
            f"ever start: {circle}",
            "take one of the dependencies out",
        )
        raise CycleError(refusal, group, found.names) from None


def _first_in(group: Group, names: Sequence[str]) -> Item:
    """The first resource of the group that is among `names`."""
    place, name = next((i, n) for i, n in enumerate(group.resource_names) if n in names)
    return Item(Attribute.RESOURCES, place, name)

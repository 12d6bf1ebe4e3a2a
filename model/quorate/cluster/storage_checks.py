"""What cannot be said of where data stands."""

from collections.abc import Collection, Sequence

from quorate.cluster.elements import Attribute, Element, Item
from quorate.cluster.groups import Group
from quorate.cluster.names import (
    one_of,
    refuse_bad_names,
    refuse_unknown_nodes,
    refuse_unknown_site,
)
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.storage import Storage


def check_storage(
    storage: Sequence[Storage],
    groups: Sequence[Group],
    volumes: Collection[str],
    nodes: Sequence[str],
    sites: Collection[str],
) -> None:
    """Raises `RefusedError` for what is said twice, or of neither a disk nor a shared volume; sites
    and nodes that are unknown; storage that no node reaches; a disk that may be owned by a node
    without a path to it."""
    refuse_bad_names([row.name for row in storage], Attribute.STORAGE, named=(Attribute.NAME,))
    known = {*volumes}.union(*(group.disks for group in groups))
    for index, row in enumerate(storage):
        here = (Item(Attribute.STORAGE, index, row.name),)
        _check_name(row, known, here)
        refuse_bad_names(row.sites, Attribute.SITES, here)
        for place, site in enumerate(row.sites):
            element = (*here, Item(Attribute.SITES, place, site))
            refuse_unknown_site(repr(row.name), site, element, sites)
        refuse_bad_names(row.reached_by, Attribute.REACHED_BY, here)
        refuse_unknown_nodes(row.reached_by, Attribute.REACHED_BY, here, nodes)
        if not row.reached_by:
            raise refused(
                Reason.STORAGE_OUT_OF_REACH,
                (*here, Attribute.REACHED_BY),
                f"no node reaches {row.name!r}",
                "name the nodes with a path to it",
            )
        _check_owners(row, groups, nodes, here)


def _check_name(row: Storage, known: Collection[str], here: Element) -> None:
    if row.name in known:
        return
    why = f"{row.name!r} is neither a resource of kind 'disk' nor a shared volume"
    element = (*here, Attribute.NAME)
    if known:
        remedy = one_of(row.name, "disks and volumes", known)
        raise refused(Reason.UNKNOWN_STORAGE, element, why, remedy)
    raise refused(Reason.NO_STORAGE_DECLARED, element, why, "declare it as one of them")


def _check_owners(
    row: Storage, groups: Sequence[Group], nodes: Sequence[str], here: Element
) -> None:
    for group in groups:
        for disk in group.resources:
            if disk.name != row.name:
                continue
            owners = nodes if disk.possible_owners is None else disk.possible_owners
            without = [node for node in owners if node not in row.reached_by]
            if without:
                raise refused(
                    Reason.OWNER_WITHOUT_PATH,
                    (*here, Attribute.REACHED_BY),
                    f"{without[0]!r} may own {row.name!r} and has no path to it",
                    "add the path, or take the node from the possible owners of the disk",
                )

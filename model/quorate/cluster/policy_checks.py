"""What a group cannot be asked to do: to fail over to nobody, to go back in no hour, to move live
from a plain disk."""

from quorate.cluster.elements import Attribute, Element
from quorate.cluster.groups import HOURS, Group, Window
from quorate.cluster.refusals import Reason, refused
from quorate.cluster.requirements import MOST_FAULTS
from quorate.cluster.resources import ResourceKind

MOST_FAILOVERS = 1000
"""More failovers than this within one period are taken for a mistake."""


def check_policies(
    group: Group, nodes: tuple[str, ...], volumes: frozenset[str], here: Element
) -> None:
    """Raises `RefusedError`: owners that leave no node; failovers beyond all reason; a failback
    window without hours or without its policy; live migration of a machine that is not on a shared
    volume; crashes beyond all reason."""
    _check_failovers(group, nodes, here)
    _check_promises(group, here)
    _check_window(group, here)
    _check_migration(group, volumes, here)


def _check_failovers(group: Group, names: tuple[str, ...], here: Element) -> None:
    if not group.possible_owners(names):
        raise refused(
            Reason.NO_POSSIBLE_OWNER,
            (*here, Attribute.RESOURCES),
            f"no node is a possible owner of every resource of group {group.name!r}, so it can "
            "never be online",
            "name at least one node for all of them",
        )
    threshold = group.failover_threshold
    if threshold is not None and not 0 <= threshold <= MOST_FAILOVERS:
        raise refused(
            Reason.FAILOVERS_OUT_OF_RANGE,
            (*here, Attribute.FAILOVER_THRESHOLD),
            f"{threshold} failovers cannot be asked for",
            f"use 0 to {MOST_FAILOVERS}",
        )


def _check_promises(group: Group, here: Element) -> None:
    if not 0 <= group.promises.crash <= MOST_FAULTS:
        raise refused(
            Reason.FAULTS_OUT_OF_RANGE,
            (*here, Attribute.PROMISES, Attribute.CRASH),
            f"{group.promises.crash} faults cannot be asked for",
            f"use 0 to {MOST_FAULTS}",
        )


def _check_window(group: Group, here: Element) -> None:
    element = (*here, Attribute.WINDOW)
    if group.window is None:
        if group.failback.needs_window:
            raise refused(
                Reason.POLICY_WITHOUT_WINDOW,
                (*here, Attribute.FAILBACK),
                f"group {group.name!r} fails back in a window and has none",
                "say in which hours it may go back",
            )
        return
    if not group.failback.needs_window:
        raise refused(
            Reason.WINDOW_WITHOUT_POLICY,
            element,
            f"group {group.name!r} has a failback window and does not fail back in one",
            "take the window away or choose the policy that reads it",
        )
    _check_hours(group.window, element)


def _check_hours(window: Window, element: Element) -> None:
    if not all(0 <= hour < HOURS for hour in (window.start, window.end)):
        raise refused(
            Reason.HOUR_OUT_OF_RANGE,
            element,
            f"the window from {window.start} to {window.end} has an hour that no day has",
            f"use 0 to {HOURS - 1}",
        )
    if window.start == window.end:
        raise refused(
            Reason.WINDOW_WITHOUT_HOURS,
            element,
            "the window has no hours",
            "let it end at another hour than it starts",
        )


def _check_migration(group: Group, volumes: frozenset[str], here: Element) -> None:
    if not group.migration.needs_shared_data:
        return
    for machine in group.of_kind(ResourceKind.VIRTUAL_MACHINE):
        if not machine.writes_to or not volumes.issuperset(machine.writes_to):
            raise refused(
                Reason.DATA_NOT_ON_SHARED_VOLUMES,
                (*here, Attribute.MIGRATION),
                f"live migration of {machine.name!r} needs all of its data on shared volumes",
                "say that it is there or choose quick migration",
            )

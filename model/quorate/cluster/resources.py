"""Resources: what a group starts, watches and stops on the node that owns it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from quorate.cluster.dependencies import NOTHING, Dependency

MOST_RESTARTS = 20
"""More restarts in place than this within one period are taken for a mistake."""


class ResourceKind(enum.Enum):
    """The resource types of Windows that the models or the advice tell apart; a kind that is not
    listed is an application."""

    DISK = "disk"
    ADDRESS = "ip-address"
    NETWORK_NAME = "network-name"
    FILE_SHARE = "file-share"
    PRINT_SPOOLER = "print-spooler"
    DHCP = "dhcp"
    WINS = "wins"
    TRANSACTION_COORDINATOR = "dtc"
    MESSAGE_QUEUE = "msmq"
    VIRTUAL_MACHINE = "virtual-machine"
    VIRTUAL_MACHINE_CONFIGURATION = "virtual-machine-configuration"
    SERVICE = "service"
    SCRIPT = "script"
    APPLICATION = "application"


REQUIRED_PROVIDERS: Mapping[ResourceKind, tuple[ResourceKind, ...]] = {
    ResourceKind.NETWORK_NAME: (ResourceKind.ADDRESS,),
    ResourceKind.DHCP: (ResourceKind.DISK,),
    ResourceKind.WINS: (ResourceKind.DISK,),
    ResourceKind.PRINT_SPOOLER: (ResourceKind.NETWORK_NAME, ResourceKind.DISK),
    ResourceKind.TRANSACTION_COORDINATOR: (ResourceKind.NETWORK_NAME, ResourceKind.DISK),
    ResourceKind.MESSAGE_QUEUE: (
        ResourceKind.ADDRESS,
        ResourceKind.NETWORK_NAME,
        ResourceKind.DISK,
    ),
}
"""The kinds that Windows wants below a resource (wsfc.md 4.2, required providers by type)."""


class RestartAction(enum.Enum):
    """What the cluster does when a resource fails (RestartAction 0, 1, 2; wsfc.md 4.3)."""

    NONE = "none"
    RESTART = "restart"
    """In place, never moving the group."""
    FAIL_OVER = "restart-then-fail-over"


class OfflineAction(enum.Enum):
    """What becomes of a virtual machine that is taken offline (OfflineAction; wsfc.md 7)."""

    TURN_OFF = "turn-off"
    SAVE = "save"
    SHUT_DOWN = "shut-down"
    FORCE_SHUT_DOWN = "force-shut-down"


@dataclass(frozen=True)
class Resource:
    """One resource of one group.

    `depends_on` names resources of the same group; `possible_owners` the nodes that may host it,
    None for all; `restart_threshold` how many failures within a period are answered with a restart
    in place; `writes_to` the disks of its group or the shared volumes that it keeps data on,
    whether or not a dependency says so; `subnet`, of an address, where it is valid; and
    `offline_action`, of a virtual machine, what taking it offline does.
    """

    name: str
    kind: ResourceKind = ResourceKind.APPLICATION
    depends_on: Dependency = NOTHING
    possible_owners: tuple[str, ...] | None = None
    restart: RestartAction = RestartAction.FAIL_OVER
    restart_threshold: int = 1
    writes_to: tuple[str, ...] = ()
    subnet: str | None = None
    offline_action: OfflineAction = OfflineAction.SAVE

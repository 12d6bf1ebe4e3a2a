"""Resources: what a group starts, watches and stops on the node that owns it."""

import enum
from typing import assert_never

from quorate.cluster.dependencies import NOTHING, Dependency
from quorate.values import dataclass

MOST_RESTARTS = 20
"""More restarts in place than this within one period are taken for a mistake."""


class ResourceKind(enum.Enum):
    """The resource types of Windows that the models or the advice tell apart; a kind that is not
    listed is an application."""

    DISK = "disk"
    ADDRESS = "ip-address"
    NETWORK_NAME = "network-name"
    DISTRIBUTED_NETWORK_NAME = "distributed-network-name"
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

    @property
    def required_providers(self) -> tuple["ResourceKind", ...]:
        """The kinds that Windows wants below it (wsfc.md 4.2, required providers by type)."""
        match self:
            case ResourceKind.NETWORK_NAME:
                return (ResourceKind.ADDRESS,)
            case ResourceKind.DHCP | ResourceKind.WINS:
                return (ResourceKind.DISK,)
            case ResourceKind.PRINT_SPOOLER | ResourceKind.TRANSACTION_COORDINATOR:
                return (ResourceKind.NETWORK_NAME, ResourceKind.DISK)
            case ResourceKind.MESSAGE_QUEUE:
                return (ResourceKind.ADDRESS, ResourceKind.NETWORK_NAME, ResourceKind.DISK)
            case (
                ResourceKind.DISK
                | ResourceKind.ADDRESS
                | ResourceKind.DISTRIBUTED_NETWORK_NAME
                | ResourceKind.FILE_SHARE
                | ResourceKind.VIRTUAL_MACHINE
                | ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
                | ResourceKind.SERVICE
                | ResourceKind.SCRIPT
                | ResourceKind.APPLICATION
            ):
                return ()
            case _:
                assert_never(self)

    @property
    def is_reserved(self) -> bool:
        """Whether one node at a time has it, and defends it (rule M3)."""
        match self:
            case ResourceKind.DISK:
                return True
            case (
                ResourceKind.ADDRESS
                | ResourceKind.NETWORK_NAME
                | ResourceKind.DISTRIBUTED_NETWORK_NAME
                | ResourceKind.FILE_SHARE
                | ResourceKind.PRINT_SPOOLER
                | ResourceKind.DHCP
                | ResourceKind.WINS
                | ResourceKind.TRANSACTION_COORDINATOR
                | ResourceKind.MESSAGE_QUEUE
                | ResourceKind.VIRTUAL_MACHINE
                | ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
                | ResourceKind.SERVICE
                | ResourceKind.SCRIPT
                | ResourceKind.APPLICATION
            ):
                return False
            case _:
                assert_never(self)

    @property
    def opens_files(self) -> bool:
        """Whether it runs from files, which it has to find before it starts and has open alone
        (wsfc.md 7)."""
        match self:
            case ResourceKind.VIRTUAL_MACHINE:
                return True
            case (
                ResourceKind.DISK
                | ResourceKind.ADDRESS
                | ResourceKind.NETWORK_NAME
                | ResourceKind.DISTRIBUTED_NETWORK_NAME
                | ResourceKind.FILE_SHARE
                | ResourceKind.PRINT_SPOOLER
                | ResourceKind.DHCP
                | ResourceKind.WINS
                | ResourceKind.TRANSACTION_COORDINATOR
                | ResourceKind.MESSAGE_QUEUE
                | ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
                | ResourceKind.SERVICE
                | ResourceKind.SCRIPT
                | ResourceKind.APPLICATION
            ):
                return False
            case _:
                assert_never(self)

    @property
    def is_harmful_twice(self) -> bool:
        """Whether it can do harm to data when it is active on two nodes."""
        match self:
            case (
                ResourceKind.ADDRESS
                | ResourceKind.NETWORK_NAME
                | ResourceKind.DISTRIBUTED_NETWORK_NAME
            ):
                return False
            case (
                ResourceKind.DISK
                | ResourceKind.FILE_SHARE
                | ResourceKind.PRINT_SPOOLER
                | ResourceKind.DHCP
                | ResourceKind.WINS
                | ResourceKind.TRANSACTION_COORDINATOR
                | ResourceKind.MESSAGE_QUEUE
                | ResourceKind.VIRTUAL_MACHINE
                | ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
                | ResourceKind.SERVICE
                | ResourceKind.SCRIPT
                | ResourceKind.APPLICATION
            ):
                return True
            case _:
                assert_never(self)


class RestartAction(enum.Enum):
    """What the cluster does when a resource fails (RestartAction 0, 1, 2; wsfc.md 4.3)."""

    NONE = "none"
    RESTART = "restart"
    """In place, never moving the group."""
    FAIL_OVER = "restart-then-fail-over"

    @property
    def restarts(self) -> bool:
        """Whether a failure is ever answered with a restart in place."""
        match self:
            case RestartAction.NONE:
                return False
            case RestartAction.RESTART | RestartAction.FAIL_OVER:
                return True
            case _:
                assert_never(self)

    @property
    def moves_group(self) -> bool:
        """Whether a failure that restarts do not help is answered with a failover."""
        match self:
            case RestartAction.NONE | RestartAction.RESTART:
                return False
            case RestartAction.FAIL_OVER:
                return True
            case _:
                assert_never(self)


class OfflineAction(enum.Enum):
    """What becomes of a virtual machine that is taken offline (OfflineAction; wsfc.md 7)."""

    TURN_OFF = "turn-off"
    SAVE = "save"
    SHUT_DOWN = "shut-down"
    FORCE_SHUT_DOWN = "force-shut-down"

    @property
    def keeps_memory(self) -> bool:
        """Whether what the machine has in memory is there again when it comes online."""
        match self:
            case OfflineAction.SAVE:
                return True
            case OfflineAction.TURN_OFF | OfflineAction.SHUT_DOWN | OfflineAction.FORCE_SHUT_DOWN:
                return False
            case _:
                assert_never(self)


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

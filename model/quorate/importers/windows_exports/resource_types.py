"""The resource types of Windows, as far as models tell them apart, and the witnesses."""

import enum

from quorate.cluster import ResourceKind
from quorate.importers.windows_exports.kinds import canonical


class WitnessType(enum.Enum):
    """What a quorum resource is."""

    DISK = "Physical Disk"
    FILE_SHARE = "File Share Witness"
    CLOUD = "Cloud Witness"


_KINDS = {
    "Physical Disk": ResourceKind.DISK,
    "IP Address": ResourceKind.ADDRESS,
    "IPv6 Address": ResourceKind.ADDRESS,
    "IPv6 Tunnel Address": ResourceKind.ADDRESS,
    "Disjoint IPv4 Address": ResourceKind.ADDRESS,
    "Disjoint IPv6 Address": ResourceKind.ADDRESS,
    "Network Name": ResourceKind.NETWORK_NAME,
    "Distributed Network Name": ResourceKind.DISTRIBUTED_NETWORK_NAME,
    "File Share": ResourceKind.FILE_SHARE,
    "File Server": ResourceKind.FILE_SHARE,
    "Print Spooler": ResourceKind.PRINT_SPOOLER,
    "DHCP Service": ResourceKind.DHCP,
    "WINS Service": ResourceKind.WINS,
    "Distributed Transaction Coordinator": ResourceKind.TRANSACTION_COORDINATOR,
    "MSMQ": ResourceKind.MESSAGE_QUEUE,
    "Virtual Machine": ResourceKind.VIRTUAL_MACHINE,
    "Virtual Machine Configuration": ResourceKind.VIRTUAL_MACHINE_CONFIGURATION,
    "Generic Application": ResourceKind.APPLICATION,
    "Generic Service": ResourceKind.SERVICE,
    "Generic Script": ResourceKind.SCRIPT,
    "SQL Server": ResourceKind.APPLICATION,
    "SQL Server Agent": ResourceKind.APPLICATION,
    "SQL Server Availability Group": ResourceKind.APPLICATION,
    "SQL Server FILESTREAM Share": ResourceKind.FILE_SHARE,
    "Analysis Services": ResourceKind.APPLICATION,
    "Microsoft Exchange": ResourceKind.APPLICATION,
    "Task Scheduler": ResourceKind.SERVICE,
    "iSCSI Target Server": ResourceKind.SERVICE,
    "Microsoft iSNS": ResourceKind.SERVICE,
    "Network File System": ResourceKind.FILE_SHARE,
    "NFS Share": ResourceKind.FILE_SHARE,
    "Scale Out File Server": ResourceKind.FILE_SHARE,
    "Distributed File System": ResourceKind.SERVICE,
    "DFS Replicated Folder": ResourceKind.SERVICE,
    "MSMQTriggers": ResourceKind.SERVICE,
    "Virtual Machine Replication Broker": ResourceKind.SERVICE,
    "Volume Shadow Copy Service Task": ResourceKind.SERVICE,
}
"""By the name that the type is registered by, which is not translated."""

_BY_NAME = {canonical(name): kind for name, kind in _KINDS.items()}
_WITNESSES = {
    canonical("Physical Disk"): WitnessType.DISK,
    canonical("File Share Witness"): WitnessType.FILE_SHARE,
    canonical("File Share Quorum Witness"): WitnessType.FILE_SHARE,
    canonical("Cloud Witness"): WitnessType.CLOUD,
}

AVAILABILITY_GROUP = canonical("SQL Server Availability Group")
STORAGE_POOL = canonical("Storage Pool")


def kind_of_type(name: str) -> ResourceKind | None:
    """The kind of a resource type; None for one that is not known, which is an application."""
    return _BY_NAME.get(canonical(name))


def witness_of_type(name: str) -> WitnessType | None:
    """What a quorum resource of this type is; None for what can be none."""
    return _WITNESSES.get(canonical(name))

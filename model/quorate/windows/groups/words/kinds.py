"""How the kinds of resources are written."""

from typing import assert_never

from quorate.cluster import ResourceKind


def kind_in_words(kind: ResourceKind) -> str:
    """As Windows writes it."""
    match kind:
        case ResourceKind.ADDRESS:
            return "IP address"
        case ResourceKind.DHCP:
            return "DHCP"
        case ResourceKind.WINS:
            return "WINS"
        case ResourceKind.TRANSACTION_COORDINATOR:
            return "DTC"
        case ResourceKind.MESSAGE_QUEUE:
            return "MSMQ"
        case (
            ResourceKind.DISK
            | ResourceKind.NETWORK_NAME
            | ResourceKind.DISTRIBUTED_NETWORK_NAME
            | ResourceKind.FILE_SHARE
            | ResourceKind.PRINT_SPOOLER
            | ResourceKind.VIRTUAL_MACHINE
            | ResourceKind.VIRTUAL_MACHINE_CONFIGURATION
            | ResourceKind.SERVICE
            | ResourceKind.SCRIPT
            | ResourceKind.APPLICATION
        ):
            return str(kind.value).replace("-", " ")
        case _:
            assert_never(kind)

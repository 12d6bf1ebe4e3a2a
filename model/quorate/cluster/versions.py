"""The versions of Windows, and what each brought to quorum (wsfc.md 2 and 11)."""

import enum
from typing import assert_never


class WindowsVersion(enum.Enum):
    """The functional level of a cluster: that of its oldest node. In order of age."""

    WINDOWS_2008 = "2008"
    WINDOWS_2008_R2 = "2008 R2"
    WINDOWS_2012 = "2012"
    WINDOWS_2012_R2 = "2012 R2"
    WINDOWS_2016 = "2016"
    WINDOWS_2019 = "2019"
    WINDOWS_2022 = "2022"
    WINDOWS_2025 = "2025"

    @property
    def title(self) -> str:
        """What it is called in a sentence."""
        return f"Windows Server {self.value}"

    @property
    def has_cloud_witness(self) -> bool:
        """Whether a blob in the cloud may be the witness (wsfc.md 2.4)."""
        return self._is_site_aware

    @property
    def has_group_sets(self) -> bool:
        """Whether groups may start in an order (wsfc.md 5.3)."""
        return self._is_site_aware

    @property
    def isolates_nodes(self) -> bool:
        """Whether a node that is cut off may run its machines on outside the membership, and come
        back with them (rule M4)."""
        return self._is_site_aware

    @property
    def _is_site_aware(self) -> bool:
        """It is 2016 or newer."""
        match self.rules:
            case QuorumRules.STATIC | QuorumRules.DYNAMIC_NODES | QuorumRules.DYNAMIC_WITNESS:
                return False
            case QuorumRules.SITE_AWARE:
                return True
            case _:
                assert_never(self.rules)

    @property
    def rules(self) -> "QuorumRules":
        """Which rules of quorum it has: several versions share them."""
        match self:
            case WindowsVersion.WINDOWS_2008 | WindowsVersion.WINDOWS_2008_R2:
                return QuorumRules.STATIC
            case WindowsVersion.WINDOWS_2012:
                return QuorumRules.DYNAMIC_NODES
            case WindowsVersion.WINDOWS_2012_R2:
                return QuorumRules.DYNAMIC_WITNESS
            case (
                WindowsVersion.WINDOWS_2016
                | WindowsVersion.WINDOWS_2019
                | WindowsVersion.WINDOWS_2022
                | WindowsVersion.WINDOWS_2025
            ):
                return QuorumRules.SITE_AWARE
            case _:
                assert_never(self)


CURRENT = WindowsVersion.WINDOWS_2025
"""Whose rules are taken where nothing says which version it is: the newest that is modelled."""


class VersionSource(enum.Enum):
    """Where it is known from which version a cluster has."""

    NAMED = "named"
    ASSUMED = "assumed"
    """Nothing says it, and `CURRENT` is taken."""


class QuorumRules(enum.Enum):
    """How votes are counted, by the version that brought it."""

    STATIC = "votes are as configured"
    DYNAMIC_NODES = "nodes that left have no vote"
    DYNAMIC_WITNESS = "the witness votes only where that makes the number of votes odd"
    SITE_AWARE = "the node to lose its vote in a tie is not documented any more"

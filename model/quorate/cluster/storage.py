"""Where the data of groups stands: in which sites, and which nodes have a path to it."""

from collections.abc import Collection

from quorate.values import dataclass


@dataclass(frozen=True)
class Storage:
    """What is said of the disk or shared volume of this `name`.

    `sites` are those in which a copy of it stands, any of which is enough; none for what stands
    apart, so that no site takes it down. `reached_by` are the nodes that have a path to it: a disk
    can be owned by no other, a shared volume is reached through them by all (wsfc.md 7, redirected
    I/O).
    """

    name: str
    reached_by: tuple[str, ...]
    sites: tuple[str, ...] = ()

    def is_lost_with(self, site: str, others: Collection[str]) -> bool:
        """Once the site has failed, no copy stands anywhere, or none of the `others`, the nodes
        that are left to it, has a path."""
        no_copy = bool(self.sites) and set(self.sites) <= {site}
        return no_copy or set(self.reached_by).isdisjoint(others)

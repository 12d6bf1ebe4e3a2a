"""The rules of quorum of the versions that a cluster does not run, as far as they are others there.

Asked for where nobody says which version it is, so that a reader hears what hangs on that.
"""

from collections.abc import Hashable
from dataclasses import replace
from typing import assert_never

from quorate.cluster import (
    Cluster,
    DynamicVotes,
    QuorumRules,
    StaticVotes,
    VersionSource,
    WindowsVersion,
)
from quorate.values import dataclass
from quorate.windows.membership.lacking import is_resilient

ALIKE = 2
"""So many nodes that vote, and their votes change alike from Windows Server 2012 on."""


@dataclass(frozen=True)
class OtherRules:
    """The cluster as `versions` would run it, all by the same rules; the first is named in it."""

    cluster: Cluster
    versions: tuple[WindowsVersion, ...]

    @property
    def title(self) -> str:
        """What they are called in a sentence."""
        *others, last = (version.value for version in self.versions)
        named = f"{', '.join(others)} or {last}" if others else last
        return f"Windows Server {named}"


def other_rules(cluster: Cluster) -> tuple[OtherRules, ...]:
    """For each distinct set of rules that other versions have, the cluster under it, by age; none
    where somebody said which version it is."""
    match cluster.version_source:
        case VersionSource.NAMED:
            return ()
        case VersionSource.ASSUMED:
            found: dict[Hashable, OtherRules] = {}
            for version in WindowsVersion:
                under = replace(cluster, version=version, version_source=VersionSource.NAMED)
                known = found.setdefault(_in_effect(under), OtherRules(under, ()))
                found[_in_effect(under)] = replace(known, versions=(*known.versions, version))
            own = _in_effect(cluster)
            return tuple(rules for effect, rules in found.items() if effect != own)
        case _:
            assert_never(cluster.version_source)


def _in_effect(cluster: Cluster) -> Hashable:
    """All that the version decides of the model of this cluster: how votes change, and what becomes
    of what was forced: prevent quorum is there from 2012 on (rules Q17, Q18)."""
    prevents = cluster.version.rules is not QuorumRules.STATIC
    return _votes_in_effect(cluster), prevents, is_resilient(cluster)


def _votes_in_effect(cluster: Cluster) -> Hashable:
    """Of two nodes that vote one gives
    up its vote in each version that lets votes change, a witness that works votes beside them, and
    with one the votes are not brought below three (rules Q12 to Q14)."""
    match cluster.vote_changes:
        case StaticVotes() as rule:
            return rule
        case DynamicVotes() as rule:
            voters = sum(1 for votes in cluster.votes.nodes.values() if votes)
            same = replace(rule, witness_follows=True, keeps_odd=True)
            return same if voters == ALIKE else rule
        case other:
            assert_never(other)

"""Which claims of a folder are asked of broken twins as well."""

from collections.abc import Iterable

from quorate.inquiry.claim import Claim

_SMALL = 16


def sparing(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims about clusters, without teeth where the cluster is too large for a person to check
    the run that refutes a twin, or is there for its groups and has the same rules as others."""
    return tuple(
        claim
        if len(claim.cluster.nodes) <= _SMALL and not claim.cluster.groups
        else claim.without_teeth()
        for claim in claims
    )

"""A run as people see it, whichever model it is of."""

from quorate.system import Trace
from quorate.windows.groups.activity import Scene
from quorate.windows.membership.reading import moments
from quorate.windows.membership.situation import Moment
from quorate.windows.models import Circumstances, Conditions, Membership, Model

_MOST = 3
"""So many groups can be told of at once, where they were looked at together."""


def groups_told(about: str, circumstances: Circumstances) -> tuple[str, ...]:
    """The groups that a refutation is told of; none for a claim about the cluster."""
    if isinstance(circumstances, Conditions) and len(circumstances.groups) <= _MOST:
        return circumstances.groups
    return (about,) if about else ()


def told(model: Model, trace: Trace) -> tuple[Moment, ...] | tuple[Scene, ...]:
    """The moments in the life of a cluster, or the scenes in the life of its groups."""
    if isinstance(model, Membership):
        return moments(model, trace)
    from quorate.windows.groups.reading import scenes  # noqa: PLC0415 - only groups need it

    return scenes(model, trace)

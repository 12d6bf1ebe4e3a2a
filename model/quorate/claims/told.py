"""A run as people see it, whichever model it is of."""

from quorate.cluster import Moment, Scene
from quorate.dynamics import Circumstances, Conditions, Membership, Model, Services
from quorate.dynamics.reading import moments
from quorate.dynamics.services.reading import scenes
from quorate.system import Trace

_OF_SEVERAL = {"anti-affinity", "vm-has-disk"}
"""The claims that are about where groups are to each other."""


def groups_told(claim: str, about: str, circumstances: Circumstances) -> tuple[str, ...]:
    """The groups that a refutation is told of; none for a claim about the cluster."""
    if claim in _OF_SEVERAL and isinstance(circumstances, Conditions):
        return circumstances.groups
    return (about,) if about else ()


def told(model: Model, trace: Trace) -> tuple[Moment, ...] | tuple[Scene, ...]:
    """The moments in the life of a cluster, or the scenes in the life of its groups."""
    match model:
        case Membership():
            return moments(model, trace)
        case Services():
            return scenes(model, trace)

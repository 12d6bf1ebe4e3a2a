"""A run as people see it, whichever model it is of."""

from quorate.cluster import Moment, Scene
from quorate.dynamics import Membership, Model, Services
from quorate.dynamics.reading import moments
from quorate.dynamics.services.reading import scenes
from quorate.system import Trace


def told(model: Model, trace: Trace) -> tuple[Moment, ...] | tuple[Scene, ...]:
    """The moments in the life of a cluster, or the scenes in the life of its groups."""
    match model:
        case Membership():
            return moments(model, trace)
        case Services():
            return scenes(model, trace)

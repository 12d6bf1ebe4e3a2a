"""How a cluster moves: its configuration as symbolic transition systems."""

from typing import TYPE_CHECKING, TypeAlias

from quorate.cluster import Cluster
from quorate.windows.groups.conditions import Conditions, Detection, ServiceDeviation
from quorate.windows.membership.assumptions import Assumptions, Deviation, Faults
from quorate.windows.membership.model import Membership

if TYPE_CHECKING:
    from quorate.windows.groups.model import Services

Model: TypeAlias = "Membership | Services"
"""What a claim is about: the membership of a cluster, or the groups that it runs."""

Circumstances: TypeAlias = Assumptions | Conditions
"""What a claim assumes, which says what it is about as well."""

AnyDeviation: TypeAlias = Deviation | ServiceDeviation
"""One rule that is broken on purpose."""


def model_of(cluster: Cluster, circumstances: Circumstances) -> Model:
    """The model of `cluster` under these circumstances."""
    match circumstances:
        case Assumptions():
            return Membership(cluster, circumstances)
        case Conditions():
            # Most clusters have no groups, and everybody waits for what is imported.
            from quorate.windows.groups.model import Services  # noqa: PLC0415

            return Services(cluster, circumstances)


def twin(circumstances: Circumstances, deviation: AnyDeviation) -> Circumstances:
    """The same circumstances with one rule broken. Raises `TypeError` for a rule of the other
    model."""
    match circumstances, deviation:
        case Assumptions(), Deviation():
            return circumstances.broken(deviation)
        case Conditions(), ServiceDeviation():
            return circumstances.broken(deviation)
    raise TypeError(f"{deviation} is no rule of this model")


__all__ = [
    "AnyDeviation",
    "Assumptions",
    "Circumstances",
    "Conditions",
    "Detection",
    "Deviation",
    "Faults",
    "Membership",
    "Model",
    "ServiceDeviation",
    "model_of",
    "twin",
]

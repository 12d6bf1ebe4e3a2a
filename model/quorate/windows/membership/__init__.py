"""Membership and quorum: who runs the cluster."""

from quorate.windows.membership.assumptions import UNLIMITED, Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.model import Membership
from quorate.windows.membership.verbs import Verb

__all__ = [
    "UNLIMITED",
    "Assumptions",
    "Deviation",
    "Faults",
    "Membership",
    "MembershipCircumstances",
    "Verb",
]

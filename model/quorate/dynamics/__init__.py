"""How a cluster moves: its configuration as a symbolic transition system."""

from quorate.dynamics.assumptions import Assumptions, Deviation, Faults
from quorate.dynamics.membership import Membership

__all__ = ["Assumptions", "Deviation", "Faults", "Membership"]

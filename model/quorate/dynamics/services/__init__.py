"""What a cluster runs: groups that start, stop, move and come back, and who is served."""

from quorate.dynamics.services.conditions import Conditions, Detection, ServiceDeviation
from quorate.dynamics.services.services import Services

__all__ = ["Conditions", "Detection", "ServiceDeviation", "Services"]

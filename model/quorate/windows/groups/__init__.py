"""What a cluster runs: groups that start, stop, move and come back, and who is served."""

from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.circumstances import GroupsCircumstances
from quorate.windows.groups.deviations import Deviation
from quorate.windows.groups.incidents import Crashes, Incident, OneDrain, OneFailure
from quorate.windows.groups.verbs import Verb

__all__ = [
    "Assumptions",
    "Crashes",
    "Detection",
    "Deviation",
    "GroupsCircumstances",
    "Incident",
    "OneDrain",
    "OneFailure",
    "Verb",
]

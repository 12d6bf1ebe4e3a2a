"""The language of models: variables, actions, systems, properties, traces, verdicts."""

from quorate.system.actions import Action, ActionKind
from quorate.system.properties import Always, LeadsTo, Property, Sometimes
from quorate.system.systems import Lemma, State, System
from quorate.system.traces import Step, Trace
from quorate.system.variables import (
    Bits,
    Boolean,
    Enumeration,
    Formula,
    Integer,
    Sort,
    Term,
    Value,
    Variable,
)
from quorate.system.verdicts import HoldsTo, Proved, Refuted, Unknown, Verdict

__all__ = [
    "Action",
    "ActionKind",
    "Always",
    "Bits",
    "Boolean",
    "Enumeration",
    "Formula",
    "HoldsTo",
    "Integer",
    "LeadsTo",
    "Lemma",
    "Property",
    "Proved",
    "Refuted",
    "Sometimes",
    "Sort",
    "State",
    "Step",
    "System",
    "Term",
    "Trace",
    "Unknown",
    "Value",
    "Variable",
    "Verdict",
]

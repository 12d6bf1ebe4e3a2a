"""The language of models: variables, actions, systems, properties, traces, verdicts."""

from quorate.system.actions import Action, ActionKind, Verb, action_name
from quorate.system.definitions import Definition, Instance, Theorem, expanded
from quorate.system.properties import (
    Always,
    Ceases,
    EachStep,
    LeadsTo,
    Progress,
    Property,
    Sometimes,
)
from quorate.system.systems import Lemma, State, System
from quorate.system.traces import Step, Trace
from quorate.system.variables import (
    Bits,
    Boolean,
    Enumeration,
    Formula,
    Integer,
    Single,
    Sort,
    Term,
    Value,
    Variable,
)
from quorate.system.verbs import actions_of, each_step
from quorate.system.verdicts import HoldsTo, Proved, Refuted, Unknown, Verdict

__all__ = [
    "Action",
    "ActionKind",
    "Always",
    "Bits",
    "Boolean",
    "Ceases",
    "Definition",
    "EachStep",
    "Enumeration",
    "Formula",
    "HoldsTo",
    "Instance",
    "Integer",
    "LeadsTo",
    "Lemma",
    "Progress",
    "Property",
    "Proved",
    "Refuted",
    "Single",
    "Sometimes",
    "Sort",
    "State",
    "Step",
    "System",
    "Term",
    "Theorem",
    "Trace",
    "Unknown",
    "Value",
    "Variable",
    "Verb",
    "Verdict",
    "action_name",
    "actions_of",
    "each_step",
    "expanded",
]

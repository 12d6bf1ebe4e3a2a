"""What is claimed of the steps that could lose data: that of a disk, and that of a machine."""

import z3

from quorate.cluster import ResourceKind
from quorate.counting.sets import has, some
from quorate.system import EachStep, Formula
from quorate.windows.groups.claimed_place import claimed
from quorate.windows.groups.model import Groups
from quorate.windows.groups.properties import there
from quorate.windows.groups.situation import Phase
from quorate.windows.groups.verbs import Verb


def no_lost_write(model: Groups, name: str) -> EachStep:
    """No disk, of whatever group, goes offline in order while a resource that keeps data on it
    holds some that is not written."""
    place = claimed(model, name)
    group = place.group
    unwritten = there(group.variables.writes).unwritten.term
    formulas = dict[str, Formula]()
    for other in place.groups:
        written = [
            z3.Not(z3.And(has(other.resource, disk), has(unwritten, writer)))
            for disk, name_of_disk in enumerate(other.names)
            for writer, resource in enumerate(group.resources)
            if name_of_disk in resource.writes_to
        ]
        rule = {Verb.GO_OFFLINE: z3.And(*written)}
        formulas |= place.of(other).each_step("", model, rule).formulas if written else {}
    return EachStep("no-lost-write", formulas)


def planned_keeps_memory(model: Groups, name: str) -> EachStep:
    """A machine that goes offline since its group is sent elsewhere is saved (rule V1)."""
    place = claimed(model, name)
    group = place.group
    saved = there(group.variables.memory).saved.next
    by_plan = z3.And(group.is_in(Phase.MOVING), some(group.target))
    kept = [
        z3.Or(z3.Not(has(group.resource, machine)), has(saved, machine))
        for machine, resource in enumerate(group.resources)
        if resource.kind is ResourceKind.VIRTUAL_MACHINE
    ]
    rule = {Verb.GO_OFFLINE: z3.Or(z3.Not(by_plan), z3.And(*kept))}
    return place.each_step("planned-keeps-memory", model, rule)

"""Which part of a cluster file a claim speaks of, so that others can show its answer there."""

from quorate.cluster import COUNTED, Attribute, Cluster, Element, Item, Requirements
from quorate.inquiry.claim import Claim
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.survival import promised_under


def concerned(claim: Claim, cluster: Cluster, requirements: Requirements) -> Element:
    """The group that it is about; the promise that it asks; or else how votes are counted."""
    for index, group in enumerate(cluster.groups):
        if claim.about == group.name:
            return (Item(Attribute.GROUPS, index, group.name),)
    match claim.circumstances:
        case MembershipCircumstances(assumptions=assumptions):
            return _promise(promised_under(assumptions), requirements)
        case _:
            return (Attribute.RULE,)


def _promise(asked: Requirements, written: Requirements) -> Element:
    """Where the promise that is `asked` stands among those that are `written`."""
    if asked.in_order:
        [faults] = asked.in_order
        if faults in written.in_order:
            index = written.in_order.index(faults)
            return (Attribute.REQUIREMENTS, Item(Attribute.IN_ORDER, index, ""))
        return (Attribute.REQUIREMENTS,)
    if asked.any_two:
        return (Attribute.REQUIREMENTS,)
    for fault in COUNTED:
        if asked.times(fault):
            return (Attribute.REQUIREMENTS, Attribute(fault.value))
    return (Attribute.RULE,)

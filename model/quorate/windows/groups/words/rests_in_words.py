"""The sentences of facts that others rest on: of the configuration, and of earlier steps."""

from quorate.drawing.grammar import agreeing, number_of
from quorate.drawing.names import enumerated
from quorate.windows.groups.reasons.facts import Fact, Kind
from quorate.windows.groups.words.group_names import GroupNames


def rests_in_words(names: GroupNames, fact: Fact) -> str:
    """One sentence without an end. Raises `ValueError` for a fact that nothing rests on."""
    things, needs = names.things_listed(fact.things), names.things_listed(fact.needs)
    nodes, others = names.listed(fact.nodes), names.listed(fact.others)
    group, are = names.group(fact.group), agreeing(fact.nodes, "is", "are")
    since = f"since step {fact.step}" if fact.step else "from the start"
    match fact.kind:
        case Kind.LIST:
            return f"{group} tries its owners in this order: {_in_order(names, fact.nodes)}"
        case Kind.WINDOW:
            return f"{group} may go back from {fact.count}:00 to {fact.most}:00 only"
        case Kind.PREFERS:
            order = ", in this order" if len(fact.nodes) > 1 else ""
            return f"{group} prefers {_in_order(names, fact.nodes)}{order}"
        case Kind.NO_DEPENDENCY:
            return f"{things} keeps data on {needs} and does not depend on it"
        case Kind.NOT_FENCED:
            return "nothing makes sure that a lost node is off before its groups are taken over"
        case Kind.NO_DISK:
            depends = agreeing(fact.things, "depends", "depend")
            return f"{things} {depends} on no disk, so no reservation keeps a second node from it"
        case Kind.OWNERS:
            return f"only {nodes} may own {group}"
        case Kind.SUBNET:
            return f"{nodes} is in none of the subnets of {things}"
        case Kind.PATHS:
            has = agreeing(fact.nodes, "has", "have")
            return f"only {nodes} {has} a path to {things}"
        case Kind.COPIES:
            where = enumerated([names.site(site) for site in fact.sites])
            copies = "the only copy" if len(fact.sites) == 1 else "copies"
            stand = "stands" if len(fact.sites) == 1 else "stand"
            return f"{copies} of {things} {stand} in {where}"
        case Kind.AVOIDS:
            return f"{group} is to be kept apart from {names.groups_listed(fact.groups)}"
        case Kind.ALLOWED:
            most = number_of(fact.most, "failover")
            return f"in this period {group} may begin {most} and has begun {fact.count}"
        case Kind.TOLERATED:
            times = number_of(fact.most, "failure")
            return f"{things} is restarted in place after at most {times} in one period"
        case Kind.UNAWARE:
            none = agreeing(fact.nodes, "no member and has", "no members and have")
            return f"{since} {nodes} {are} {none} not noticed"
        case Kind.OWNS:
            return f"{since} {nodes} owns {group}"
        case Kind.PLANNED:
            return f"the operator sent {group} to {others} in step {fact.step}"
        case Kind.IS_PAUSED:
            return f"{since} {nodes} {are} paused"
        case Kind.FREE:
            return f"{nodes} could take {group}"
        case _:
            raise ValueError(f"{fact.kind.value!r} is what breaks a promise")


def _in_order(names: GroupNames, nodes: tuple[str, ...]) -> str:
    return ", ".join(map(names.node, nodes))

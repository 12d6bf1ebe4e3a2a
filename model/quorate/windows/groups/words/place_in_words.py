"""The sentences of facts about where a group is, or where it goes."""

from quorate.windows.groups.reasons.facts import Kind
from quorate.windows.groups.words.fact_words import FactWords


def in_words(w: FactWords) -> str:
    """One sentence without an end. Raises `ValueError` for a fact of another kind."""
    fact = w.fact
    match fact.kind:
        case Kind.NOT_POSSIBLE:
            return f"{w.group} is active on {w.nodes}, and only {w.others} may own it"
        case Kind.NOT_MEMBER:
            return f"{w.things} {w.is_} active on {w.nodes}, which is no member of the cluster"
        case Kind.WRONG_SUBNET:
            return f"{w.things} {w.is_} active on {w.nodes}, outside of its subnet"
        case Kind.STAYS_DRAINED:
            return f"{w.group} stays on {w.nodes}, which is paused, for ever"
        case Kind.NOT_GONE_BACK:
            return f"{w.group} stays on {w.nodes} for ever, and {w.others} is there and preferred"
        case Kind.PAUSED_STARTS:
            return f"{w.things} starts on {w.nodes}, which is paused"
        case Kind.PAUSED_SENT:
            return f"{w.group} is sent to {w.nodes}, which is paused"
        case Kind.DRAINED_KEEPS:
            return f"{w.nodes} is drained and keeps {w.group}, and {w.others} could take it"
        case Kind.WRONG_HOUR:
            return f"{w.group} goes back from {w.nodes} to {w.others} at {fact.count}:00"
        case Kind.WRONG_WAY_BACK:
            return f"{w.group} goes back from {w.nodes} to {w.others}, which it prefers less"
        case Kind.WRONG_NEXT | Kind.ASTRAY:
            got, due = map(w.names.node, fact.others)
            return f"{w.group} goes from {w.nodes} to {got} and not to {due}"
        case Kind.BESIDE:
            rivals = w.names.groups_listed(fact.groups)
            return f"{w.group} and {rivals} are both on {w.nodes}"
        case Kind.TWICE:
            return f"{w.things} {w.is_} active on {w.nodes} at once"
        case Kind.ANSWERS_ELSEWHERE:
            return f"{w.things} {w.is_} still active on {w.nodes}, and {w.others} owns {w.group}"
        case Kind.NO_PATH:
            return f"{w.things} {w.is_} active on {w.nodes}, which has no path to it"
        case Kind.DATA_LOST:
            (site,) = fact.sites
            return f"With {w.names.site(site)} lost, {w.group} has no copy of {w.things} in reach"

        case _:
            raise ValueError(f"{fact.kind.value!r} is told elsewhere")

"""An account as plain data for JSON: names as they are configured, reasons and sentences beside."""

from typing import Any

from quorate.cluster import VoteTable
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.caveats import caveats
from quorate.windows.membership.reasons.conclude import Conclusion, Missed, conclude
from quorate.windows.membership.reasons.configured import needed
from quorate.windows.membership.reasons.entry import Entry, Part
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.facts import Fact, violated
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.reasons.tally import Tally
from quorate.windows.membership.situation import Event, Situation
from quorate.windows.membership.words.caveats_in_words import caveat_in_words
from quorate.windows.membership.words.sentences import of_end, of_entry
from quorate.windows.names import ClusterNames


def data(account: Account) -> dict[str, Any]:
    """The whole account, ready for `json.dumps`. Sets are lists in configured order."""
    return {
        "title": account.title,
        "claim": account.claim,
        "why": account.why,
        "cluster": account.cluster.name,
        "broken": account.violation,
        "deviation": account.deviation,
        "loop_start": account.loop_start,
        "votes": _votes(account.start.votes),
        "steps": [_step(account, entry) for entry in explain(account)],
        "conclusion": _conclusion(account, conclude(account)),
    }


def _step(account: Account, entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "action": entry.event.verb.value if entry.event is not None else None,
        "names": _choices(account.names, entry.event),
        "sentences": of_entry(account, entry),
        "reasons": _reasons(account.names, entry),
        "situation": _situation(account.names, entry.after),
    }


def _conclusion(account: Account, conclusion: Conclusion) -> dict[str, Any]:
    names = account.names
    return {
        "sentences": of_end(account, conclusion),
        "because": [
            {
                "fact": fact.stated.value,
                "nodes": names.ordered(fact.nodes),
                "site": fact.site or None,
            }
            for fact in needed(account)
        ],
        "violated": _fact(names, violated(account, conclusion)),
        "caveats": [
            {"unsaid": caveat.value, "sentence": caveat_in_words(caveat)}
            for caveat in caveats(account, conclusion)
        ],
        "islands": [_part(names, part) for part in conclusion.islands],
        "outdated": names.ordered(conclusion.outdated),
        "left_behind": [_missed(names, missed) for missed in conclusion.missed],
        "stopped": [_part(names, part) for part in conclusion.stopped],
        "idle": [
            {**_tally(names, idle.tally), "forbidden": idle.forbidden} for idle in conclusion.idle
        ],
    }


def _fact(names: ClusterNames, fact: Fact | None) -> dict[str, Any] | None:
    """What it says and of whom; only what it has."""
    if fact is None:
        return None
    found = {
        "sets": [names.ordered(nodes) for nodes in fact.sets],
        "sums": [_tally(names, sum_) for sum_ in fact.sums],
        "step": fact.step,
    }
    return {"fact": fact.kind.value} | {key: value for key, value in found.items() if value}


def _missed(names: ClusterNames, missed: Missed) -> dict[str, Any]:
    return {
        "members": names.ordered(missed.nodes),
        "step": missed.step,
        "by": missed.verb.value if missed.verb is not None else "",
    }


def _votes(votes: VoteTable) -> dict[str, Any]:
    return {
        "nodes": dict(votes.nodes),
        "witness": votes.witness,
        "total": votes.total,
        "needed": votes.needed,
    }


def _choices(names: ClusterNames, event: Event | None) -> dict[str, Any]:
    """Only what the event has."""
    if event is None:
        return {}
    found = {
        "node": event.node,
        "peer": event.peer,
        "side": names.ordered(event.side),
        "reboot": event.reboot,
        "site": event.site,
        "island": names.ordered(event.island),
        "winner": event.winner,
    }
    return {key: value for key, value in found.items() if value}


def _reasons(names: ClusterNames, entry: Entry) -> dict[str, Any]:
    holding = entry.holding
    return {
        "parts": [_part(names, part) for part in entry.parts],
        "witness": None
        if holding is None
        else {"why": holding.hand.value, "holder": holding.holder, "before": holding.before},
        "outdated": names.ordered(entry.replicas.outdated),
        "renewed": names.ordered(entry.replicas.renewed),
        "lost_paths": names.ordered(entry.lost_paths),
        "breach": entry.breach.value if entry.breach is not None else None,
        "against_rules": entry.against_rules,
    }


def _part(names: ClusterNames, part: Part) -> dict[str, Any]:
    return {
        "fate": part.fate.value,
        **_tally(names, part.tally),
        "forced": part.forced,
    }


def _tally(names: ClusterNames, tally: Tally) -> dict[str, Any]:
    return {
        "members": names.ordered(tally.members),
        "votes": tally.votes,
        "witness_votes": tally.witness_votes,
        "total": tally.total,
        "needed": tally.needed,
        "enough": tally.enough,
    }


def _situation(names: ClusterNames, situation: Situation) -> dict[str, Any]:
    nodes = names.cluster.node_names
    found = networks(nodes, situation)
    forced = dict(zip(situation.islands, situation.forced, strict=True))
    islands = names.by_order(situation.islands)
    return {
        "up": names.ordered(situation.up),
        "networks": [names.ordered(network) for network in found],
        "cut": [list(pair) for network in found for pair in cuts(nodes, network, situation)],
        "islands": [names.ordered(island) for island in islands],
        "forced": [forced[island] for island in islands],
        "current": names.ordered(situation.current),
        "votes": _votes(situation.votes),
        **_overruling(names, situation),
        "witness_up": situation.witness_up,
        "witness_paths": names.ordered(situation.witness_paths),
        "holder": situation.holder,
        "witness_current": situation.witness_current,
    }


def _overruling(names: ClusterNames, situation: Situation) -> dict[str, Any]:
    """Only where force may overrule."""
    if situation.authoritative is None:
        return {}
    found: dict[str, Any] = {
        "authoritative": names.ordered(situation.authoritative),
        "prevented": names.ordered(situation.prevented),
    }
    if situation.island_votes:
        by_island = dict(zip(situation.islands, situation.island_votes, strict=True))
        islands = names.by_order(situation.islands)
        found["island_votes"] = [_votes(by_island[island]) for island in islands]
    return found

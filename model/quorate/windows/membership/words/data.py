"""A story as plain data for JSON: names as they are configured, reasons and sentences beside."""

from typing import Any

from quorate.cluster import Cluster
from quorate.drawing.names import Names
from quorate.windows.membership.reasons.conclude import conclude
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.networks import cuts, networks
from quorate.windows.membership.reasons.reasons import Entry, Part, Tally
from quorate.windows.membership.reasons.story import Story
from quorate.windows.membership.situation import Event, Situation
from quorate.windows.membership.words.sentences import Wording


def story_data(story: Story) -> dict[str, Any]:
    """The whole story, ready for `json.dumps`. Sets are lists in configured order."""
    names, wording = Names(story.cluster), Wording(story)
    conclusion = conclude(story)
    return {
        "title": story.title,
        "cluster": story.cluster.name,
        "broken": story.broken,
        "deviation": story.deviation,
        "loop_start": story.loop_start,
        "votes": _votes(story.cluster),
        "steps": [
            {
                "number": entry.number,
                "action": entry.event.action if entry.event is not None else None,
                "names": _choices(names, entry.event),
                "sentences": wording.entry(entry),
                "reasons": _reasons(names, entry),
                "situation": _situation(names, story.moments[entry.number].situation),
            }
            for entry in explain(story)
        ],
        "conclusion": {
            "sentences": wording.conclusion(conclusion),
            "islands": [_part(names, part) for part in conclusion.islands],
            "outdated": names.ordered(conclusion.outdated),
            "left_behind": [
                {"members": names.ordered(missed.nodes), "step": missed.step, "by": missed.action}
                for missed in conclusion.missed
            ],
            "stopped": [_part(names, part) for part in conclusion.stopped],
            "idle": [
                {**_tally(names, idle.tally), "forbidden": idle.forbidden}
                for idle in conclusion.idle
            ],
        },
    }


def _votes(cluster: Cluster) -> dict[str, Any]:
    votes = cluster.votes
    return {
        "nodes": {name: votes.nodes[name] for name in cluster.node_names},
        "witness": votes.witness,
        "total": votes.total,
        "needed": votes.needed,
    }


def _choices(names: Names, event: Event | None) -> dict[str, Any]:
    """Only what the event has."""
    if event is None:
        return {}
    found = {
        "node": event.node,
        "peer": event.peer,
        "side": names.ordered(event.side),
        "site": event.site,
        "island": names.ordered(event.island),
        "winner": event.winner,
    }
    return {key: value for key, value in found.items() if value}


def _reasons(names: Names, entry: Entry) -> dict[str, Any]:
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
    }


def _part(names: Names, part: Part) -> dict[str, Any]:
    return {
        "fate": part.fate.value,
        **_tally(names, part.tally),
        "forced": part.forced,
    }


def _tally(names: Names, tally: Tally) -> dict[str, Any]:
    return {
        "members": names.ordered(tally.members),
        "votes": tally.votes,
        "witness_votes": tally.witness_votes,
        "total": tally.total,
        "needed": tally.needed,
        "enough": tally.enough,
    }


def _situation(names: Names, situation: Situation) -> dict[str, Any]:
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
        "witness_up": situation.witness_up,
        "witness_paths": names.ordered(situation.witness_paths),
        "holder": situation.holder,
        "witness_current": situation.witness_current,
    }

"""An account as plain data for JSON: names as configured, reasons and sentences beside."""

from typing import Any

from quorate.windows.groups.reasons.account import Account
from quorate.windows.groups.reasons.caveats import caveats
from quorate.windows.groups.reasons.entries import Entry, entries
from quorate.windows.groups.reasons.facts import Fact
from quorate.windows.groups.reasons.hindrances import hindrances
from quorate.windows.groups.situation import GroupSituation, Situation
from quorate.windows.groups.words.caveats_in_words import caveat_in_words
from quorate.windows.groups.words.group_names import GroupNames
from quorate.windows.groups.words.hindrances_in_words import hindrance_in_words
from quorate.windows.groups.words.telling import Telling


def account_data(account: Account) -> dict[str, Any]:
    """The whole account, ready for `json.dumps`. Sets are lists in configured order."""
    telling = Telling(account)
    names = telling.names
    shown = [group.name for group in account.groups_shown]
    return {
        "title": account.title,
        "claim": account.claim,
        "why": account.why,
        "cluster": account.cluster.name,
        "groups": shown,
        "broken": account.violation,
        "deviation": account.deviation,
        "loop_start": account.loop_start,
        "steps": [
            {
                "number": entry.number,
                "action": entry.step.verb.value if entry.step is not None else None,
                "names": dict(entry.step.about) if entry.step is not None else {},
                "sentences": telling.sentences(entry),
                "reasons": _reasons(names, entry),
                "activity": _situation(names, account.situation(entry.number), shown),
            }
            for entry in entries(account)
        ],
        "conclusion": {
            "sentences": telling.conclusion(),
            "violated": _fact(telling.wrong) if telling.wrong is not None else None,
            "rests_on": [_fact(fact) for fact in telling.rests_on],
            "hindrances": [
                {
                    "keeps": found.keeps.value,
                    "group": found.group,
                    "names": list(found.names),
                    "sentence": hindrance_in_words(names, found),
                }
                for found in hindrances(account)
            ],
            "caveats": [
                {
                    "unsaid": caveat.unsaid.value,
                    "names": list(caveat.names),
                    "resources": list(caveat.resources),
                    "sentence": caveat_in_words(names, caveat),
                }
                for caveat in caveats(account)
            ],
            "active_twice": names.things_ordered(
                {thing for name in shown for thing in account.end.group(name).active_twice}
            ),
        },
    }


def _fact(fact: Fact) -> dict[str, Any]:
    """What it says and of whom; only what it has."""
    found = {
        "group": fact.group,
        "things": list(fact.things),
        "needs": list(fact.needs),
        "nodes": list(fact.nodes),
        "others": list(fact.others),
        "groups": list(fact.groups),
        "sites": list(fact.sites),
        "count": fact.count,
        "most": fact.most,
        "step": fact.step,
        "state": fact.state.value if fact.state is not None else None,
    }
    return {"fact": fact.kind.value} | {key: value for key, value in found.items() if value}


def _reasons(names: GroupNames, entry: Entry) -> dict[str, Any]:
    return {
        "causes": [
            {"why": cause.why.value, "names": list(cause.names)}
            | ({"count": cause.count, "most": cause.most} if cause.count else {})
            for cause in entry.causes
        ],
        "against_rules": entry.against_rules,
        "effects": [
            {
                "kind": effect.fate.value,
                "group": effect.group,
                "node": effect.node,
                "resources": names.things_ordered(effect.resources),
            }
            for effect in entry.effects
        ],
    }


def _situation(names: GroupNames, situation: Situation, shown: list[str]) -> dict[str, Any]:
    return {
        "members": names.ordered(situation.members),
        "unaware": names.ordered(situation.stale),
        "paused": names.ordered(situation.paused),
        "volumes": names.things_ordered(situation.volumes),
        "hour": situation.hour,
        "groups": [_group(names, situation.group(name)) for name in shown],
    }


def _group(names: GroupNames, group: GroupSituation) -> dict[str, Any]:
    stale = group.stale
    return {
        "name": group.name,
        "owner": group.owner,
        "target": group.target,
        "phase": group.phase.value,
        "states": {name: group.states[name].value for name in names.things_ordered(group.states)},
        "left": {node: names.things_ordered(stale[node]) for node in names.ordered(stale)},
        "failovers": group.failovers,
        **{
            key: names.things_ordered(members)
            for key, members in (
                ("unwritten", group.unwritten),
                ("lost", group.lost),
                ("saved", group.saved),
                ("forgotten", group.forgotten),
                ("asked", group.asked),
                ("wanted", group.wanted),
                ("driven", group.driven),
            )
        },
    }

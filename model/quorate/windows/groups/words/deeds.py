"""The sentence of a deed: what happened, before anything followed from it."""

from collections.abc import Mapping
from string import Formatter

from quorate.windows.groups.activity import Activity, Deed, ResourceState
from quorate.windows.groups.words.group_names import GroupNames

SENTENCES: Mapping[str, str] = {
    "crash": "{node} crashes.",
    "cut off": "{node} is cut off from the others and goes on unaware.",
    "notice": "{node} notices that it has no quorum: its cluster service stops.",
    "fence": "{node} is switched off for certain.",
    "outage": "The cluster loses quorum and stops on every node.",
    "return": "{node} joins the cluster again.",
    "form": "{members} form{s} the cluster again.",
    "volume failure": "The volume {volume} fails.",
    "volume return": "The volume {volume} works again.",
    "hour passes": "An hour passes{hour}.",
    "pause": "The operator pauses {node}.",
    "resume": "The operator resumes {node}.",
    "drain": "The operator drains {node}: it is paused, and its groups move away.",
    "move": "The operator moves group {group} from {owner} to {node}.",
    "take offline": "The operator wants {resource} offline.",
    "bring online": "The operator wants {resource} online again.",
    "migrate": "The live migration of group {group} from {owner} to {node} begins.",
    "start": "{resource} begins to come online on {owner}.",
    "come online": "{resource} is online on {owner}.",
    "stop": "{resource} begins to go offline on {owner}.",
    "go offline": "{resource} is offline on {owner}.",
    "begin failover": "The failover of group {group} from {owner} begins.",
    "transfer": "Group {group} passes from {owner} to {node}.",
    "take over": "{node} takes over group {group} from {owner}.",
    "begin failback": "The failback of group {group} from {owner} to {node} begins{at}.",
    "switch": "The live migration of group {group} ends: it runs on {node} now.",
    "restart period passes": "The restart period of group {group} passes: restarts may be tried "
    "again.",
    "failover period passes": "The failover period of group {group} passes: failovers may be tried "
    "again.",
    "fail": "{resource} fails on {owner}.",
    "write": "{resource} holds data that is not on disk yet.",
    "ask again": "A client asks for the addresses of group {group} again{told}.",
    "start cut off": "{node}, unaware that it is cut off, starts {resource}.",
    "come online cut off": "{resource} is online on the node that is cut off.",
    "keeps reporting": "{resource} reports that it is still {pending}.",
}

_CHOICES = frozenset({"node", "group", "resource", "volume"})

NEEDED: Mapping[str, frozenset[str]] = {
    verb: frozenset(name for _, name, _, _ in Formatter().parse(text) if name) & _CHOICES
    | (frozenset({"group"}) if any(w in text for w in ("{owner}", "{pending}")) else frozenset())
    for verb, text in SENTENCES.items()
}
"""The choices without which a deed cannot be told."""


def refuse_unknown(deed: Deed, step: int) -> None:
    """Raises `ValueError` for a verb that has no sentence or misses what its sentence needs."""
    if deed.action not in SENTENCES:
        raise ValueError(f"no chronicle knows the deed {deed} of step {step}")
    for choice in sorted(NEEDED[deed.action]):
        if getattr(deed, choice) is None:
            raise ValueError(f"the deed {deed} of step {step} names no {choice}")


def told(names: GroupNames, deed: Deed, before: Activity, after: Activity) -> str:
    """One sentence."""
    owner = before.group(deed.group).owner if deed.group is not None else None
    return SENTENCES[deed.action].format(
        node=names.node(deed.node) if deed.node is not None else "",
        group=names.group(deed.group) if deed.group is not None else "",
        resource=names.thing(deed.resource) if deed.resource is not None else "",
        volume=names.thing(deed.volume) if deed.volume is not None else "",
        owner=names.node(owner) if owner is not None else "",
        members=names.listed(after.members),
        s="s" if len(after.members) == 1 else "",
        hour="" if after.hour is None else f": it is {after.hour}:00 now",
        at="" if before.hour is None else f" at {before.hour}:00",
        told=_answer(names, deed, after),
        pending=_pending(deed, before),
    )


def _answer(names: GroupNames, deed: Deed, after: Activity) -> str:
    if deed.group is None:
        return ""
    asked = after.group(deed.group).asked
    return f" and is told {names.things_listed(asked)}" if asked else " and is told none"


def _pending(deed: Deed, before: Activity) -> str:
    """What it is about, from the state that it is in."""
    if deed.group is None or deed.resource is None:
        return ""
    state = before.group(deed.group).states[deed.resource]
    return {
        ResourceState.ONLINE_PENDING: "coming online",
        ResourceState.OFFLINE_PENDING: "going offline",
    }.get(state, "pending")

"""The sentence of an event: what happened, before anything followed from it."""

from quorate.drawing.grammar import agreeing
from quorate.drawing.names import Names
from quorate.windows.membership.reasons.reasons import ACTIONS
from quorate.windows.membership.situation import Event, Situation

SENTENCES = {
    "crash": "{node} crashes.",
    "power failure": "The power fails: every node goes down.",
    "site failure": "The site {site} fails{with_all}.",
    "partition": "{side} {are} cut off from all other nodes.",
    "isolation": "{node} is cut off from all other nodes.",
    "link failure": "The connection between {node} and {peer} fails{dropped}.",
    "witness failure": "The witness fails.",
    "path failure": "{node} loses its path to the witness.",
    "restart": "{side} come{s} back and listen{s}.",
    "heal": "",
    "witness return": "The witness works again.",
    "path return": "{side} reach{es} the witness again.",
    "form": "{side} form{s} a cluster.",
    "join": "{node} joins the island of {island}.",
    "take witness": "{node} takes the witness.",
    "commit": "The configuration is changed, and {island} store{s} it.",
    "planned stop": "The operator stops the cluster service of {node}.",
    "force": "The operator starts {node} with forced quorum.",
}
assert SENTENCES.keys() == ACTIONS


def happened(names: Names, event: Event, before: Situation, after: Situation) -> str:
    """One sentence. Verbs agree with the set of nodes that acts."""
    one = len(event.side or event.island) == 1
    if event.action == "heal":
        return _healed(names, before, after)
    if event.action in {"partition", "isolation"} and before.links == after.links:
        return _cut_again(names, event, before, after)
    return SENTENCES[event.action].format(
        node=names.node(event.node) if event.node is not None else "",
        peer=names.node(event.peer) if event.peer is not None else "",
        site=names.site(event.site) if event.site is not None else "",
        side=names.listed(event.side),
        island=names.listed(event.island),
        are="is" if one else "are",
        s="s" if one else "",
        es="es" if one else "",
        with_all=_with_all(names, event, after),
        dropped=_dropped(names, event, before, after),
    )


def _with_all(names: Names, event: Event, after: Situation) -> str:
    """What stands in a site that failed."""
    if event.site is None:
        return ""
    nodes = names.cluster.nodes_in(event.site)
    lost = [names.listed(nodes)] if nodes else []
    witness = names.cluster.witness
    if witness is not None and witness.site == event.site and not after.witness_up:
        lost.append("the witness")
    return f", with {' and '.join(lost)} in it" if lost else ""


def _cut_again(names: Names, event: Event, before: Situation, after: Situation) -> str:
    """A cut where there was one: what can be new is which side reaches a share."""
    lost = before.witness_paths - after.witness_paths
    if lost:
        return (
            f"{names.listed(lost)} {agreeing(lost, 'is', 'are')} cut off from the file share too."
        )
    side = event.side or frozenset({event.node} if event.node is not None else ())
    return f"{names.listed(side)} {agreeing(side, 'stays', 'stay')} cut off from all other nodes."


def _dropped(names: Names, event: Event, before: Situation, after: Situation) -> str:
    """An island is fully connected, so one of the two leaves it."""
    if event.node is None:
        return ""
    island = before.island_of(event.node) or frozenset()
    if event.peer not in island or len(island) < 3 or island in after.islands:
        return ""
    return f": {names.node(event.node)} drops out of the island"


def _healed(names: Names, before: Situation, after: Situation) -> str:
    nodes = names.cluster.node_names
    if all(after.reaches(one, other) for one in nodes for other in nodes):
        return "The network is whole again."
    new = after.links - before.links
    touched = frozenset[str]().union(*new)
    first = names.ordered(touched)[0]
    other = frozenset(name for link in new if first in link for name in link - {first})
    one = touched - other
    if new == {frozenset((a, b)) for a in one for b in other}:
        fewer, more = sorted((one, other), key=len)
        reach = agreeing(fewer, "reaches", "reach")
        return f"{names.listed(fewer)} {reach} {names.listed(more)} again."
    return f"Connections among {names.listed(touched)} work again."

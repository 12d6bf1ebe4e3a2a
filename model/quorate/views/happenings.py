"""The sentence of an event: what happened, before anything followed from it."""

from quorate.cluster import Event, Situation
from quorate.views.names import Names
from quorate.views.reasons import ACTIONS

SENTENCES = {
    "crash": "{node} crashes.",
    "power failure": "The power fails: every node goes down.",
    "site failure": "The site {site} fails{with_all}.",
    "partition": "{side} {are} cut off from all other nodes.",
    "isolation": "{node} is cut off from all other nodes.",
    "link failure": "The connection between {node} and {peer} fails.",
    "witness failure": "The witness fails.",
    "path failure": "{node} loses its path to the witness.",
    "restart": "{side} come{s} back and listen{s}.",
    "heal": "The {healed}.",
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


def happened(names: Names, event: Event, after: Situation) -> str:
    """One sentence. Verbs agree with the set of nodes that acts."""
    one = len(event.side or event.island) == 1
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
        healed=_healed(names, event, after),
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


def _healed(names: Names, event: Event, after: Situation) -> str:
    nodes = names.cluster.node_names
    if all(after.reaches(one, other) for one in nodes for other in nodes):
        return "network is whole again"
    if len(event.side) == 2:
        return f"connection between {names.listed(event.side)} works again"
    return f"connections among {names.listed(event.side)} work again"

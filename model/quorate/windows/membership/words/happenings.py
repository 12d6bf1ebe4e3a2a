"""The sentence of an event: what happened, before anything followed from it."""

from itertools import pairwise
from typing import assert_never

from quorate.drawing.grammar import agreeing
from quorate.windows.membership.assumptions import FAULTS
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.situation import Event, Situation
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.witness_words import witness_words
from quorate.windows.names import ClusterNames


def happened(names: ClusterNames, entry: Entry) -> str:
    """One sentence. requires: an entry that is not the start."""
    event = entry.event
    assert event is not None
    nodes, island = names.listed(event.nodes), names.listed(event.island)
    match event.verb:
        case Verb.CRASH:
            return f"{nodes} reboots." if event.reboot else f"{nodes} crashes."
        case Verb.POWER_FAILURE:
            return "The power fails: every node goes down."
        case Verb.SITE_FAILURE:
            return _site_failed(names, event, entry.after)
        case Verb.PARTITION | Verb.ISOLATION:
            return _cut(names, event, entry)
        case Verb.LINK_FAILURE:
            return _link_failed(names, event, entry)
        case Verb.WITNESS_FAILURE:
            return "The witness fails."
        case Verb.PATH_FAILURE:
            return f"{nodes} loses its path to the witness."
        case Verb.RESTART:
            back = agreeing(event.nodes, "comes back and listens", "come back and listen")
            return f"{nodes} {back}{_prevented(names, event.nodes & entry.after.prevented)}."
        case Verb.HEAL:
            return _healed(names, entry.before, entry.after)
        case Verb.WITNESS_RETURN:
            return "The witness works again."
        case Verb.PATH_RETURN:
            return f"{nodes} {agreeing(event.nodes, 'reaches', 'reach')} the witness again."
        case Verb.FORM:
            return f"{nodes} {agreeing(event.nodes, 'forms', 'form')} a cluster."
        case Verb.JOIN:
            return f"{nodes} joins the island of {island}."
        case Verb.TAKE_WITNESS:
            return f"{nodes} takes the witness."
        case Verb.COMMIT:
            stores = agreeing(event.side, "stores", "store")
            return f"The configuration is changed, and {nodes} {stores} it."
        case Verb.ADJUST_VOTES:
            return _votes_follow(names, entry)
        case Verb.CATCH_UP:
            return f"{nodes} catches up with its island."
        case Verb.PLANNED_STOP:
            return f"The operator stops the cluster service of {nodes}."
        case Verb.FORCE:
            return f"The operator starts {nodes} with forced quorum{_others(entry)}."
        case Verb.GIVE_WAY:
            reach = agreeing(event.island, "reaches", "reach")
            theirs = agreeing(event.island, "its", "their")
            restarts = f"{theirs} cluster service restarts with prevent quorum"
            return f"{island} {reach} the side that was forced: {restarts}."
        case _:
            assert_never(event.verb)


def faults_in_words(account: Account) -> str:
    """The faults of a run, in their order; "nothing" where there was none. Crashes that follow each
    other are told together."""
    said: list[str] = []
    crashed: set[str] = set()
    for before, moment in pairwise(account.moments):
        event = moment.event
        if event is None or event.verb not in FAULTS:
            continue
        if event.verb is Verb.CRASH:
            crashed |= event.nodes
            continue
        said += _crashed(account, crashed)
        crashed = set()
        said.append(_befell(account, event, before.situation, moment.situation))
    return " and ".join([*said, *_crashed(account, crashed)]) or "nothing"


def _crashed(account: Account, nodes: set[str]) -> list[str]:
    return [f"{account.names.listed(nodes)} crashed"] if nodes else []


def _befell(account: Account, event: Event, before: Situation, after: Situation) -> str:
    """A fault in a few words, as what happened."""
    names = account.names
    nodes = names.listed(event.nodes)
    was = agreeing(event.nodes, "was", "were")
    match event.verb:
        case Verb.PARTITION | Verb.ISOLATION:
            if before.links == after.links:
                return f"{nodes} stayed cut off"
            return f"{nodes} {was} cut off"
        case Verb.LINK_FAILURE:
            assert event.node is not None and event.peer is not None  # noqa: PT018
            ends = f"{names.node(event.node)} and {names.node(event.peer)}"
            return f"the connection of {ends} failed"
        case Verb.WITNESS_FAILURE:
            return "the witness failed"
        case Verb.PATH_FAILURE:
            return f"{nodes} lost its path to the witness"
        case Verb.SITE_FAILURE:
            return f"the site {names.site(event.site)} failed" if event.site else "a site failed"
        case Verb.POWER_FAILURE:
            return "the power failed"
        case Verb.PLANNED_STOP:
            return f"the operator stopped {nodes}"
        case Verb.CRASH:
            return f"{nodes} crashed"
        case (
            Verb.RESTART
            | Verb.HEAL
            | Verb.WITNESS_RETURN
            | Verb.PATH_RETURN
            | Verb.FORM
            | Verb.JOIN
            | Verb.TAKE_WITNESS
            | Verb.COMMIT
            | Verb.CATCH_UP
            | Verb.ADJUST_VOTES
            | Verb.FORCE
            | Verb.GIVE_WAY
        ):
            raise ValueError(f"{event.verb.value!r} is no fault")
        case _:
            assert_never(event.verb)


def _prevented(names: ClusterNames, nodes: frozenset[str]) -> str:
    """Of those that come back, who was started with prevent quorum."""
    return f"; {names.listed(nodes)} may only join: prevent quorum" if nodes else ""


def _others(entry: Entry) -> str:
    return ", and all others with prevent quorum" if entry.after.prevented else ""


def _votes_follow(names: ClusterNames, entry: Entry) -> str:
    """Who votes from now on, in a few words."""
    event = entry.event
    votes = entry.after.votes_for(event.island) if event is not None else entry.after.votes
    voters = [name for name in names.cluster.node_names if votes.nodes[name]]
    who = names.listed(voters)
    if votes.witness:
        who = f"{who} and the witness" if len(voters) == 1 else f"{who}, and the witness"
    have = "has one" if len(voters) + votes.witness == 1 else "have one each"
    return f"The votes follow who runs: now {who} {have}."


def _site_failed(names: ClusterNames, event: Event, after: Situation) -> str:
    """With what stands in it."""
    assert event.site is not None
    nodes = names.cluster.nodes_in(event.site)
    lost = [names.listed(nodes)] if nodes else []
    witness = names.cluster.witness
    if witness is not None and witness.site == event.site and not after.witness_up:
        lost.append("the witness")
    with_all = f", with {' and '.join(lost)} in it" if lost else ""
    return f"The site {names.site(event.site)} fails{with_all}."


def _cut(names: ClusterNames, event: Event, entry: Entry) -> str:
    """Where there was a cut already, what can be new is which side reaches the witness."""
    nodes, lost, witness = event.nodes, entry.lost_paths, names.cluster.witness
    if entry.before.links != entry.after.links:
        return f"{names.listed(nodes)} {agreeing(nodes, 'is', 'are')} cut off from all other nodes."
    if lost and witness is not None:
        device = witness_words(witness.kind).device
        is_ = agreeing(lost, "is", "are")
        return f"{names.listed(lost)} {is_} cut off from the {device} too."
    return f"{names.listed(nodes)} {agreeing(nodes, 'stays', 'stay')} cut off from all other nodes."


def _link_failed(names: ClusterNames, event: Event, entry: Entry) -> str:
    """An island is fully connected, so one of the two leaves it."""
    assert event.node is not None and event.peer is not None  # noqa: PT018
    node, peer = names.node(event.node), names.node(event.peer)
    island = entry.before.island_of(event.node) or frozenset()
    stays = event.peer not in island or len(island) < 3 or island in entry.after.islands
    dropped = "" if stays else f": {node} drops out of the island"
    return f"The connection between {node} and {peer} fails{dropped}."


def _healed(names: ClusterNames, before: Situation, after: Situation) -> str:
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

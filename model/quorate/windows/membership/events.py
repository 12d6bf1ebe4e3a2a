"""The claims about single events: that the faults of all other claims are faults, what the witness
remembers, and what force overrules."""

from collections.abc import Iterator

from quorate.cluster import Cluster
from quorate.inquiry.claim import Claim
from quorate.windows.membership import event_properties, forced_properties, premises
from quorate.windows.membership.assumptions import Assumptions
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.violations import Violation


def events(cluster: Cluster) -> Iterator[Claim]:
    """Every claim about single events that applies to `cluster`."""
    yield faults_take_effect(cluster)
    votes = cluster.votes
    if cluster.witness is not None and sum(votes.nodes.values()) >= votes.needed:
        yield witness_remembers(cluster)
    if len(cluster.nodes) > 1:
        yield force_outranks(cluster)


def faults_take_effect(cluster: Cluster) -> Claim:
    return Claim(
        name="faults-take-effect",
        sentence="a fault takes what it names and nothing else, and only a repair brings it back",
        why="what is proved against faults that do no harm is proved against nothing",
        violation="the nodes, the network or the witness are not as the event says",
        shown=Violation.NO_EFFECT,
        circumstances=MembershipCircumstances(cluster),
        make_property=event_properties.faults_take_effect,
        make_premise=premises.a_node_is_down,
        path=_path(Verb.CRASH),
        sources=("docs/semantics.md: the steps",),
        deepest=4,
    )


def witness_remembers(cluster: Cluster) -> Claim:
    return Claim(
        name="witness-remembers",
        sentence="a witness that is held remembers what its holder has, no more and no less",
        why="with an older copy or tag outdated nodes would pass for current",
        violation="the witness remembers another configuration than its holder has",
        shown=Violation.WITNESS_DIFFERS,
        circumstances=MembershipCircumstances(cluster),
        make_property=event_properties.witness_remembers,
        make_premise=premises.the_witness_is_free,
        path=_path(Verb.WITNESS_FAILURE, Verb.WITNESS_RETURN),
        sources=("wsfc.md 1.4: what each store holds (KB 947713)",),
        deepest=6,
    )


def force_outranks(cluster: Cluster) -> Claim:
    return Claim(
        name="force-outranks",
        sentence="who is started by force runs alone, and its configuration outranks all others",
        why="whoever forces quorum decides whose changes are lost, and should know that",
        violation="a node is started by force, and its configuration is not the one that counts",
        shown=Violation.FORCE_OVERRULED,
        circumstances=MembershipCircumstances(cluster, Assumptions(force=True)),
        make_property=event_properties.force_outranks,
        make_premise=forced_properties.an_island_is_forced,
        path=_path(Verb.POWER_FAILURE, Verb.RESTART, Verb.FORCE),
        sources=("Q15: forced quorum ignores votes (TechNet, Forcing Quorum)",),
        deepest=6,
    )


def _path(*verbs: Verb) -> tuple[str, ...]:
    """The names of actions that are about nothing in particular."""
    return tuple(str(verb.value) for verb in verbs)

"""Hypothesis strategies: small clusters, assumptions about them, and models of them."""

from collections.abc import Sequence
from dataclasses import fields, replace

from hypothesis import strategies as st

from quorate.cluster import QUORUM_RULES, Cluster, Node, Site, WindowsVersion, Witness
from quorate.errors import InputError
from quorate.windows.membership.assumptions import Assumptions, CommittedBy, Faults
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.model import Membership

NAMES = "ABCDE"
SITES = ("Berlin", "Bonn")


upto3 = st.integers(0, 3)


@st.composite
def clusters(
    draw: st.DrawFn,
    sizes: Sequence[int] = (2, 3, 4),
    votes: st.SearchStrategy[int] = upto3,
    *,
    sites: bool = True,
    cables: bool = True,
) -> Cluster:
    """A cluster of one of `sizes`, in any mode. With `sites` the nodes and the witness may stand in
    one, with `cables` the witness may be reached by some nodes only. Votes are
    static."""
    names = NAMES[: draw(st.sampled_from(sizes))]
    places = st.sampled_from([None, *SITES]) if sites and draw(st.booleans()) else st.none()
    nodes = tuple(Node(name, draw(votes), draw(places)) for name in names)
    rule = draw(st.sampled_from(QUORUM_RULES))
    witness = None
    if rule.witness_kind is not None:
        reached = tuple(names)
        if cables and draw(st.booleans()):
            some = draw(st.sets(st.sampled_from(names), min_size=1))
            reached = tuple(name for name in names if name in some)
        witness = Witness("W", rule.witness_kind, reached, draw(places))
    stands = {node.site for node in nodes} | {witness.site if witness is not None else None}
    there = tuple(Site(site) for site in SITES if site in stands)
    static = {"version": WindowsVersion.WINDOWS_2016, "dynamic_quorum": False}
    try:
        return Cluster("random", nodes, rule, witness, there, **static)
    except InputError:  # nobody has a vote
        voter = Node(nodes[0].name, 1, nodes[0].site)
        return Cluster("random", (voter, *nodes[1:]), rule, witness, there, **static)


budgets = st.sampled_from([None, None, None, 0, 1, 2])
faults = st.builds(Faults, **{field.name: budgets for field in fields(Faults)})


def in_some_order(assumed: Assumptions) -> st.SearchStrategy[Assumptions]:
    """The same, perhaps with the limited faults, or some of them, in an order."""
    limited = [kind for kind, budget in assumed.budgets.items() for _ in range(budget or 0)]
    orders = st.permutations(limited).flatmap(
        lambda order: st.integers(0, len(order)).map(lambda number: tuple(order[:number]))
    )
    return st.one_of(st.just(()), orders).map(lambda order: replace(assumed, in_order=order))


def assumptions(*, force: bool | None = None) -> st.SearchStrategy[Assumptions]:
    """Any faults, repairs and operators."""
    plain = st.builds(
        Assumptions,
        faults=faults,
        repairs=st.sampled_from([True, True, True, False]),
        settled=st.booleans(),
        restarts=st.sampled_from([True, True, False]),
        commits=st.sampled_from([True, True, False]),
        planned_stop=budgets,
        force=st.booleans() if force is None else st.just(force),
        committed_by=st.sampled_from([CommittedBy.MAJORITY, *CommittedBy]),
        witness_is_read=st.sampled_from([True, True, False]),
        clusters=st.sampled_from([2, 2, 3]),
        at_most=st.sampled_from([None, None, 1, 2]),
    )
    prevents = st.tuples(plain, st.booleans()).map(
        lambda chosen: replace(chosen[0], prevents=chosen[0].force and chosen[1])
    )
    return prevents.flatmap(in_some_order)


@st.composite
def models(draw: st.DrawFn, of: st.SearchStrategy[Cluster]) -> Membership:
    """A model of a cluster, or a twin of it that breaks one of the rules that it has."""
    model = Membership(draw(of), draw(assumptions()))
    deviation = draw(st.sampled_from([None, None, *Deviation]))
    try:
        return deviation.twin(model) if deviation is not None else model
    except ValueError:  # the rule has no part in this model
        return model

"""Every verb of groups is done by an action, or is known to be lacking."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.random_groups import random_clusters_with_groups
from quorate.cluster import Cluster, Group, Node, NodeMajority, Resource, WindowsVersion
from quorate.system import actions_of
from quorate.windows.groups.assumptions import Assumptions, Detection
from quorate.windows.groups.deviations import Deviation
from quorate.windows.groups.incidents import Crashes, OneDrain, OneFailure
from quorate.windows.groups.model import Groups
from quorate.windows.groups.step_properties import restarts_limited
from quorate.windows.groups.verbs import Verb

APP = Resource("app")


@settings(max_examples=80, deadline=None)
@given(st.data(), random_clusters_with_groups())
def test_what_is_done_and_what_is_lacking_are_together_all_verbs(data, cluster):
    assumptions = Assumptions(
        tuple(group.name for group in cluster.groups),
        data.draw(st.sampled_from(Detection)),
        operator=data.draw(st.booleans()),
        incident=data.draw(st.sampled_from([None, Crashes(1), OneFailure(), OneDrain()])),
    )
    model = Groups(cluster, assumptions)
    for group in model.state.groups:
        done = {verb for verb in Verb if actions_of(model.system, verb, about=group.key)}
        lacking = model.lacking(group)
        assert done.isdisjoint(lacking)
        assert done | lacking == set(Verb)


def test_what_a_twin_never_does_is_lacking_and_nothing_else_is():
    cluster = Cluster(
        "c",
        (Node("A"), Node("B")),
        NodeMajority(),
        groups=(Group("G", (APP,)),),
        version=WindowsVersion.WINDOWS_2008,
    )
    model = Groups(cluster, Assumptions(("G",)))
    (group,) = model.state.groups
    twin = Deviation.NEVER_STARTS.twin(model)
    assert twin.lacking(group) - model.lacking(group) == {Verb.START}
    assert restarts_limited(twin, "G").formulas == {}


@settings(max_examples=20, deadline=None)
@given(random_clusters_with_groups())
def test_every_action_is_about_one_group_or_about_none(cluster):
    """And says so in its name: those from `START` on are about a group."""
    model = Groups(cluster, Assumptions(tuple(group.name for group in cluster.groups)))
    keys = {group.key for group in model.state.groups}
    about_one = set(list(Verb)[list(Verb).index(Verb.START) :])
    for action in model.system.actions:
        assert isinstance(action.verb, Verb)
        assert (action.about in keys) == (action.verb in about_one)
        assert action.about in keys | {""}
        words = f"{action.verb.value}: {action.about}" if action.about else action.verb.value
        assert action.name == words

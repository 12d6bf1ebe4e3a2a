"""Every verb of membership is done by an action, or is known to be lacking; and a rule notices what
is done wrong by each verb that it speaks of."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from corpus.cases import (
    BROKEN,
    DISK,
    FORCED,
    ONLY,
    SHARE,
    SOUND,
    STEPS,
    SURVIVAL,
    UNREAD,
    cluster,
    run,
)
from corpus.random_clusters import clusters, models
from quorate.changes.observer import observed
from quorate.changes.rewriting import anything
from quorate.cluster import Cluster, Site, WindowsVersion
from quorate.engines import bmc
from quorate.system import ActionKind, Refuted
from quorate.windows.membership import Deviation, Membership, Verb
from quorate.windows.membership.assumptions import FAULTS, Assumptions
from quorate.windows.membership.event_properties import (
    faults_take_effect,
    force_outranks,
)
from quorate.windows.membership.properties import (
    commits_build_on_latest,
    joiner_is_current,
    members_connected,
    only_with_disk,
    planned_stop_keeps_quorum,
)


def accounted_for(model: Membership) -> bool:
    done = {action.verb for action in model.system.actions}
    return done.isdisjoint(model.lacking) and done | model.lacking == set(Verb)


@pytest.mark.parametrize("case", [*SOUND, *BROKEN, *FORCED, *STEPS, *SURVIVAL, *UNREAD], ids=str)
def test_what_is_done_and_what_is_lacking_are_together_all_verbs(case):
    assert accounted_for(case.model)


@settings(max_examples=60, deadline=None)
@given(models(clusters(sizes=(1, 2, 3))))
def test_so_they_are_whatever_is_assumed(model):
    assert accounted_for(model)


def test_what_a_twin_never_does_is_lacking_and_a_rule_about_it_says_nothing():
    model = Membership(cluster(3, ONLY), run())
    twin = Deviation.DOES_NOT_LISTEN.twin(model)
    assert twin.lacking - model.lacking == {Verb.FORM}
    assert only_with_disk(twin).formulas.keys() == {"join"}


def test_each_kind_of_fault_and_a_planned_stop_is_counted_and_nothing_else_is():
    assert list(FAULTS.values()) == list(Assumptions().budgets)
    model = Membership(in_one_site(), run())
    faults = {a.verb for a in model.system.actions if a.kind is ActionKind.FAULT}
    assert faults | {Verb.PLANNED_STOP} == FAULTS.keys()


def in_one_site() -> Cluster:
    """Three nodes, a disk and everything that can happen to them."""
    of = cluster(3, DISK)
    nodes = tuple(replace(node, site="Berlin") for node in of.nodes[:2])
    return replace(of, nodes=(*nodes, of.nodes[2]), sites=(Site("Berlin"),))


def with_votes_that_follow(of: Cluster) -> Cluster:
    return replace(of, version=WindowsVersion.WINDOWS_2019)


TEETH = [
    (make_rule, model, verb)
    for make_rule, model in [
        (members_connected, Membership(in_one_site(), run(force=True))),
        (planned_stop_keeps_quorum, Membership(cluster(3), run())),
        (only_with_disk, Membership(cluster(2, ONLY), run())),
        (commits_build_on_latest, Membership(cluster(3), run())),
        (commits_build_on_latest, Membership(with_votes_that_follow(cluster(3)), run())),
        (faults_take_effect, Membership(in_one_site(), run(force=True))),
        (faults_take_effect, Membership(with_votes_that_follow(cluster(2)), run(force=True))),
        (force_outranks, Membership(cluster(2, SHARE), run(force=True))),
        (joiner_is_current, Membership(cluster(3), run())),
    ]
    for verb in sorted(
        {model.system.action[name].verb for name in make_rule(model).formulas}, key=list(Verb).index
    )
]


def test_the_rules_speak_of_every_verb():
    assert {verb for _, _, verb in TEETH} == set(Verb)


@pytest.mark.parametrize(
    ("make_rule", "model", "verb"),
    TEETH,
    ids=lambda value: getattr(value, "value", getattr(value, "__name__", "")),
)
def test_a_rule_notices_a_step_of_each_of_its_verbs_that_may_do_anything(make_rule, model, verb):
    twin = replace(model, rewriting=lambda system: anything(system, verb))
    change = observed(twin.system, make_rule(twin))
    found = bmc.search(change.system, change.claim, 2, lambda: 3600.0)
    assert isinstance(found, Refuted)
    assert twin.system.action[found.trace.steps[-1].action].verb is verb

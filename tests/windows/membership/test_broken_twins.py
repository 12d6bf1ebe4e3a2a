"""Each way to break a rule makes another system, where there is such a rule, and is refused where
there is none. That each is refuted is in the corpus (tests/engines, tests/changes/test_lassos)."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import quorate.windows.membership
from corpus.cases import DISK, ONLY, SHARE, cluster, only, run
from quorate.cluster import Cluster, WindowsVersion
from quorate.system import System
from quorate.windows.membership import Assumptions, Deviation, Membership

D = Deviation


def of_2012_r2(of: Cluster) -> Cluster:
    """The same, with votes that follow who runs."""
    return replace(of, version=WindowsVersion.WINDOWS_2012_R2)


def of_2008(of: Cluster) -> Cluster:
    return replace(of, version=WindowsVersion.WINDOWS_2008)


BITES = {
    D.HALF_IS_ENOUGH: (cluster(2), run()),
    D.VOTES_OF_THE_LIVING: (cluster(2), run()),
    D.WITNESS_COUNTS_TWICE: (cluster(2, DISK), run()),
    D.RUNS_WITHOUT_QUORUM: (cluster(2), run()),
    D.COUNTS_NEIGHBOURS: (cluster(3), run()),
    D.SHARE_TAG_IGNORED: (cluster(2, SHARE), run()),
    D.DISK_COPY_IGNORED: (cluster(2, DISK), run()),
    D.COMMITS_WITHOUT_MAJORITY: (cluster(3), run()),
    D.ADJUSTS_BY_A_MINORITY: (of_2012_r2(cluster(3)), run()),
    D.ADJUSTS_TO_A_MINORITY: (of_2012_r2(cluster(3)), run()),
    D.JOINER_KEEPS_REPLICA: (cluster(3), run()),
    D.STOPS_ON_ANY_LOSS: (cluster(3), run()),
    D.JOINS_STRANGERS: (cluster(3), run()),
    D.JOINS_WITHOUT_DISK: (cluster(2, ONLY), run()),
    D.STOPS_WITHOUT_ASKING: (cluster(2), run()),
    D.LEAVES_WITNESS: (cluster(2, DISK), run()),
    D.FORCED_FOR_EVER: (cluster(2), run(force=True)),
    D.CRASHES_IN_PASSING: (cluster(2), run()),
    D.WITNESS_NOT_WRITTEN: (cluster(2, DISK), run()),
    D.FORMS_AS_NEWEST: (cluster(2, SHARE), run()),
    D.FORCED_OUTRANKS_NOBODY: (cluster(2), run(force=True)),
    D.PREVENTED_FORM: (of_2012_r2(cluster(3)), run(force=True, prevents=True)),
    D.NEVER_GIVES_WAY: (of_2012_r2(cluster(3)), run(force=True)),
    D.NEVER_JOINS: (cluster(3), run()),
    D.DOES_NOT_LISTEN: (cluster(2), run()),
}


def steps_of(system: System) -> dict[str, object]:
    """What each action says, as text."""
    return {
        action.name: (
            [part.sexpr() for part in action.guard],
            {name: term.sexpr() for name, term in action.updates.items()},
        )
        for action in system.actions
    }


@pytest.mark.parametrize("deviation", Deviation)
def test_a_broken_twin_does_something_else(deviation):
    model = Membership(*BITES[deviation])
    twin = deviation.twin(model)
    assert steps_of(twin.system) != steps_of(model.system)
    assert twin.system.variables == model.system.variables
    assert (twin.cluster, twin.assumptions) == (model.cluster, model.assumptions)


NOT_THERE = [
    ("no witness to count", D.WITNESS_COUNTS_TWICE, cluster(3), run()),
    ("no votes of neighbours", D.COUNTS_NEIGHBOURS, cluster(3, ONLY), run()),
    ("no neighbours", D.COUNTS_NEIGHBOURS, cluster(1), run()),
    ("no tag", D.SHARE_TAG_IGNORED, cluster(2, DISK), run()),
    ("no copy", D.DISK_COPY_IGNORED, cluster(2, SHARE), run()),
    ("nothing with a copy or a tag", D.DISK_COPY_IGNORED, cluster(2), run()),
    ("nobody joins", D.JOINER_KEEPS_REPLICA, cluster(3), run(restarts=False)),
    ("nobody commits", D.COMMITS_WITHOUT_MAJORITY, cluster(3), run(commits=False)),
    ("nothing is lost", D.STOPS_ON_ANY_LOSS, cluster(3), run(faults=only(), planned_stop=0)),
    ("contact is not asked for", D.JOINS_WITHOUT_DISK, cluster(2, DISK), run()),
    ("nobody stops a node", D.STOPS_WITHOUT_ASKING, cluster(2), run(planned_stop=0)),
    ("no witness to take", D.LEAVES_WITNESS, cluster(2), run()),
    ("votes are static", D.ADJUSTS_BY_A_MINORITY, cluster(3), run()),
    ("votes are static", D.ADJUSTS_TO_A_MINORITY, cluster(3), run()),
    ("votes stay", D.ADJUSTS_BY_A_MINORITY, of_2012_r2(cluster(3)), run(votes_follow=False)),
    ("nobody forces", D.FORCED_FOR_EVER, cluster(2), run()),
    ("nobody forces, nobody is prevented", D.PREVENTED_FORM, cluster(2), run()),
    ("2008 has no resiliency", D.NEVER_GIVES_WAY, of_2008(cluster(2)), run(force=True)),
    ("nobody is forced", D.FORCED_OUTRANKS_NOBODY, cluster(2), run()),
    ("nothing to write to", D.WITNESS_NOT_WRITTEN, cluster(2), run()),
    ("nobody joins anyway", D.NEVER_JOINS, cluster(3), run(restarts=False)),
    ("nobody forms at all", D.FORMS_AS_NEWEST, cluster(2), run(restarts=False)),
    ("nobody crashes", D.CRASHES_IN_PASSING, cluster(2), run(faults=only(link=None))),
    ("nobody forms", D.DOES_NOT_LISTEN, cluster(2), run(restarts=False)),
]


@pytest.mark.parametrize(("deviation", "of", "assumed"), [row[1:] for row in NOT_THERE])
def test_a_rule_that_is_not_there_cannot_be_broken(deviation, of, assumed: Assumptions):
    with pytest.raises(ValueError, match=r"nothing|nobody|nowhere|not updated"):
        deviation.twin(Membership(of, assumed))


def test_only_twins_know_how_rules_are_broken():
    """The files of the model hold the rules and nothing else."""
    (folder,) = quorate.windows.membership.__path__
    knowing = {
        file.name
        for file in Path(folder).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and node.module.endswith((".deviations", ".broken"))
    }
    assert knowing == {"__init__.py", "broken.py", "deviations.py"}

"""The mutation run (benchmarks/mutants.py) notices what it should and nothing else."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import z3

from corpus.cases import VOTERS, cluster
from corpus.toys import counter
from quorate.changes.mutants import Dropped, Mutant, Part, mutants
from quorate.cluster import (
    Cluster,
    FailbackPolicy,
    Group,
    Requirements,
    Resource,
    ResourceKind,
    Window,
)
from quorate.system import Action, ActionKind, Bits, Formula, System, Variable
from quorate.system import Verb as AnyVerb
from quorate.windows.groups import Verb

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from mutation.difference import difference
from mutation.fates import Fate, fate
from mutation.ground import Ground
from mutation.helper_fates import on_site
from mutation.helpers import MODULES, Helper, helpers
from mutation.idle import idle
from mutation.matching import ELSEWHERE, has_them_anyway
from mutation.score import disagreements, explained, score
from mutation.sites import ROOMS, sites, sites_of
from mutation.teeth import teeth


@pytest.fixture(scope="module")
def ground():
    """All that is claimed of three voters whatever fails."""
    return Ground(next(sites_of("membership", "three", cluster(3, VOTERS), Requirements())))


def guard(verb: str, words: str) -> Part:
    return Part(verb, Dropped.GUARD, words)


def test_nothing_is_noticed_where_nothing_is_dropped(ground):
    for action in ground.system.actions:
        nothing = Part(action.name, Dropped.GUARD, "nothing")
        same = fate(ground, Mutant(action.name, nothing, ground.system))
        assert (same.noticed, same.refuted) == ("", "")


def test_nodes_that_form_without_votes_are_noticed(ground):
    (votes,) = ground.mutants[guard("form", "that about side")]
    found = fate(ground, votes)
    assert found.noticed == "no proof of no-split-brain"
    assert found.refuted == "no-split-brain in 2"


def test_a_premise_that_is_not_reached_is_noticed(ground):
    """Nobody is outdated where a commit makes nobody so, and no proof minds."""
    (silent,) = ground.mutants[Part("commit", Dropped.UPDATE, "current")]
    assert fate(ground, silent).noticed == "no premise of no-partition-in-time"


def test_a_guard_that_others_imply_is_idle(ground):
    (somebody,) = ground.mutants[guard("join", "some node")]
    assert fate(ground, somebody).noticed == ""
    assert idle(ground, somebody) == "implied by the rest"


def test_an_update_that_matters_is_not_idle(ground):
    (listens,) = ground.mutants[Part("crash", Dropped.UPDATE, "up")]
    assert fate(ground, listens).noticed == "no proof of faults-take-effect"
    assert idle(ground, listens) == ""


def test_a_guard_without_which_others_take_the_same_steps_is_idle(ground):
    """Starting what is up already is starting the others alone."""
    (fewer,) = ground.mutants[guard("restart", "side and up is empty")]
    assert idle(ground, fewer) == ELSEWHERE
    assert not has_them_anyway(ground, fewer_votes(ground))


def fewer_votes(ground: Ground) -> Mutant:
    """What forms without votes enough is formed by nothing else."""
    (mutant,) = ground.mutants[guard("form", "that about side")]
    return mutant


def system_of(*actions: Action) -> System:
    numbers = Variable("a", Bits(("x", "y", "z")))
    return System("small", (numbers,), (numbers.term == 0,), actions)


def test_new_steps_are_matched_with_those_of_any_action() -> None:
    """On eight states, where it can be counted: who may take away the lowest bit or all bits may as
    well take away the lowest of one bit."""
    a = Variable("a", Bits(("x", "y", "z"))).term
    lowest = Action.of(
        ToyVerb.LOWEST, ActionKind.FAULT, (a != 0, a & (a - 1) != 0), {"a": a & (a - 1)}
    )
    every = Action.of(ToyVerb.EVERY, ActionKind.FAULT, (a != 0,), {"a": a & 0})
    for actions, expected in (((lowest, every), True), ((lowest,), False)):
        system = system_of(*actions)
        dropped = [m for m in mutants(system) if m.action == "lowest" and m.guard]
        found = {has_them_anyway(Toy(system), one) for one in dropped if not implied(one)}
        assert found == {expected}


def implied(mutant: Mutant) -> bool:
    """That more than one bit is set says that one is."""
    return "some" in mutant.part.words and "f(" not in mutant.part.words


class ToyVerb(AnyVerb):
    LOWEST = "lowest"
    EVERY = "every"


@dataclass(frozen=True)
class Toy:
    """A ground on which nothing is known."""

    system: System
    invariant: tuple[Formula, ...] = ()

    def defined(self, formula: Formula) -> Formula:
        return formula


def test_a_tooth_that_does_not_bite_any_more_is_noticed():
    """An island that stops on any loss does not stop where a crash leaves it as it is."""
    tooth = next(one for one in teeth("membership") if one.claim.name == "survives-crash(1)")
    assert tooth.is_lost_without(Part("crash", Dropped.UPDATE, "island"))
    assert not tooth.is_lost_without(Part("crash", Dropped.UPDATE, "up"))
    assert not tooth.is_lost_without(Part("crash", Dropped.UPDATE, "no such variable"))


def test_rooms_have_their_own_teeth_and_systems():
    for room, circumstances in ROOMS.items():
        assert teeth(room)
        assert all(isinstance(one.claim.circumstances, circumstances) for one in teeth(room))
        of_room = [site for site in sites() if site.room == room]
        assert all(isinstance(c.circumstances, circumstances) for s in of_room for c in s.claims)
        assert len({site.title for site in of_room}) == len(of_room)


def test_every_verb_of_groups_happens_on_some_site():
    systems = [site.circumstances.model().system for site in sites() if site.room == "groups"]
    assert {action.verb for system in systems for action in system.actions} == set(Verb)


def helper(name: str, words: str) -> Helper:
    return next(one for one in helpers() if (one.name, one.words) == (name, words))


def site_of(cluster: Cluster) -> Ground:
    return Ground(next(sites_of("groups", "one", cluster, Requirements())))


VM = Resource("vm", ResourceKind.VIRTUAL_MACHINE, writes_to=("V1", "V2"))
TWO_VOLUMES = replace(cluster(2, VOTERS), groups=(Group("G", (VM,)),), volumes=("V1", "V2"))
AT_NIGHT = Group(
    "G",
    (Resource("app"),),
    cluster(3, VOTERS).node_names,
    failback=FailbackPolicy.WINDOW,
    window=Window(22, 5),
)


@pytest.mark.parametrize(
    ("one", "of", "noticed"),
    [
        (
            helper("_required", "only the first of placed.group.resources[place].writes_to"),
            TWO_VOLUMES,
            "no proof of vm-has-disk",
        ),
        (
            helper("Window.open_at", "one more: hour < self.end"),
            replace(cluster(3, VOTERS), groups=(AT_NIGHT,)),
            "no proof of failback-by-policy",
        ),
        # Nobody is avoided where there is one group.
        (helper("PlacedGroup.avoided", "only the first of self.rivals"), TWO_VOLUMES, ""),
    ],
)
def test_a_helper_that_goes_wrong_is_noticed_where_that_matters(one, of, noticed):
    found = on_site(one, site_of(of))
    assert found.noticed == noticed
    assert bool(found.idle) is not bool(noticed)


def test_a_helper_is_whole_again():
    window, hour = Window(22, 5), 5
    with helper("Window.open_at", "one more: hour < self.end").broken():
        assert window.open_at(hour)
    assert not window.open_at(hour)


def test_every_module_of_helpers_has_some_and_each_can_be_broken():
    assert {(one.room, one.module) for one in helpers()} == {
        (room, module) for room, modules in MODULES.items() for module in modules
    }
    for one in helpers():
        with one.broken():
            pass


PAGE = """
### Survivors: membership

| action | dropped | why nobody notices |
| --- | --- | --- |
| crash, form | update: up | the world does less |

## Another

| crash | guard: some node | not about survivors |
"""


def test_survivors_are_explained_by_hand():
    survivor = Fate("membership", Part("crash", Dropped.UPDATE, "up"))
    stranger = Fate("membership", guard("crash", "some node"))
    idler = Fate("membership", guard("form", "some side"), idle="implied by the rest")
    assert explained(PAGE) == {
        ("membership", "crash", "update: up"),
        ("membership", "form", "update: up"),
    }
    assert list(disagreements([survivor, stranger, idler], list(ROOMS), PAGE)) == [
        "docs/benchmarks.md does not explain membership: crash: guard: some node\n",
        "docs/benchmarks.md explains what does not survive: membership: form: update: up\n",
    ]


def test_the_score_counts_each_mutant_once():
    noticed = Fate("groups", guard("start", "some node"), "no proof of completes", "completes in 3")
    survivor = Fate("groups", guard("start", "no starting"))
    other = Fate("groups", guard("start", "no failed"), differs="start: only the mutant has it")
    page = "".join(score([noticed, survivor, other], list(ROOMS), ""))
    assert "| groups, guards | 3 | 1 | 1 | 0 | 1 | 1 |" in page.splitlines()
    assert "| groups, updates | 0 | 0 | 0 | 0 | 0 | 0 |" in page.splitlines()
    again = "".join(score([], ["membership"], page)).splitlines()
    assert "| groups, guards | 3 | 1 | 1 | 0 | 1 | 1 |" in again


def by_one(system: System, **changes: object) -> System:
    """The counter with its first action changed."""
    first, *others = system.actions
    return replace(system, actions=(replace(first, **changes), *others))


def test_a_difference_is_shown_by_the_shortest_run_to_it() -> None:
    """Of either; what leads there are steps of both."""
    system = counter()
    count = system.variable["count"].term
    wider = by_one(system, guard=(count != 7,))
    assert difference(system, wider) == f"{'count, ' * 5}count: only the mutant has such a step"
    less = difference(system, by_one(system, guard=(z3.ULT(count, 2),)))
    assert less == "count, count, count: the mutant has no such step"
    other = by_one(system, updates={"count": z3.If(count == 1, count + 2, count + 1)})
    assert difference(system, other) == "count, count: other count"
    never_reset = replace(system, actions=system.actions[:1])
    assert difference(system, never_reset).endswith("count, reset: the mutant has no such step")


def test_nothing_that_is_the_same_differs_and_only_what_a_run_comes_to_does() -> None:
    system = counter()
    count = system.variable["count"].term
    beyond = by_one(system, guard=(z3.Or(z3.ULT(count, 5), count == 6),))
    assert difference(system, system) == difference(system, beyond) == ""

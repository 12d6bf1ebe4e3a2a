"""What is said of a step is so: that it is against the rules is said of steps that the rules do not
have, and of no other, wherever the rules lead to and whatever rule is broken there."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from random import Random

import pytest
import z3

from corpus.cases import DISK, ONLY, SHARE, cluster, run
from quorate.cluster import Cluster
from quorate.inquiry.seam import Frame
from quorate.system import Action, ActionKind, State, Step, Trace, Value
from quorate.system.evaluate import evaluator
from quorate.windows.membership import Deviation, Membership
from quorate.windows.membership.reading import moments
from quorate.windows.membership.reasons.account import Account

D = Deviation
WALK = 100

Inputs = Mapping[str, Value]


class Walker:
    """The steps of a model as a plain interpreter takes them."""

    def __init__(self, model: Membership) -> None:
        self.model = model
        self.compiled: dict[str, Callable[[Mapping[str, Value]], tuple[Value, ...]]] = {}

    def first(self) -> State:
        system = self.model.system
        may = evaluator([z3.And(*system.full_initial)], system.definitions)
        known = {v.name: v.sort.values() for v in system.variables}
        everything = {name: max(values, key=int) for name, values in known.items()}
        nothing = {"island.2", "forced.1", "forced.2"}
        start = {n: 0 if n in nothing else v for n, v in everything.items()}
        start |= {n: bool(v) for n, v in start.items() if isinstance(everything[n], bool)}
        if "witness.holder" in start:
            start["witness.holder"] = 1
        assert may(start) == (True,)
        return start

    def after(self, name: str, now: State, inputs: Inputs) -> State | None:
        """None where there is no such step."""
        if name not in self.model.system.action:
            return None
        action = self.model.system.action[name]
        if name not in self.compiled:
            terms = [z3.And(*action.full_guard), *action.updates.values()]
            self.compiled[name] = evaluator(terms, self.model.system.definitions)
        may, *values = self.compiled[name]({**now, **inputs})
        return {**now, **dict(zip(action.updates, values, strict=True))} if may else None

    def possible(self, now: State, random: Random) -> Iterator[tuple[str, Inputs, State]]:
        """In some order, actions that are no faults as often as those that are."""
        actions = list(self.model.system.actions)
        random.shuffle(actions)
        for action in actions:
            choices = [dict(one) for one in inputs_of(action)]
            random.shuffle(choices)
            for inputs in choices:
                then = self.after(action.name, now, inputs)
                if then is not None:
                    yield action.name, inputs, then
                    break


def inputs_of(action: Action) -> Iterator[Iterator[tuple[str, Value]]]:
    names = [variable.name for variable in action.inputs]
    for values in product(*(variable.sort.values() for variable in action.inputs)):
        yield zip(names, values, strict=True)


def steps(twin: Walker, real: Walker, seed: int) -> Iterator[tuple[State, Step, bool]]:
    """Every action that is possible at places that the rules lead to, each tried once at each
    place, and whether it is against the rules."""
    random, now = Random(seed), twin.first()
    for _ in range(WALK):
        goes_on = list[tuple[int, State]]()
        for name, inputs, then in twin.possible(now, random):
            against = real.after(name, now, inputs) != then
            yield now, Step(name, dict(inputs), then), against
            if not against:
                # A walk of nothing but faults soon has nothing left to do.
                kind = twin.model.system.action[name].kind
                goes_on.append((1 if kind is ActionKind.FAULT else 9, then))
        weights, places = zip(*goes_on, strict=True)
        now = random.choices(places, weights)[0]


def told(model: Membership, now: State, step: Step, *, against: bool) -> str:
    """All that is said of the step where nobody knows which rule is broken."""
    run_, numbers = moments(model, Trace(now, (step,))), frozenset([1] if against else [])
    account = Account("a step", model.cluster, run_, "it is over", against_rules=numbers)
    return " ".join(account.data()["steps"][-1]["sentences"])


CASES: list[tuple[Cluster, Deviation | None]] = [
    *((of, None) for of in (cluster(3), cluster(2, SHARE), cluster(2, DISK))),
    (cluster(2), D.HALF_IS_ENOUGH),
    (cluster(3), D.RUNS_WITHOUT_QUORUM),
    (cluster(3), D.VOTES_OF_THE_LIVING),
    (cluster(3), D.STOPS_ON_ANY_LOSS),
    (cluster(3), D.COUNTS_NEIGHBOURS),
    (cluster(3), D.COMMITS_WITHOUT_MAJORITY),
    (cluster(3), D.JOINER_KEEPS_REPLICA),
    (cluster(2, SHARE), D.SHARE_TAG_IGNORED),
    (cluster(2, DISK), D.DISK_COPY_IGNORED),
    (cluster(3), D.JOINS_STRANGERS),
    (cluster(3), D.STOPS_WITHOUT_ASKING),
    (cluster(2), D.CRASHES_IN_PASSING),
    (cluster(2, ONLY), D.JOINS_WITHOUT_DISK),
    (cluster(2, DISK), D.WITNESS_COUNTS_TWICE),
    (cluster(2, SHARE), D.FORMS_AS_NEWEST),
]


@pytest.mark.parametrize(
    ("of", "deviation"), CASES, ids=lambda value: str(getattr(value, "name", value)).lower()
)
def test_a_step_is_said_to_be_against_the_rules_just_where_it_is(of, deviation) -> None:
    rules = Membership(of, run())
    broken = Walker(deviation.twin(rules) if deviation is not None else rules)
    real, seen = Walker(rules), dict[bool, tuple[State, Step]]()
    for seed in range(3):
        for now, step, against in steps(broken, real, seed):
            said = told(rules, now, step, against=against)
            assert ("against the rules" in said) is against, (step.action, said)
            seen[against] = now, step
    assert (True in seen) is (deviation is not None)
    for against, (now, step) in seen.items():
        found = broken.model.account(Trace(now, (step,)), Frame("a step", "it is over"))
        assert found.against_rules == ({1} if against else set())


def test_the_rule_that_is_broken_is_named_where_no_count_of_votes_shows_it() -> None:
    """By an account that is made of a run, and is told of nothing else."""
    rules = Membership(cluster(3), run())
    twin, real = Walker(D.JOINS_STRANGERS.twin(rules)), Walker(rules)
    now, step, _ = next(one for one in steps(twin, real, 0) if one[2])
    frame = Frame("a step", "it is over", D.JOINS_STRANGERS.sentence)
    account = twin.model.account(Trace(now, (step,)), frame)
    last = account.data()["steps"][-1]
    here = "a node joins an island although it does not reach every member"
    assert f"The rules do not allow this, but here {here}." in last["sentences"]
    assert last["reasons"]["against_rules"] is True


def test_there_are_places_to_walk_to() -> None:
    """The walks come to what is rare."""
    walker = Walker(Membership(cluster(2, SHARE), run()))
    met = {step.action for _, step, _ in steps(walker, walker, 0)}
    assert {"commit", "catch up", "form", "join", "take witness", "partition"} <= met

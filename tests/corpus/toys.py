"""Systems that fit in the head, each with what is true of it and why."""

from dataclasses import dataclass

import z3

from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Boolean,
    Enumeration,
    Formula,
    Lemma,
    System,
    Term,
    Variable,
)

CLUSTER = ActionKind.CLUSTER


@dataclass(frozen=True)
class Case:
    """`shortest` is the number of steps of the shortest run that breaks the claim, None if it
    holds; `inductive` whether the offered lemmas prove it then."""

    name: str
    system: System
    claim: Always
    shortest: int | None
    inductive: bool = True


def number(name: str, width: int = 3) -> Variable:
    """A small number: a set of powers of two."""
    return Variable(name, Bits(tuple(str(1 << bit) for bit in range(width))))


def action(
    name: str, guard: list[Formula], updates: dict[str, Term], inputs: tuple[Variable, ...] = ()
) -> Action:
    return Action(name, CLUSTER, tuple(guard), updates, inputs)


def counter(limit: int = 5) -> System:
    """Counts from 0 to `limit`, one a step, then starts again."""
    count = number("count")
    return System(
        "a counter",
        (count,),
        (count.term == 0,),
        (
            action("count", [z3.ULT(count.term, limit)], {"count": count.term + 1}),
            action("reset", [count.term == limit], {"count": z3.BitVecVal(0, 3)}),
        ),
    )


def not_at(system: System, value: int, name: str = "count") -> Always:
    return Always(f"{name} is not {value}", system.variable[name].term != value)


def jumper() -> System:
    """Adds any even number that it likes, modulo 8."""
    at, by = number("at"), number("by")
    even = z3.Extract(0, 0, by.term) == 0
    return System(
        "a jumper",
        (at,),
        (at.term == 0,),
        (action("jump", [even], {"at": at.term + by.term}, (by,)),),
        (Lemma("at is even", z3.Extract(0, 0, at.term) == 0),),
    )


def twins(*lemmas: Lemma) -> System:
    """Two numbers that only ever grow together, modulo 8."""
    left, right = number("left"), number("right")
    return System(
        "twins",
        (left, right),
        (left.term == 0, right.term == 0),
        (action("grow", [], {"left": left.term + 1, "right": right.term + 1}),),
        lemmas,
    )


def equal() -> Lemma:
    system = twins()
    return Lemma("they are equal", system.variable["left"].term == system.variable["right"].term)


def both_three(system: System) -> Always:
    """Not inductive: from (2, 5), which is never reached, comes (3, 6)."""
    left, right = system.variable["left"].term, system.variable["right"].term
    return Always("left 3 means right 3", z3.Implies(left == 3, right == 3))


IDLE, ASKING, WAITING, CRITICAL = range(4)
PLACES = Enumeration(("idle", "asking", "waiting", "critical"))


def peterson(*, polite: bool = True) -> System:
    """Peterson's mutual exclusion, each line a step. Not `polite`: a process gives the turn to
    itself instead of the other."""
    at = [Variable(f"at.{i}", PLACES) for i in (0, 1)]
    flag = [Variable(f"flag.{i}", Boolean()) for i in (0, 1)]
    turn = Variable("turn", Enumeration(("0", "1")))
    actions, lemmas = [], []
    for me, other in ((0, 1), (1, 0)):
        given = other if polite else me
        here = at[me].term
        may_enter = z3.Or(z3.Not(flag[other].term), turn.term == me)
        go = [
            ("ask", here == IDLE, ASKING, {flag[me].name: z3.BoolVal(True)}),
            ("wait", here == ASKING, WAITING, {"turn": z3.BitVecVal(given, 1)}),
            ("enter", z3.And(here == WAITING, may_enter), CRITICAL, {}),
            ("leave", here == CRITICAL, IDLE, {flag[me].name: z3.BoolVal(False)}),
        ]
        actions += [
            action(f"{name} {me}", [guard], {at[me].name: z3.BitVecVal(then, 2), **updates})
            for name, guard, then, updates in go
        ]
        lemmas += [
            Lemma(f"{me} raises its flag", flag[me].term == (here != IDLE)),
            Lemma(
                f"{me} is critical in its turn",
                z3.Implies(z3.And(here == CRITICAL, at[other].term == WAITING), turn.term == me),
            ),
        ]
    return System(
        "Peterson",
        (*at, *flag, turn),
        (
            *(place.term == IDLE for place in at),
            *(z3.Not(raised.term) for raised in flag),
            turn.term == 0,
        ),
        tuple(actions),
        tuple(lemmas),
    )


def careless() -> System:
    """Looks at the other's flag first and raises its own after."""
    at = [Variable(f"at.{i}", PLACES) for i in (0, 1)]
    flag = [Variable(f"flag.{i}", Boolean()) for i in (0, 1)]
    actions = []
    for me, other in ((0, 1), (1, 0)):
        here, go = at[me].term, at[me].name
        look = z3.And(here == IDLE, z3.Not(flag[other].term))
        actions += [
            action(f"look {me}", [look], {go: z3.BitVecVal(WAITING, 2)}),
            action(
                f"enter {me}",
                [here == WAITING],
                {go: z3.BitVecVal(CRITICAL, 2), flag[me].name: z3.BoolVal(True)},
            ),
        ]
    return System(
        "careless",
        (*at, *flag),
        (*(place.term == IDLE for place in at), *(z3.Not(raised.term) for raised in flag)),
        tuple(actions),
    )


def one_at_a_time(system: System) -> Always:
    at = [system.variable[f"at.{i}"].term for i in (0, 1)]
    return Always("one at a time", z3.Not(z3.And(*(place == CRITICAL for place in at))))


TOYS = (
    # It counts 0, 1, 2, 3: the third step.
    Case("a counter reaches 3", counter(), not_at(counter(), 3), 3),
    Case("a counter starts at 0", counter(), not_at(counter(), 0), 0),
    # 6 comes only from 5, and at 5 it resets.
    Case("a counter stops at its limit", counter(), not_at(counter(), 6), None),
    # Any even number in one jump, no odd number ever.
    Case("a jumper reaches 6", jumper(), not_at(jumper(), 6, "at"), 1),
    Case("a jumper never reaches 3", jumper(), not_at(jumper(), 3, "at"), None),
    Case("twins with their lemma", twins(equal()), both_three(twins()), None),
    Case("twins without it", twins(), both_three(twins()), None, inductive=False),
    Case("Peterson excludes", peterson(), one_at_a_time(peterson()), None),
    # 0 asks, waits, enters; 1 asks, takes the turn, enters: six steps, and each needs its three.
    Case("the impolite collide", peterson(polite=False), one_at_a_time(peterson()), 6),
    # Both look, both enter.
    Case("the careless collide", careless(), one_at_a_time(careless()), 4),
)

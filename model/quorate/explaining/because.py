"""The smallest set of facts that make a run a counterexample, found by taking away one by one."""

import enum
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import partial

import z3

from quorate.errors import QuorateError
from quorate.evidence.replay import rebuilt, replay, replay_refutation
from quorate.inquiry.finding import Asked, Finding, Question
from quorate.inquiry.line import Replayed
from quorate.inquiry.seam import Account, Because, Circumstances, Relaxable
from quorate.system import Bits, Single, State, System, Trace, Value, Variable


class _Without(enum.Enum):
    """What a run is without a fact."""

    STILL = "still a counterexample"
    NONE = "none any more: a step cannot be taken, or nothing is broken"
    OTHER = "not the same run: it begins otherwise, or the system has other parts"


def because(question: Question, trace: Trace) -> Because | None:
    """Each fact that the circumstances offer is taken away, one after another; where the same steps
    still break the claim, it stays away. None where the circumstances offer none. What is needed
    is one smallest set; where a fact does for another there may be several. A fact without which
    the run could not even begin so says nothing, and is neither."""
    circumstances = question.claim.circumstances
    if not isinstance(circumstances, Relaxable):
        return None
    model = question.model().system
    needed, idle = list[Hashable](), list[Hashable]()
    for relaxation in circumstances.relaxations(question.claim.about):
        without = relaxation.without(circumstances)
        begun = _nearest if relaxation.at_start else _same
        found = _Without.OTHER
        if without is not None:
            same = partial(_translated, model=model, trace=trace, begun=begun)
            found = _taken(question, without, same)
        match found:
            case _Without.STILL if without is not None:
                circumstances = without
                idle.append(relaxation.fact)
            case _Without.NONE:
                needed.append(relaxation.fact)
            case _:
                pass
    return Because(tuple(needed), tuple(idle))


def _taken(
    question: Question, circumstances: Circumstances, same: Callable[[System], Trace]
) -> _Without:
    """What the run is under other circumstances; `same` are its steps in another system."""
    claim = replace(question.claim, circumstances=circumstances)
    try:
        other = Question(claim, Asked.CLAIM, question.deviation).model()
        asked, run = claim.make_property(other), same(other.system)
        replay(other.system, replace(run, steps=(), loop_start=None), z3.BoolVal(True))
    except (QuorateError, ValueError, KeyError, TypeError):
        return _Without.OTHER
    try:
        replay_refutation(other.system, run, asked)
    except (QuorateError, ValueError, KeyError):
        return _Without.NONE
    return _Without.STILL


_Begun = Callable[[System, State], State]
"""The first state of a system, from that of another one."""


def _same(system: System, state: State) -> State:
    del system
    return state


def _nearest(system: System, state: State) -> State:
    """One that is possible, and the same in as many variables as can be, in their order."""
    solver = z3.Solver()
    solver.add(*system.full_initial)
    found = dict(state)
    for variable in system.variables:
        wanted = variable.term == variable.sort.literal(state[variable.name])
        if solver.check(wanted) == z3.sat:
            solver.add(wanted)
        elif solver.check() == z3.sat:
            value = solver.model().eval(variable.term, model_completion=True)
            found[variable.name] = z3.is_true(value) if z3.is_bool(value) else value.as_long()
            solver.add(variable.term == value)
    return found


def _translated(system: System, model: System, trace: Trace, begun: _Begun) -> Trace:
    """The same steps of another system: sets are the same sets, in whichever order their names
    are."""
    variables = {variable.name: variable for variable in model.variables}
    initial = {
        new.name: _value(variables.get(new.name), new, trace.initial.get(new.name, 0))
        for new in system.variables
    }
    steps = [(s.action, _inputs(model, system, s.action, s.inputs)) for s in trace.steps]
    first = begun(system, initial)
    return replace(rebuilt(system, first, steps), loop_start=trace.loop_start)


def _inputs(
    model: System, system: System, action: str, inputs: Mapping[str, Value]
) -> dict[str, Value]:
    old = {variable.name: variable for variable in model.action[action].inputs}
    new = system.action[action].inputs
    return {v.name: _value(old.get(v.name), v, inputs[v.name]) for v in new}


def _value(old: Variable | None, new: Variable, value: Value) -> Value:
    """Names by their bits, as one order has them and as the other."""
    if old is None or not isinstance(new.sort, Bits | Single):
        return value
    if not isinstance(old.sort, Bits | Single) or old.sort.names == new.sort.names:
        return value
    members = {name for bit, name in enumerate(old.sort.names) if int(value) >> bit & 1}
    if members - set(new.sort.names):
        raise ValueError(f"{new.name} knows no {sorted(members)}")
    return sum(1 << bit for bit, name in enumerate(new.sort.names) if name in members)


def account_of(finding: Finding) -> Account | None:
    """The run that refutes the claim with why it does; None where there is none."""
    trace = finding.counterexample
    if trace is None:
        return None
    return finding.account(because(finding.question, trace))


def account_of_line(replayed: Replayed) -> Account:
    """The same of a run that was given in a line; where its claim is not known, without why."""
    question = replayed.question
    found = None if question is None else because(question, replayed.trace)
    return replayed.account(found)

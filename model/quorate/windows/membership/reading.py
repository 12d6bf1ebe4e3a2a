"""A trace of the membership model, read as moments in the life of the cluster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from quorate.cluster import VoteTable
from quorate.system import Step, Trace, Value, Variable
from quorate.windows.membership.changing import Ballot, Earlier, Ranks
from quorate.windows.membership.model import Membership
from quorate.windows.membership.situation import Copies, Event, Moment, Situation
from quorate.windows.membership.verbs import Verb


def moments(model: Membership, trace: Trace) -> tuple[Moment, ...]:
    """What happened, in the cluster's own names: one moment more than the trace has steps."""
    return tuple(_moments(model, trace))


def _moments(model: Membership, trace: Trace) -> Iterator[Moment]:
    before, crashes = trace.initial, 0
    yield Moment(None, situation(model, before))
    for step in trace.steps:
        event = _event(model, before, step)
        if event.verb is Verb.CRASH:
            event = replace(event, reboot=model.assumptions.is_reboot(crashes))
            crashes += 1
        yield Moment(event, situation(model, step.state))
        before = step.state


def situation(model: Membership, state: Mapping[str, Value]) -> Situation:
    """One state, in the cluster's own names."""
    variables, names = model.state, model.state.names
    reach = [members(names, state[v.name]) for v in variables.reach_variables]
    islands = [members(names, state[v.name]) for v in variables.island_variables]
    forced = [False] * len(islands)
    if variables.forced_marks is not None:
        forced = [bool(state[mark.name]) for mark in variables.forced_marks.variables]
    seen = Situation(
        up=members(names, state[variables.up_variable.name]),
        links=frozenset(
            frozenset((name, other))
            for name, reached in zip(names, reach, strict=True)
            for other in reached
            if other != name
        ),
        islands=tuple(island for island in islands if island),
        forced=tuple(f for f, island in zip(forced, islands, strict=True) if island),
        current=members(names, state[variables.current_variable.name]),
        votes=model.cluster.votes,
    )
    if variables.forced_marks is not None:
        marks = variables.forced_marks
        seen = replace(
            seen,
            authoritative=members(names, state[marks.authoritative.name]),
            prevented=members(names, state[marks.prevented.name]),
        )
    if variables.changing is not None:
        seen = replace(seen, votes=_votes(model, state, variables.changing.ballot))
        match variables.changing.history:
            case Earlier() as earlier:
                seen = replace(seen, older_votes=_votes(model, state, earlier.ballot))
            case Ranks() as ranks:
                seen = replace(
                    seen,
                    island_votes=tuple(
                        _votes(model, state, ballot)
                        for ballot, island in zip(ranks.counted, islands, strict=True)
                        if island
                    ),
                    copies=_copies(model, state, ranks),
                )
            case other:
                assert_never(other)
    witness = variables.witness
    if witness is None:
        return seen
    return replace(
        seen,
        witness_up=bool(state[witness.up.name]),
        witness_paths=members(names, state[witness.paths.name]),
        holder=next(iter(members(names, state[witness.holder.name])), None),
        witness_current=bool(state[witness.current.name]),
    )


def _copies(model: Membership, state: Mapping[str, Value], ranks: Ranks) -> Copies:
    """What each node has."""
    names, on_witness = model.state.names, frozenset[str]()
    if ranks.witness_votes is not None:
        on_witness = members(names, state[ranks.witness_votes.name])
    stored = zip(names, ranks.stored, ranks.newer, strict=True)
    votes, newer = dict[str, VoteTable](), dict[str, frozenset[str]]()
    for name, voters, above in stored:
        voting = members(names, state[voters.name])
        votes[name] = _table(model, voting, witness=name in on_witness)
        newer[name] = members(names, state[above.name])
    return Copies(votes, newer)


def _votes(model: Membership, state: Mapping[str, Value], ballot: Ballot) -> VoteTable:
    """The votes that a configuration says are in force."""
    voters = members(model.state.names, state[ballot.voters.name])
    witness = ballot.witness is not None and bool(state[ballot.witness.name])
    return _table(model, voters, witness=witness)


def _table(model: Membership, voters: frozenset[str], *, witness: bool) -> VoteTable:
    configured = model.cluster.votes
    return VoteTable(
        {name: votes if name in voters else 0 for name, votes in configured.nodes.items()},
        configured.witness if witness else 0,
    )


def members(names: Sequence[str], bits: Value) -> frozenset[str]:
    """The names whose bit is set."""
    return frozenset(name for index, name in enumerate(names) if int(bits) >> index & 1)


def _event(model: Membership, before: Mapping[str, Value], step: Step) -> Event:
    names, action = model.state.names, model.system.action[step.action]

    def chosen(what: Variable) -> frozenset[str]:
        return members(names, step.inputs.get(what.name, 0))

    island = frozenset[str]()
    if model.state.island.name in step.inputs:
        place = model.state.island_variables[int(step.inputs[model.state.island.name])]
        island = members(names, before[place.name])
    return Event(
        verb=Verb(action.verb),
        node=next(iter(chosen(model.state.node)), None),
        peer=next(iter(chosen(model.state.peer)), None),
        side=chosen(model.state.side),
        site=action.about or None,
        island=island,
        winner=next(iter(chosen(model.state.winner)), None),
    )

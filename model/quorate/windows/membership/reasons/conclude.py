"""What the end of an account shows: the facts behind the violation, as data."""

from collections import defaultdict
from collections.abc import Iterator

from quorate.values import dataclass
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Breach, Part
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.networks import networks
from quorate.windows.membership.reasons.parts import running
from quorate.windows.membership.reasons.tally import Tally, tally
from quorate.windows.membership.verbs import Verb


@dataclass(frozen=True)
class Missed:
    """Nodes that run without the configuration that became the latest in `step`, which was a step
    of `verb`; both are None where they never had the latest. Nobody in their island has it, or they
    joined it and were not given it."""

    nodes: frozenset[str]
    step: int | None
    verb: Verb | None


@dataclass(frozen=True)
class Idle:
    """Nodes that reach each other, are up and run nothing: with what they would form a cluster.
    `forbidden` says that the witness's tag stands for a newer configuration than they have."""

    tally: Tally
    forbidden: bool


@dataclass(frozen=True)
class Conclusion:
    """What the last situation shows: every island that runs; who runs on what outdated
    configuration; `apart`, the nodes that run and do not reach all others.

    Where nothing runs: `stopped`, the parts that stopped in the last step, if the last island
    ended with it; `idle`, who could run otherwise.
    """

    islands: tuple[Part, ...]
    missed: tuple[Missed, ...] = ()
    apart: frozenset[str] = frozenset()
    stopped: tuple[Part, ...] = ()
    all_stopped: bool = False
    idle: tuple[Idle, ...] = ()

    @property
    def runs_apart(self) -> bool:
        """One island runs, as it should, and nobody else reaches it."""
        enough = len(self.islands) == 1 and self.islands[0].tally.enough
        return enough and bool(self.apart) and not self.outdated

    @property
    def outdated(self) -> frozenset[str]:
        return frozenset[str]().union(*(missed.nodes for missed in self.missed))


def conclude(account: Account) -> Conclusion:
    end, last = account.end, explain(account)[-1]
    everyone = frozenset(account.cluster.node_names)
    parted = (part for part in networks(account.cluster.node_names, end) if part != everyone)
    return Conclusion(
        islands=running(account.names, end),
        missed=tuple(_missed(account)),
        apart=frozenset[str]().union(*parted) & end.running,
        stopped=tuple(part for part in last.parts if part.stops),
        all_stopped=last.all_stopped,
        idle=() if end.islands else tuple(_idle(account)),
    )


def _missed(account: Account) -> Iterator[Missed]:
    """Nodes that run on an outdated configuration, by the step that left them behind."""
    since: dict[int | None, set[str]] = defaultdict(set)
    for node in _outdated(account):
        stored = (
            step for step, moment in enumerate(account.moments) if node in moment.situation.current
        )
        latest = max(stored, default=None)
        since[None if latest is None else latest + 1].add(node)
    for step, nodes in sorted(since.items(), key=lambda item: item[0] or 0):
        event = account.moments[step].event if step is not None else None
        yield Missed(frozenset(nodes), step, event.verb if event is not None else None)


def _outdated(account: Account) -> frozenset[str]:
    end, last = account.end, explain(account)[-1]
    unaware = [island for island in end.islands if not island & end.current]
    if last.breach is Breach.NOT_GIVEN and last.event is not None:
        unaware.append(last.event.nodes)
    return frozenset[str]().union(*unaware)


def _idle(account: Account) -> Iterator[Idle]:
    cluster, end = account.cluster, account.end
    for network in networks(cluster.node_names, end):
        nodes = network & end.up
        if nodes:
            holds = end.witness_up and end.holder is None and bool(nodes & end.witness_paths)
            tag = cluster.witness is not None and not cluster.witness.kind.keeps_configuration
            newer = tag and holds and end.witness_current and not nodes & end.current
            yield Idle(tally(end.votes_for(nodes), nodes, holds), newer)

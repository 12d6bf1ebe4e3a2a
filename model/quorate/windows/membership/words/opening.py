"""The sentences of the start: who runs, and who has how many votes."""

from collections import defaultdict
from collections.abc import Iterator

from quorate.drawing.grammar import KINDS, agreeing, number_of
from quorate.drawing.names import enumerated, witness_name
from quorate.windows.membership.reasons.reasons import Entry
from quorate.windows.membership.words.steps import Steps


def opening(steps: Steps, entry: Entry) -> Iterator[str]:
    names, cluster = steps.names, steps.cluster
    situation = steps.story.moments[0].situation
    everyone = frozenset(cluster.node_names)
    if situation.islands != (everyone,):
        for part in entry.parts:
            yield steps.part(part)
        listening, down = situation.up - situation.running, everyone - situation.up
        if listening:
            yield f"{names.listed(listening)} {agreeing(listening, 'listens', 'listen')}."
        if down:
            yield f"{names.listed(down)} {agreeing(down, 'is', 'are')} down."
    elif len(everyone) == 1:
        yield f"The only node, {names.listed(everyone)}, runs."
    else:
        yield f"{_everyone(steps)} run in one island: {names.listed(everyone)}."
    yield _votes(steps)
    if cluster.witness is not None and not situation.witness_up:
        yield "The witness has failed."
    else:
        yield from steps.holding(entry)
    yield from steps.replicas(entry)


def short_opening(steps: Steps) -> str:
    """The start for a picture that shows the rest."""
    votes, nodes = steps.cluster.votes, steps.cluster.node_names
    total = f"{_total(steps)}, quorum is {votes.needed}."
    if not any(votes.nodes.values()):
        total = f"Only the witness votes, quorum is {votes.needed}."
    whole = steps.story.moments[0].situation.islands == (frozenset(nodes),)
    return f"{_everyone(steps)} run in one island. {total}" if whole and len(nodes) > 1 else total


def _everyone(steps: Steps) -> str:
    count = len(steps.cluster.nodes)
    return "Both nodes" if count == 2 else f"All {count} nodes"


def _total(steps: Steps) -> str:
    return f"{number_of(steps.cluster.votes.total, 'vote')} in all"


def _votes(steps: Steps) -> str:
    votes, names, cluster = steps.cluster.votes, steps.names, steps.cluster
    total = f"{_total(steps)}, quorum is {votes.needed}."
    witness = ""
    if cluster.witness is not None:
        kind, own = KINDS[cluster.witness.kind], witness_name(cluster)
        # A witness without a name of its own is called by its kind.
        witness = f"the {kind}" if cluster.witness.name == kind else f"the {kind} {own}"
    if not any(votes.nodes.values()):
        return f"Only {witness} votes: {total}"
    by_number: dict[int, list[str]] = defaultdict(list)
    for name in cluster.node_names:
        by_number[votes.nodes[name]].append(name)
    if len(by_number) == 1:
        (each,) = by_number
        shares = [f"Every node has {number_of(each, 'vote')}"]
    else:
        shares = [
            f"{names.listed(nodes)} {agreeing(nodes, 'has', 'have')} {number_of(each, 'vote')}"
            + (" each" if len(nodes) > 1 else "")
            for each, nodes in sorted(by_number.items(), reverse=True)
        ]
    if witness:
        shares.append(f"{witness} has {number_of(votes.witness, 'vote')}")
    return f"{enumerated(shares)}: {total}"

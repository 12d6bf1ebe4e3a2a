"""The sentences of the start: who runs, and who has how many votes."""

from collections import defaultdict
from collections.abc import Iterator

from quorate.drawing.grammar import agreeing, number_of
from quorate.drawing.names import enumerated
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Entry
from quorate.windows.membership.words.parts import part_in_words
from quorate.windows.membership.words.stores import holding, replicas
from quorate.windows.membership.words.witness_words import witness_words


def opening(account: Account, entry: Entry) -> Iterator[str]:
    names, start = account.names, account.start
    everyone = frozenset(account.cluster.node_names)
    if start.islands != (everyone,):
        for part in entry.parts:
            yield part_in_words(account, part)
        listening, down = start.up - start.running, everyone - start.up
        if listening:
            yield f"{names.listed(listening)} {agreeing(listening, 'listens', 'listen')}."
        if down:
            yield f"{names.listed(down)} {agreeing(down, 'is', 'are')} down."
    elif len(everyone) == 1:
        yield f"The only node, {names.listed(everyone)}, runs."
    else:
        yield f"{_everyone(account)} run in one island: {names.listed(everyone)}."
    yield _votes(account)
    if account.cluster.witness is not None and not start.witness_up:
        yield "The witness has failed."
    else:
        yield from holding(names, entry)
    yield from replicas(names, entry)


def short_opening(account: Account) -> str:
    """The start for a picture that shows the rest."""
    votes, nodes = account.start.votes, account.cluster.node_names
    total = f"{_total(account)}, quorum is {votes.needed}."
    if not any(votes.nodes.values()):
        total = f"Only the witness votes, quorum is {votes.needed}."
    whole = account.start.islands == (frozenset(nodes),)
    return f"{_everyone(account)} run in one island. {total}" if whole and len(nodes) > 1 else total


def _everyone(account: Account) -> str:
    count = len(account.cluster.nodes)
    return "Both nodes" if count == 2 else f"All {count} nodes"


def _total(account: Account) -> str:
    return f"{number_of(account.start.votes.total, 'vote')} in all"


def _votes(account: Account) -> str:
    votes, names = account.start.votes, account.names
    total = f"{_total(account)}, quorum is {votes.needed}."
    witness = _witness(account)
    if not any(votes.nodes.values()):
        return f"Only {witness} votes: {total}"
    by_number: dict[int, list[str]] = defaultdict(list)
    for name in account.cluster.node_names:
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


def _witness(account: Account) -> str:
    """A witness without a name of its own is called by its kind."""
    witness = account.cluster.witness
    if witness is None:
        return ""
    kind = witness_words(witness.kind).kind
    return f"the {kind}" if witness.name == kind else f"the {kind} {account.names.witness}"

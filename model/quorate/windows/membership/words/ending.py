"""The sentences of the end: what shows the violation in the last situation."""

from collections.abc import Iterator

from quorate.drawing.grammar import agreeing, but_here
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion, Idle, Missed
from quorate.windows.membership.reasons.entry import Part
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.arithmetic import arithmetic
from quorate.windows.membership.words.witness_words import witness_words


def ending(account: Account, conclusion: Conclusion) -> Iterator[str]:
    yield from _islands(account, conclusion)
    for missed in conclusion.missed:
        yield _outdated(account, missed)
    if conclusion.outdated:
        yield from newest(account)
    if not conclusion.islands:
        yield from _down(account)
        if conclusion.all_stopped:
            yield from _stopped(account, conclusion)
        else:
            yield from (_idle(account, idle) for idle in conclusion.idle)
    if account.loop_start is not None:
        yield for_ever(account, account.loop_start)


def for_ever(account: Account, start: int) -> str:
    if start == account.steps:
        return "From here nothing more happens, for ever."
    if start == 0:
        return "From here all repeats from the start, for ever."
    return f"From here all repeats as after step {start}, for ever."


def _islands(account: Account, conclusion: Conclusion) -> Iterator[str]:
    """Without numbers: the picture has letters for them, which the text has not."""
    names, islands = account.names, conclusion.islands
    if len(islands) > 1 or any(not part.tally.enough for part in islands):
        needed = {part.tally.needed for part in islands}
        if len(needed) == 1:
            yield f"Quorum is {needed.pop()}."
        for part in islands:
            run = agreeing(part.members, "runs", "run")
            own = f", and quorum is {part.tally.needed}" if needed else ""
            yield f"{names.listed(part.members)} {run} with {_sum(part)}{own}."
    elif conclusion.runs_apart:
        members = islands[0].members
        run = agreeing(members, "still runs, but is", "still run, but are")
        it = agreeing(members, "it", "them")
        yield f"{names.listed(members)} {run} cut off: the others do not reach {it}."


def _sum(part: Part) -> str:
    short = "" if part.tally.enough else ", which is not enough"
    they = agreeing(part.members, "it was", "they were")
    return (
        arithmetic(part.tally) + short + (f", but {they} started by force" if part.forced else "")
    )


def _outdated(account: Account, missed: Missed) -> str:
    """Of any step it is true that they are outdated since then; of two there is more to say."""
    run = f"{account.names.listed(missed.nodes)} {agreeing(missed.nodes, 'runs', 'run')}"
    match missed.verb:
        case None:
            return f"{run} on an outdated configuration from the start."
        case Verb.COMMIT | Verb.ADJUST_VOTES:
            return f"{run} without the change of step {missed.step}."
        case Verb.FORCE:
            overruled = f"overruled by force in step {missed.step}"
            return f"{run} on a configuration that was {overruled}."
        case _:
            return f"{run} on an outdated configuration since step {missed.step}."


def newest(account: Account) -> Iterator[str]:
    """Who has the newest configuration, and why it does not help if they do not run."""
    end, witness = account.end, account.cluster.witness
    copy = ""
    if witness is not None and witness.kind.keeps_configuration and end.witness_current:
        copy = f"on the {witness_words(witness.kind).short}"
    if end.current:
        state = ""
        if not end.current & end.up:
            state = f", which {agreeing(end.current, 'is', 'are')} down"
        elif not end.current & end.running:
            state = f", which {agreeing(end.current, 'does', 'do')} not run"
        also = f", and {copy}" if copy else ""
        who = account.names.listed(end.current)
        yield f"The newest configuration is stored by {who}{state}{also}."
    elif copy:
        yield f"The newest configuration is stored {copy} alone."


def _down(account: Account) -> Iterator[str]:
    down = frozenset(account.cluster.node_names) - account.end.up
    if down:
        yield f"{account.names.listed(down)} {agreeing(down, 'is', 'are')} down."


def _stopped(account: Account, conclusion: Conclusion) -> Iterator[str]:
    """Who was the last to stop, and with what."""
    last = frozenset[str]()
    for part in conclusion.stopped:
        tally = part.tally
        last |= tally.members
        sum_ = f"{arithmetic(tally)}, quorum is {tally.needed}"
        enough = f", which is enough{but_here(account.deviation)}" if tally.enough else ""
        yield f"{account.names.listed(tally.members)} stopped with {sum_}{enough}."
    earlier = account.end.up - last
    if earlier:
        yield f"{account.names.listed(earlier)} had stopped earlier."


def _idle(account: Account, idle: Idle) -> str:
    """Why those that are up may not form a cluster."""
    tally, witness = idle.tally, account.cluster.witness
    who = account.names.listed(tally.members)
    listen = agreeing(tally.members, "listens", "listen and reach each other")
    would = agreeing(tally.members, "it has", "they have")
    if tally.holds_witness:
        would = f"with the witness, which nobody holds, {would}"
    sum_ = f"{arithmetic(tally)}, quorum is {tally.needed}"
    if not tally.enough:
        why = ", which is not enough to form a cluster"
    elif idle.forbidden and witness is not None:
        device = witness_words(witness.kind).short
        why = f", but the tag on the {device} stands for a newer configuration than theirs"
    else:
        why = f", which is enough{but_here(account.deviation)}"
    return f"{who} {listen}: {would} {sum_}{why}."

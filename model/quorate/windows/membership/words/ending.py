"""The sentences of the end: what makes the violated fact one."""

from collections.abc import Iterator

from quorate.cluster import WitnessKind
from quorate.drawing.grammar import agreeing, arithmetic
from quorate.windows.membership.reasons.reasons import Conclusion, Missed, Part
from quorate.windows.membership.words.steps import Steps


def ending(steps: Steps, conclusion: Conclusion) -> Iterator[str]:
    yield from _islands(steps, conclusion)
    for missed in conclusion.missed:
        yield _outdated(steps, missed)
    if conclusion.outdated:
        yield from _newest(steps)
    if conclusion.islands:
        return
    yield from _down(steps)
    if conclusion.all_stopped:
        yield from _stopped(steps, conclusion)
    else:
        yield from _idle(steps, conclusion)


def _islands(steps: Steps, conclusion: Conclusion) -> Iterator[str]:
    """Without numbers: the picture has letters for them, which the text has not."""
    islands = conclusion.islands
    if len(islands) > 1 or any(not part.tally.enough for part in islands):
        yield f"Quorum is {steps.cluster.votes.needed}."
        for part in islands:
            members = part.tally.members
            run = agreeing(members, "runs", "run")
            yield f"{steps.names.listed(members)} {run} with {_sum(part)}."
    elif islands and conclusion.cut_off and not conclusion.outdated:
        members = islands[0].tally.members
        run = agreeing(members, "still runs, but is", "still run, but are")
        yield (
            f"{steps.names.listed(members)} {run} cut off from the others: they do not reach what "
            "runs there."
        )


def _sum(part: Part) -> str:
    short = "" if part.tally.enough else ", which is not enough"
    they = agreeing(part.tally.members, "it was", "they were")
    return (
        arithmetic(part.tally) + short + (f", but {they} started by force" if part.forced else "")
    )


def _outdated(steps: Steps, missed: Missed) -> str:
    run = f"{steps.names.listed(missed.nodes)} {agreeing(missed.nodes, 'runs', 'run')}"
    if missed.step is None:
        return f"{run} on an outdated configuration from the start."
    return {
        "commit": f"{run} without the change of step {missed.step}.",
        "force": f"{run} on a configuration that was overruled by force in step {missed.step}.",
    }.get(missed.action, f"{run} on an outdated configuration since step {missed.step}.")


def _newest(steps: Steps) -> Iterator[str]:
    """Who has the newest configuration, and why it does not help if they do not run."""
    final, witness = steps.story.moments[-1].situation, steps.cluster.witness
    disk = witness is not None and witness.kind is WitnessKind.DISK and final.witness_current
    if final.current:
        state = ""
        if not final.current & final.up:
            state = f", which {agreeing(final.current, 'is', 'are')} down"
        elif not final.current & final.running:
            state = f", which {agreeing(final.current, 'does', 'do')} not run"
        also = ", and on the disk" if disk else ""
        who = steps.names.listed(final.current)
        yield f"The newest configuration is stored by {who}{state}{also}."
    elif disk:
        yield "The newest configuration is stored on the disk alone."


def _down(steps: Steps) -> Iterator[str]:
    down = frozenset(steps.cluster.node_names) - steps.story.moments[-1].situation.up
    if down:
        yield f"{steps.names.listed(down)} {agreeing(down, 'is', 'are')} down."


def _stopped(steps: Steps, conclusion: Conclusion) -> Iterator[str]:
    """Who was the last to stop, and with what."""
    last = frozenset[str]()
    for part in conclusion.stopped:
        tally = part.tally
        last |= tally.members
        sum_ = f"{arithmetic(tally)}, quorum is {tally.needed}"
        enough = f", which is enough{steps.but_here()}" if tally.enough else ""
        yield f"{steps.names.listed(tally.members)} stopped with {sum_}{enough}."
    earlier = steps.story.moments[-1].situation.up - last
    if earlier:
        yield f"{steps.names.listed(earlier)} had stopped earlier."


def _idle(steps: Steps, conclusion: Conclusion) -> Iterator[str]:
    """Why those that are up may not form a cluster."""
    for idle in conclusion.idle:
        tally = idle.tally
        nodes, one = tally.members, len(tally.members) == 1
        who = steps.names.listed(nodes)
        listen = "listens" if one else "listen and reach each other"
        would = "it has" if one else "they have"
        if tally.holds_witness:
            would = f"with the witness, which nobody holds, {would}"
        sum_ = f"{arithmetic(tally)}, quorum is {tally.needed}"
        if not tally.enough:
            why = ", which is not enough to form a cluster"
        elif idle.forbidden:
            why = ", but the tag on the share stands for a newer configuration than theirs"
        else:
            why = f", which is enough{steps.but_here()}"
        yield f"{who} {listen}: {would} {sum_}{why}."

"""The sentences of why it came to what breaks the promise; nothing that the sentence of that says
itself."""

from collections.abc import Iterator
from typing import assert_never

from quorate.drawing.grammar import agreeing, capital
from quorate.drawing.names import written
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.conclude import Conclusion, Idle
from quorate.windows.membership.reasons.configured import Configured, Stated, needed
from quorate.windows.membership.reasons.entry import Part
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.reasons.facts import Fact, Kind
from quorate.windows.membership.reasons.miscount import Miscount, counted
from quorate.windows.membership.words.arithmetic import arithmetic
from quorate.windows.membership.words.ending import ending, for_ever, newest
from quorate.windows.membership.words.witness_words import witness_words


def reasons(account: Account, conclusion: Conclusion, wrong: Fact | None) -> list[str]:
    """All that is to be said; where it is not known who and what, the end has to do."""
    if wrong is None:
        said = list(ending(account, conclusion))
    else:
        said = list(_reasons(account, conclusion, wrong))
        if account.loop_start is not None:
            said.append(for_ever(account, account.loop_start))
    return said


def _reasons(account: Account, conclusion: Conclusion, wrong: Fact) -> Iterator[str]:
    match wrong.kind:
        case Kind.SPLIT | Kind.MINORITY:
            yield from _counted(account, conclusion, wrong)
        case Kind.OUTDATED | Kind.FORCE_OVERRULED | Kind.CHANGED_OUTDATED | Kind.NOT_GIVEN:
            yield from newest(account)
        case Kind.STOPPED | Kind.STOPPED_BY_PLAN | Kind.NOTHING_RUNS | Kind.NOBODY_UP:
            yield from _stopped(account, conclusion, wrong)
        case Kind.NEVER_RUNS:
            yield from (_enough(account, idle) for idle in conclusion.idle)
        case Kind.WITHOUT_DISK:
            yield from _without_disk(account)
        case (
            Kind.STRANGERS
            | Kind.FORCED_ON
            | Kind.WITNESS_LEFT
            | Kind.LEFT_OUT
            | Kind.JOINED_OUTDATED
            | Kind.NO_EFFECT
            | Kind.WITNESS_DIFFERS
            | Kind.APART
            | Kind.RUNS_ON
        ):
            pass
    for fact in needed(account):
        yield _configured(account, fact)
    if account.assuming and account.deviation is None:
        yield f"It is assumed that {account.assuming}."
    if account.deviation is not None:
        yield f"The rule against it is broken on purpose: {written(account.deviation)}."


def _counted(account: Account, conclusion: Conclusion, wrong: Fact) -> Iterator[str]:
    """What each counts, and by which wrong rule that is enough."""
    for part in conclusion.islands:
        if part.members not in wrong.sets:
            continue
        who = account.names.listed(part.members)
        if part.forced:
            was = agreeing(part.members, "was", "were")
            yield f"{who} {was} started by force, for which votes do not count."
        elif part.tally.enough and wrong.kind is Kind.SPLIT:
            has = agreeing(part.members, "has", "have")
            yield f"{who} {has} {arithmetic(part.tally)}, and quorum is {part.tally.needed}."
        elif not part.tally.enough:
            yield from _miscounted(account, part, wrong)


def _miscounted(account: Account, part: Part, wrong: Fact) -> Iterator[str]:
    """An island that should not run, and what it takes for a majority."""
    who, found = account.names.listed(part.members), counted(account, part)
    has, count = agreeing(part.members, "has", "have"), agreeing(part.members, "counts", "count")
    right = f"{has} {arithmetic(part.tally)}, and quorum is {part.tally.needed}"
    if wrong.kind is Kind.MINORITY:
        if found is not None:
            yield f"{who} {count} {_wrongly(account, found)}."
    elif found is not None:
        yield f"{who} {right}, but {count} {_wrongly(account, found)}."
    else:
        yield f"{who} {right}."


def _wrongly(account: Account, found: Miscount) -> str:
    match found.by:
        case Deviation.HALF_IS_ENOUGH:
            return f"{found.votes} of {found.total} as enough, which is half"
        case Deviation.VOTES_OF_THE_LIVING:
            return f"{found.votes} of {found.total}, the votes of those that are there"
        case Deviation.WITNESS_COUNTS_TWICE:
            return f"{found.votes} + 1 of {found.total}, the witness too, which another holds"
        case Deviation.COUNTS_NEIGHBOURS:
            others = account.names.listed(found.others)
            return f"{others} too: {found.votes} of {found.total}"
        case _:
            return f"{found.votes} of {found.total}"


def _stopped(account: Account, conclusion: Conclusion, wrong: Fact) -> Iterator[str]:
    """Who is down, who stopped when, and why the witness did not help."""
    if wrong.kind is Kind.STOPPED_BY_PLAN:
        for part in conclusion.stopped:
            yield f"{capital(_with(account, part))}."
    for entry in explain(account)[:-1]:
        for part in entry.parts:
            if part.stops and part.members & account.end.up:
                yield f"In step {entry.number} {_with(account, part)}."
    for part in explain(account)[-1].parts:
        if part.stops:
            yield from _no_help(account, part)


def _with(account: Account, part: Part) -> str:
    who = account.names.listed(part.members)
    return f"{who} stopped with {arithmetic(part.tally)}, quorum is {part.tally.needed}"


def _no_help(account: Account, part: Part) -> Iterator[str]:
    """Why the vote of the witness was not theirs, where it would have been enough; and why they
    stop with enough."""
    end, witness = account.end, account.cluster.witness
    who, has = account.names.listed(part.members), agreeing(part.members, "has", "have")
    if part.outdated:
        their = agreeing(part.members, "its", "their")
        yield f"The tag of the witness is newer than {their} configuration."
    sum_ = part.tally
    short = sum_.needed - sum_.votes - sum_.witness_votes
    if witness is None or sum_.holds_witness or not 0 < short <= account.end.votes.witness:
        return
    device = witness_words(witness.kind).device
    if not end.witness_up:
        yield f"The {device} witness has failed."
    elif not part.members & frozenset(witness.reached_by):
        yield f"{who} {has} no path to the {device}, by which the vote of the witness is had."
    elif not part.members & end.witness_paths:
        yield f"{who} {has} lost the path to the {device}."


def _enough(account: Account, idle: Idle) -> str:
    who = account.names.listed(idle.tally.members)
    has = agreeing(idle.tally.members, "has", "have")
    with_it = ", with the witness," if idle.tally.holds_witness else ""
    sum_, quorum = arithmetic(idle.tally), f"quorum is {idle.tally.needed}"
    if idle.forbidden:
        return f"{who} {has} {sum_}, but the tag of the witness is newer than what they have."
    return f"{who} {has}{with_it} {sum_}, and {quorum}."


def _configured(account: Account, fact: Configured) -> str:
    """What of the configuration the run rests on."""
    nodes, names = account.names.listed(fact.nodes), account.names
    match fact.stated:
        case Stated.NO_CABLE:
            return f"{nodes} {agreeing(fact.nodes, 'has', 'have')} no path to the witness."
        case Stated.WITNESS_IN:
            return f"The witness stands in {names.site(fact.site)}."
        case Stated.NO_VOTE:
            return f"{nodes} {agreeing(fact.nodes, 'has', 'have')} no vote."
        case Stated.STAND_IN:
            return f"{nodes} stand in {names.site(fact.site)} together."
        case _:
            assert_never(fact.stated)


def _without_disk(account: Account) -> Iterator[str]:
    """Whoever never had a cable, and whoever lost its path."""
    witness = account.cluster.witness
    if witness is None:
        return
    event = account.moments[-1].event
    nodes = event.nodes if event is not None else frozenset[str]()
    bare = nodes - frozenset(witness.reached_by)
    lost = nodes & frozenset(witness.reached_by) - account.end.witness_paths
    if bare:
        has = agreeing(bare, "has", "have")
        yield f"{account.names.listed(bare)} {has} no cable to the disk."
    if lost:
        steps = [
            step
            for step in range(1, account.steps + 1)
            if lost & account.moments[step - 1].situation.witness_paths
            and not lost <= account.moments[step].situation.witness_paths
        ]
        since = f" in step {steps[-1]}" if steps else ""
        path = agreeing(lost, "its path", "their paths")
        yield f"{account.names.listed(lost)} lost {path} to the disk{since}."

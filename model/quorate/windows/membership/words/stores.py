"""Who holds the witness after a step, and where the newest configuration is stored."""

from collections.abc import Iterator
from typing import assert_never

from quorate.drawing.grammar import agreeing, but_here, not_allowed
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.entry import Breach, Entry, Fate, Hand
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.witness_words import newest_or_not, witness_words
from quorate.windows.names import ClusterNames


def holding(names: ClusterNames, entry: Entry) -> Iterator[str]:
    """At most one sentence; none where that of the event says it."""
    held = entry.holding
    if held is None:
        return
    if held.holder is None:
        if entry.after.witness_up and not entry.all_stopped:
            yield "Nobody holds the witness now."
        return
    if entry.event is not None and entry.event.verb is Verb.TAKE_WITNESS:
        return
    before = names.node(held.before) if held.before is not None else ""
    yield f"{names.node(held.holder)} {_how(held.hand, before)}."


def _how(hand: Hand, before: str) -> str:
    """How somebody holds the witness that `before` held."""
    match hand:
        case Hand.START | Hand.FREE:
            return "holds the witness"
        case Hand.KEPT:
            return "keeps the witness"
        case Hand.WAS_FREE:
            return "takes the witness, which nobody held"
        case Hand.HOLDER_DOWN:
            return f"takes the witness, because {before} is down"
        case Hand.NO_PATH:
            return f"takes the witness, because {before} has no path to it"
        case Hand.LET_GO:
            return f"takes the witness, because {before} let go of it"
        case Hand.USELESS:
            return f"takes the witness, because {before} has no majority even with it"
        case _:
            assert_never(hand)


def replicas(names: ClusterNames, entry: Entry) -> Iterator[str]:
    """Whose configuration became the newest, and whose is no longer."""
    outdated, renewed = entry.replicas.outdated, entry.replicas.renewed
    for part in entry.parts:
        match part.fate:
            case Fate.IS_FORCED:
                yield f"The replica of {names.listed(part.members)} outranks all others."
                renewed -= part.members
            case Fate.COMMITS:
                # The sentence of the event says that they store it.
                renewed -= part.members
            case Fate.RUNS | Fate.GOES_ON | Fate.STOPS | Fate.FORMS | Fate.IS_JOINED:
                pass
            case _:
                assert_never(part.fate)
    reader, witness = _reader(names, entry), names.cluster.witness
    if reader in renewed and reader is not None and witness is not None:
        device = witness_words(witness.kind).short
        yield f"{names.node(reader)} reads the newest configuration from the {device}."
        renewed -= {reader}
    if renewed:
        has = agreeing(renewed, "is given", "are given")
        yield f"{names.listed(renewed)} {has} the newest configuration."
    gives_up = _gives_up(entry)
    if gives_up:
        theirs = "for that of the island, which was overruled"
        yield f"{names.listed(gives_up)} gives up the configuration that was forced {theirs}."
        outdated -= gives_up
    if outdated:
        replica = agreeing(outdated, "replica", "replicas")
        is_ = agreeing(outdated, "is", "are")
        now = " now" if entry.event is not None else ""
        yield f"The {replica} of {names.listed(outdated)} {is_} outdated{now}."
    if witness is not None and entry.replicas.witness is not None:
        yield newest_or_not(witness.kind, entry.replicas.witness)


def _gives_up(entry: Entry) -> frozenset[str]:
    """Who joined an island that was overruled, and had what was forced."""
    before, after = entry.before.authoritative, entry.after.authoritative
    joined = entry.event is not None and entry.event.verb is Verb.JOIN
    if before is None or after is None or not joined:
        return frozenset()
    return before - after


def _reader(names: ClusterNames, entry: Entry) -> str | None:
    """The member that has won or taken a disk, whose copy it reads."""
    witness, held = names.cluster.witness, entry.holding
    if witness is None or held is None or entry.event is None:
        return None
    running = entry.event.verb is Verb.TAKE_WITNESS or any(part.regrouped for part in entry.parts)
    reads = witness.kind.keeps_configuration and running and entry.before.witness_current
    return held.holder if reads else None


def breach(account: Account, entry: Entry) -> Iterator[str]:
    """The rule about configurations that the step did not follow; of another that nothing else in
    the step shows, that it is one."""
    event, witness = entry.event, account.cluster.witness
    if entry.against_rules and not entry.shows_breach:
        yield not_allowed(account.deviation)
    if entry.breach is None or event is None:
        return
    here = but_here(account.deviation) or ", which is against the rules"
    device = witness_words(witness.kind).short if witness is not None else ""
    replica = agreeing(event.nodes, "Its replica is", "Their replicas are")
    match entry.breach:
        case Breach.NOT_GIVEN:
            node = account.names.listed(event.nodes)
            yield f"{node} should be given the configuration of the island{here}."
        case Breach.TAG_IGNORED:
            forbids = f"the tag on the {device} says so and forbids to form"
            yield f"{replica} outdated; {forbids}{here}."
        case Breach.COPY_NOT_READ:
            newer = f"the copy on the {device} is newer and should be used"
            yield f"{replica} outdated; {newer}{here}."
        case _:
            assert_never(entry.breach)

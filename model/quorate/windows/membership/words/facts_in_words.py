"""The sentence of who and what breaks the promise."""

from typing import assert_never

from quorate.drawing.grammar import agreeing
from quorate.drawing.names import enumerated
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.facts import Fact, Kind
from quorate.windows.membership.reasons.tally import Tally
from quorate.windows.membership.words.arithmetic import arithmetic
from quorate.windows.membership.words.happenings import faults_in_words
from quorate.windows.membership.words.witness_words import witness_words


def fact_in_words(account: Account, fact: Fact) -> str:
    """One sentence without an end."""
    names = account.names
    who = [names.listed(nodes) for nodes in fact.sets]
    first, second = (*who, "", "")[:2]
    is_ = agreeing(fact.sets[0], "is", "are") if fact.sets else ""
    run = agreeing(fact.sets[0], "runs", "run") if fact.sets else ""
    match fact.kind:
        case Kind.SPLIT:
            others = agreeing(fact.sets[1], "runs another", "run another")
            more = f", and {enumerated(who[2:])} yet another" if len(who) > 2 else ""
            return f"{first} {run} a cluster, and {second} {others} at the same time{more}"
        case Kind.MINORITY:
            (sum_,) = fact.sums
            return f"{first} {run} with {arithmetic(sum_)}, and quorum is {sum_.needed}"
        case Kind.STRANGERS:
            together = f"{first} and {second} are members of one island"
            return f"{together}; their connection was cut in step {fact.step}"
        case Kind.WITHOUT_DISK:
            belongs = agreeing(
                fact.sets[0], "belongs to a cluster and has", "belong to a cluster and have"
            )
            return f"{first} {belongs} no contact with the disk"
        case Kind.FORCED_ON:
            (sum_,) = fact.sums
            counts = agreeing(fact.sets[0], "still counts", "still count")
            has = agreeing(fact.sets[0], "has", "have")
            return f"{first} {has} {arithmetic(sum_)}, a majority, and {counts} as started by force"
        case Kind.STOPPED_BY_PLAN:
            stop = agreeing(fact.sets[1], "stops", "stop")
            return f"The operator stops {first}, and {second} {stop} with it"
        case Kind.WITNESS_LEFT:
            reach = agreeing(fact.sets[0], "reaches", "reach")
            return f"{first} {run} and {reach} the witness, and nobody takes it, for ever"
        case Kind.NEVER_RUNS:
            return f"{first} {is_} up and connected, and the cluster never runs again"
        case Kind.LEFT_OUT:
            never = agreeing(fact.sets[0], "never joins", "never join")
            return f"{first} {is_} back and {never} {second}"
        case Kind.OUTDATED:
            return f"{first} {run} {_without(fact.step)}"
        case Kind.CHANGED_OUTDATED:
            change, of = agreeing(fact.sets[0], "changes", "change"), _of(fact.step)
            return f"{first} {change} the configuration without knowing that of {of}"
        case Kind.NOT_GIVEN:
            take = agreeing(fact.sets[0], "takes its", "take their")
            lacks = f"{agreeing(fact.sets[0], 'lacks', 'lack')} that of {_of(fact.step)}"
            return f"{first} {take} configuration for the newest and {lacks}"
        case Kind.JOINED_OUTDATED:
            join = agreeing(fact.sets[0], "joins", "join")
            return (
                f"{first} {join} {second} and {is_} not given the configuration of {_of(fact.step)}"
            )
        case Kind.NO_EFFECT:
            return f"{first} crashes and {is_} up all the same"
        case Kind.WITNESS_DIFFERS:
            return f"{first} holds the witness, and {_memory(account)}"
        case Kind.FORCE_OVERRULED:
            keep = agreeing(fact.sets[1], "keeps", "keep")
            return f"{first} {is_} started by force, and {second} {keep} the newest configuration"
        case Kind.STOPPED:
            return f"{_nothing_runs(account)}: {_sums(account, fact)}"
        case Kind.NOBODY_UP:
            return f"{_nothing_runs(account)}: no node is up"
        case Kind.NOTHING_RUNS:
            return _nothing_runs(account)
        case Kind.APART:
            still = agreeing(fact.sets[0], "still runs", "still run")
            cut = agreeing(fact.sets[0], "is", "are")
            others = "the others do not reach " + agreeing(fact.sets[0], "it", "them")
            return f"{first} {still} but {cut} cut off: {others}"
        case Kind.RUNS_ON:
            on = agreeing(fact.sets[0], "runs on", "run on")
            return f"{first} {on} after {faults_in_words(account)}"
        case _:
            assert_never(fact.kind)


def _nothing_runs(account: Account) -> str:
    return f"Nothing runs any more after {faults_in_words(account)}"


def _without(step: int) -> str:
    return f"without the configuration of {_of(step)}"


def _of(step: int) -> str:
    return f"step {step}" if step else "the start"


def _memory(account: Account) -> str:
    """Which of the two has what is not the newest."""
    witness, now = account.cluster.witness, account.end
    words = witness_words(witness.kind) if witness is not None else None
    memory = f"{words.memory} on the {words.short}" if words is not None else "witness"
    if now.witness_current:
        return f"the {memory} is newer than its configuration"
    return f"the {memory} is older than its configuration"


def _sums(account: Account, fact: Fact) -> str:
    """With what who stopped; where it was enough, the reason says why."""
    said = [_sum(account, sum_) for sum_ in fact.sums]
    short = {sum_.needed for sum_ in fact.sums if not sum_.enough}
    needed = "".join(f" where {number} {'is' if number == 1 else 'are'} needed" for number in short)
    return enumerated(said) + (needed if len(short) == 1 else "")


def _sum(account: Account, sum_: Tally) -> str:
    who = account.names.listed(sum_.members)
    return f"{who} {agreeing(sum_.members, 'stops', 'stop')} with {arithmetic(sum_)}"

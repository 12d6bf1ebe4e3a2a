"""The claims that a cluster runs through the faults that its file promises it to survive.

So many of one kind; several in an order; any two of different kinds. Each fault comes after the
cluster has settled from the one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from quorate.cluster import COUNTED, MOST_FAULTS, Cluster, Fault, Requirements
from quorate.inquiry.claim import Claim, Expectation
from quorate.values import dataclass
from quorate.windows.membership import premises, properties
from quorate.windows.membership.assumptions import FAULTS, UNLIMITED, Assumptions, Faults
from quorate.windows.membership.circumstances import MembershipCircumstances
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.violations import Violation

MAJORITY = "Q1, Q2: more than half of all configured votes (TechNet, Understanding Quorum)"

ANY_TWO = "survives-any-two-faults"

MANY = 16
"""With more nodes than this the failure of a site after another fault, or before one, takes minutes
to decide."""


@dataclass(frozen=True)
class _Kind:
    """What claims say of one fault and of several, and the verb of its steps."""

    once: str
    often: str
    verb: Verb


KINDS: Mapping[Fault, _Kind] = {
    Fault.CRASH: _Kind("node crash", "node crashes, one after another", Verb.CRASH),
    Fault.REBOOT: _Kind("reboot of a node, which no vote guards", "reboots", Verb.CRASH),
    Fault.PLANNED_STOP: _Kind(
        "planned stop of a node that is not refused", "planned stops", Verb.PLANNED_STOP
    ),
    Fault.ISOLATION: _Kind("node cut off", "nodes cut off, one after another", Verb.ISOLATION),
    Fault.PARTITION: _Kind("network partition", "network partitions", Verb.PARTITION),
    Fault.LINK: _Kind(
        "failure of a single connection", "failures of single connections", Verb.LINK_FAILURE
    ),
    Fault.WITNESS: _Kind("loss of the witness", "losses of the witness", Verb.WITNESS_FAILURE),
    Fault.PATH: _Kind("lost path to the witness", "lost paths to the witness", Verb.PATH_FAILURE),
    Fault.SITE: _Kind("failure of a whole site", "failures of a whole site", Verb.SITE_FAILURE),
}


def survivability(cluster: Cluster, requirements: Requirements) -> Iterator[Claim]:
    """Every claim about survival that the promise asks of `cluster`."""
    for fault in COUNTED:
        times = min(requirements.times(fault), most(fault, cluster))
        if times > 0:
            yield _survives_often(cluster, fault, times)
    for faults in requirements.in_order:
        if all(most(fault, cluster) for fault in faults):
            yield _survives_in_order(cluster, faults)
    different = tuple(any_two(cluster, requirements))
    if len(different) > 1 and requirements.any_two is not False:
        yield _survives_any_two(cluster, different, promised=requirements.any_two is True)


def promised_under(assumptions: Assumptions) -> Requirements:
    """The promise that asks for just these faults."""
    budgets = assumptions.budgets
    once = {FAULTS[kind.verb]: fault for fault, kind in KINDS.items() if fault is not Fault.REBOOT}
    order = tuple(_in_turn(once, assumptions))
    counted = {fault.value: budgets[FAULTS[KINDS[fault].verb]] or 0 for fault in COUNTED}
    together = assumptions.at_most is not UNLIMITED
    return Requirements(**counted, in_order=(order,) if order else (), any_two=together)


def _in_turn(once: Mapping[str, Fault], assumptions: Assumptions) -> Iterator[Fault]:
    """What is to happen in order, crashes as what they are."""
    crashes = 0
    for kind in assumptions.in_order:
        crash = once[kind] is Fault.CRASH
        yield Fault.REBOOT if crash and assumptions.is_reboot(crashes) else once[kind]
        crashes += crash


def most(fault: Fault, cluster: Cluster) -> int:
    """How often it can happen to the cluster when nothing is repaired."""
    nodes, witness = len(cluster.nodes), cluster.witness is not None
    match fault:
        case Fault.CRASH | Fault.REBOOT:
            return nodes
        case Fault.PLANNED_STOP:
            return nodes - 1
        case Fault.ISOLATION:
            return nodes if nodes > 1 else 0
        case Fault.PARTITION | Fault.LINK:
            return MOST_FAULTS if nodes > 1 else 0
        case Fault.WITNESS:
            return int(witness)
        case Fault.PATH:
            return nodes if witness else 0
        case Fault.SITE:
            return len(cluster.sites)
        case _:
            assert_never(fault)


def any_two(cluster: Cluster, requirements: Requirements) -> Iterator[Fault]:
    """The faults of which any two are asked: those of which one is promised, and those that no
    number is promised of. A reboot is a crash; a split into any two parts may leave no vote to
    spare, so after it there is nothing to ask; a connection that fails costs a node, and is asked
    where one may be lost; the failure of a site is asked of many nodes only where that is
    promised."""
    for fault in Fault:
        long = fault is Fault.SITE and len(cluster.nodes) > MANY and not requirements.any_two
        if _is_asked(fault, requirements) and most(fault, cluster) > 0 and not long:
            yield fault


def _is_asked(fault: Fault, requirements: Requirements) -> bool:
    match fault:
        case Fault.CRASH | Fault.ISOLATION | Fault.WITNESS | Fault.SITE:
            return requirements.times(fault) > 0
        case Fault.LINK:
            return requirements.crash > 0 or requirements.isolation > 0
        case Fault.PLANNED_STOP | Fault.PATH:
            return True
        case Fault.REBOOT | Fault.PARTITION:
            return False
        case _:
            assert_never(fault)


def _survives_often(cluster: Cluster, fault: Fault, times: int) -> Claim:
    kind = KINDS[fault]
    return replace(
        _survives(cluster, [fault] * times),
        name=f"survives-{fault.value}({times})",
        sentence=f"{_SURVIVES} {times} {kind.once if times == 1 else kind.often}",
        path=_path(*[kind.verb] * times),
    )


def _survives_in_order(cluster: Cluster, faults: tuple[Fault, ...]) -> Claim:
    kinds = [KINDS[fault] for fault in faults]
    order = tuple(FAULTS[kind.verb] for kind in kinds)
    crashes = [fault for fault in faults if KINDS[fault].verb is Verb.CRASH]
    reboots = tuple(fault is Fault.REBOOT for fault in crashes)
    return replace(
        _survives(cluster, faults, in_order=order, reboots=reboots if any(reboots) else ()),
        name="survives-" + "-then-".join(fault.value for fault in faults),
        sentence=f"{_SURVIVES} 1 " + ", then 1 ".join(kind.once for kind in kinds),
        path=_path(*(kind.verb for kind in kinds)),
    )


def _survives_any_two(cluster: Cluster, faults: Sequence[Fault], *, promised: bool) -> Claim:
    """One question about all pairs of which the first alone does not stop the cluster: a run that
    refutes it says which two they were."""
    verbs = [KINDS[fault].verb for fault in faults]
    first_two = [verb for verb in (Verb.CRASH, Verb.LINK_FAILURE) if verb in verbs]
    return replace(
        _survives(cluster, faults, at_most=2),
        name=ANY_TWO,
        sentence=f"{_SURVIVES} any two of these: "
        + ", ".join(f"1 {KINDS[fault].once}" for fault in faults),
        why="most outages that were published were two faults of different kinds",
        make_property=properties.survives_together,
        expectation=Expectation.HOLDS if promised else Expectation.OPEN,
        path=_path(*first_two) if len(first_two) > 1 else (),
        deepest=4,
    )


_SURVIVES = "the cluster runs without interruption through"


def _survives(cluster: Cluster, faults: Sequence[Fault], **limits: Any) -> Claim:
    """What all claims about survival have in common, when these faults may happen."""
    kinds = [FAULTS[KINDS[fault].verb] for fault in faults]
    times = {kind: kinds.count(kind) for kind in kinds}
    stops = times.pop("planned_stop", 0)
    assumptions = Assumptions(
        faults=replace(Faults.none(), **times),
        repairs=False,
        settled=True,
        restarts=False,
        commits=False,
        planned_stop=stops,
        **limits,
    )
    cut_off = Fault.ISOLATION in faults
    return Claim(
        name="survives",
        sentence=_SURVIVES,
        why="this is what the design is asked to tolerate",
        violation="nothing runs any more where anybody reaches it"
        if cut_off
        else "nothing runs any more",
        shown=Violation.STOPPED,
        circumstances=MembershipCircumstances(cluster, assumptions),
        make_property=properties.survives,
        make_premise=premises.all_faults_happened,
        sources=(MAJORITY,),
        # Between two faults a running node may take a witness that was let go.
        deepest=2 * len(faults),
    )


def _path(*verbs: Verb) -> tuple[str, ...]:
    """The names of actions; those of sites have more than their verb for a name."""
    return () if Verb.SITE_FAILURE in verbs else tuple(str(verb.value) for verb in verbs)

"""Groups that start after others: what is claimed of them, and what keeps them waiting."""

from dataclasses import replace

import pytest

from quorate.cluster import (
    Cluster,
    Group,
    GroupSet,
    Node,
    NodeMajority,
    Promises,
    Requirements,
    Resource,
    StartupTrigger,
    WindowsVersion,
)
from quorate.engines import bmc
from quorate.inquiry.claim import Claim
from quorate.inquiry.finding import Asked, Finding, ProofFound, Question
from quorate.inquiry.inquire import inquire
from quorate.inquiry.seam import Frame
from quorate.system import Always, Refuted, action_name
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import Deviation
from quorate.windows.groups.verbs import Verb

FIRST = GroupSet("first", ("Directory",), (), StartupTrigger.ONLINE)
THEN = GroupSet("then", ("Ledger",), ("first",))
LEDGER = Group("Ledger", (Resource("ledger"),))
DIRECTORY = Group("Directory", (Resource("directory"),))
IN_TURN = Cluster(
    "in turn",
    tuple(map(Node, "ABC")),
    NodeMajority(),
    groups=(LEDGER, DIRECTORY),
    group_sets=(FIRST, THEN),
    version=WindowsVersion.WINDOWS_2022,
    dynamic_quorum=False,
)


def claim_of(of: Cluster, name: str, about: str = "Ledger") -> Claim:
    claims = claims_about(of, Requirements())
    return next(claim for claim in claims if (claim.name, claim.about) == (name, about))


def asked(claim: Claim, kind: Asked = Asked.CLAIM) -> Finding:
    (found,) = inquire([Question(claim, kind)], 300.0, certify=False)
    return found


@pytest.mark.parametrize(
    "name",
    [
        "starts-in-turn",
        "completes",
        "comes-back-after-crash",
        "comes-back-after-failure",
        "not-left-failed",
        "can-be-drained",
    ],
)
def test_a_group_that_starts_after_another_comes_back_after_it(name):
    claim = claim_of(IN_TURN, name)
    assert isinstance(asked(claim).answer, ProofFound)
    assert asked(claim, Asked.PREMISE).as_expected


def test_whoever_comes_first_is_looked_at_alone():
    claims = list(claims_about(IN_TURN, Requirements()))
    together = {c.about: c.circumstances.assumptions.groups for c in claims if c.about}
    assert together == {"Ledger": ("Ledger", "Directory"), "Directory": ("Directory",)}
    named = {(claim.name, claim.about) for claim in claims}
    assert ("starts-in-turn", "Ledger") in named
    assert ("starts-in-turn", "Directory") not in named


def test_a_delay_orders_nothing_and_nothing_is_claimed_of_it():
    delayed = replace(IN_TURN, group_sets=(replace(FIRST, trigger=StartupTrigger.DELAY), THEN))
    claims = list(claims_about(delayed, Requirements()))
    assert "starts-in-turn" not in {claim.name for claim in claims}
    said = {sentence for claim in claims for sentence in claim.circumstances.sentences()}
    assert "a delay between sets of groups is time, and orders nothing" in said


def test_sentences_name_what_is_waited_for():
    several = replace(
        IN_TURN,
        groups=(LEDGER, DIRECTORY, Group("Names", (Resource("names"),))),
        group_sets=(replace(FIRST, groups=("Directory", "Names"), count=1), THEN),
    )
    assert claim_of(IN_TURN, "starts-in-turn").sentence.endswith("these are online: Directory")
    assert claim_of(several, "starts-in-turn").sentence.endswith("1 of Directory and Names")
    assert (
        "what it starts after is not online: Directory" in claim_of(IN_TURN, "completes").sentence
    )
    said = list(claim_of(IN_TURN, "completes").circumstances.sentences())
    assert any("goes on when one that it starts after goes offline" in one for one in said)
    assert (
        "proved together, since they share something or start in order: Ledger, Directory" in said
    )


def test_a_group_waits_for_one_that_does_not_come_back_and_the_run_says_so():
    """The directory may be on A alone; once A has crashed the ledger is taken over and waits."""
    alone = Resource("directory", possible_owners=("A",))
    first_on_a = replace(
        IN_TURN, groups=(LEDGER, replace(DIRECTORY, resources=(alone,), promises=Promises(crash=0)))
    )
    account = asked(claim_of(first_on_a, "comes-back-after-crash")).account()
    assert account is not None
    assert account.stands_still
    assert "Group Ledger waits to start after Directory, which is not online." in account.text()


def test_a_run_says_whose_turn_it_is():
    """By the rules the ledger starts once the directory is online; and what it says if not."""
    claim = claim_of(IN_TURN, "starts-in-turn")
    question = Question(claim, Asked.TOOTH, Deviation.STARTS_OUT_OF_TURN)
    (broken,) = inquire([question], 300.0, certify=False)
    said = broken.account().text()
    out_of_turn = "Its group starts after Directory, not online, but here a group starts without"
    assert out_of_turn in said
    model = claim.circumstances.model()
    ledger, directory = model.state.groups
    begun = Always("never", ledger.starting != 1)
    verbs = ((Verb.START, directory), (Verb.COME_ONLINE, directory), (Verb.START, ledger))
    path = ["outage", "form", *(action_name(verb, group.key) for verb, group in verbs)]
    found = bmc.follow(model.system, begun, path, lambda: 300.0)
    told = model.account(found.trace, Frame("t", "v", about="Ledger")).text()
    assert "What its group starts after is online: Directory." in told


def test_one_of_two_that_are_kept_apart_is_enough_where_one_is_waited_for():
    """Both may be on A and B alone, and never on one node, so the crash of A costs one of them."""
    two = tuple(
        Group(
            name,
            (Resource(name.lower(), possible_owners=("A", "B")),),
            anti_affinity=("directories",),
            promises=Promises(crash=0),
        )
        for name in ("Directory", "Second")
    )
    both = replace(
        IN_TURN,
        groups=(LEDGER, *two),
        enforced_anti_affinity=True,
        group_sets=(replace(FIRST, groups=("Directory", "Second")), THEN),
    )
    any_one = replace(both, group_sets=(replace(both.group_sets[0], count=1), THEN))
    assert isinstance(asked(claim_of(both, "comes-back-after-crash")).answer, Refuted)
    assert isinstance(asked(claim_of(any_one, "comes-back-after-crash")).answer, ProofFound)

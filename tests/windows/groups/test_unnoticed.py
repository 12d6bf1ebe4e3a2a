"""What two nodes have at once while one that was cut off has not noticed: which claims tell of it,
what closes that window, and what a reader is told."""

from dataclasses import replace

import pytest
import z3
from test_group_catalogue import DISK, VM, about_groups, small, verdicts

from quorate.cluster import Cluster, Dependency, Group, Node, Requirements, Resource, ResourceKind
from quorate.inquiry.claim import Claim, Expectation
from quorate.inquiry.finding import Asked, Question
from quorate.inquiry.inquire import inquire
from quorate.system import Always, Refuted
from quorate.windows.catalogue import claims_about
from quorate.windows.groups import Deviation
from quorate.windows.groups.catalogue import noticed_at_once

ADDRESS = Resource("ip", ResourceKind.ADDRESS)
NAME = Resource("name", ResourceKind.NETWORK_NAME, Dependency((("ip",),)))
APP = Resource("app")
ON_DISK = replace(ADDRESS, depends_on=Dependency((("disk",),)))

WINDOW = ("no-dual-activity", "vm-runs-once", "one-answers", "answers-from-owner", "one-owner")


def apart(of: Cluster) -> dict[str, str]:
    return {name: word for (name, _), word in verdicts(of, *WINDOW).items()}


def of_three(*resources: Resource, stateless: bool = False, **changes: object) -> Cluster:
    return small(Group("G", resources, stateless=stateless), **changes)


def of_two(*resources: Resource) -> Cluster:
    return replace(of_three(*resources), nodes=(Node("A"), Node("B")))


@pytest.mark.parametrize(
    ("of", "said"),
    [
        # The address has no name: it is twice on the network all the same.
        (of_three(ADDRESS), "one-answers refuted, answers-from-owner refuted, one-owner refuted"),
        (
            of_three(DISK, ADDRESS),
            "no-dual-activity proved, one-answers refuted, answers-from-owner refuted, "
            "one-owner refuted",
        ),
        # Whoever has the address has the disk, and goes on with both.
        (
            of_three(DISK, ON_DISK, NAME),
            "no-dual-activity proved, one-answers proved, answers-from-owner refuted, "
            "one-owner proved",
        ),
        (
            of_three(APP, ADDRESS, fencing=True),
            "no-dual-activity proved, one-answers proved, answers-from-owner proved, "
            "one-owner proved",
        ),
        (
            of_two(APP, ADDRESS),
            "no-dual-activity proved, one-answers proved, answers-from-owner proved, "
            "one-owner proved",
        ),
        (
            of_three(replace(VM, writes_to=("V",)), volumes=("V",)),
            "vm-runs-once proved, no-dual-activity proved, one-owner proved",
        ),
        (of_three(VM), "vm-runs-once refuted, no-dual-activity refuted, one-owner refuted"),
        # It may run twice, but its address is there once.
        (
            of_three(APP, ADDRESS, stateless=True),
            "one-answers refuted, answers-from-owner refuted, one-owner refuted",
        ),
        (of_three(APP, stateless=True), ""),
        (of_three(replace(APP, possible_owners=("A",))), ""),
    ],
)
def test_what_is_twice_is_what_nothing_keeps_apart(of: Cluster, said: str) -> None:
    expected = dict(part.split(" ") for part in said.split(", ")) if said else {}
    assert apart(of) == expected


@pytest.mark.parametrize("nodes", [2, 3, 16])
def test_what_closes_the_window_does_so_for_any_number_of_nodes(nodes: int) -> None:
    group = Group("G", (DISK, ON_DISK, NAME, replace(APP, depends_on=Dependency((("name",),)))))
    of = replace(small(group), nodes=tuple(Node(f"N{number}") for number in range(nodes)))
    fenced = apart(replace(of, fencing=True))
    assert set(fenced.values()) == {"proved"}
    reserved = apart(of)
    assert {reserved[n] for n in reserved if n != "answers-from-owner"} == {"proved"}


@pytest.mark.parametrize("stem", ["web-pair", "file-server", "hyper-v", "small/address-on-disk"])
def test_where_a_lost_node_stops_at_once_there_is_no_window(stem: str) -> None:
    late = about_groups(stem)
    about = late[0].circumstances.subject
    asked = [*noticed_at_once(about, about.groups[0])]
    names = {claim.name.removesuffix("-if-noticed-at-once") for claim in asked}
    assert names == {c.name for c in late if c.about == about.groups[0].name} & set(WINDOW)
    questions = [Question(claim, kind) for claim in asked for kind in (Asked.CLAIM, Asked.PREMISE)]
    assert all(finding.as_expected for finding in inquire(questions, 300.0, certify=False))
    assert all("stops at once" in claim.sentence for claim in asked)


MIXED = of_three(DISK, replace(ADDRESS, subnet="x"), NAME, replace(VM, name="vm 1"), APP)


def claims_of(of: Cluster) -> dict[str, Claim]:
    return {c.name: c for c in claims_about(of, Requirements()) if c.name in WINDOW}


@pytest.mark.parametrize(
    ("whole", "part"),
    [(claim, part) for claim in claims_of(MIXED).values() for part in claim.shown_by],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_run_against_a_part_is_one_against_the_whole(whole: Claim, part: str) -> None:
    other = claims_of(MIXED)[part]
    assert (other.circumstances, other.about) == (whole.circumstances, whole.about)
    model = whole.circumstances.model()
    all_, some = whole.make_property(model), other.make_property(model)
    assert isinstance(all_, Always)
    assert isinstance(some, Always)
    solver = z3.Solver()
    solver.add(*(lemma.formula for lemma in model.system.offered))
    solver.add(z3.Not(some.formula))
    assert solver.check() == z3.sat
    solver.add(all_.formula)
    assert solver.check() == z3.unsat


def test_what_loses_data_is_a_finding_and_what_clients_see_is_open() -> None:
    holds = {name for name, c in claims_of(MIXED).items() if c.expectation is Expectation.HOLDS}
    assert holds == {"no-dual-activity", "vm-runs-once"}
    rest = {c.expectation for name, c in claims_of(MIXED).items() if name not in holds}
    assert rest == {Expectation.OPEN}


def told(stem: str, name: str, broken: Deviation | None = None) -> str:
    claim = next(claim for claim in about_groups(stem) if claim.name == name)
    question = Question(claim, Asked.TOOTH if broken else Asked.CLAIM, broken)
    (finding,) = inquire([question], 300.0, certify=False)
    assert isinstance(finding.answer, Refuted)
    account = finding.account()
    assert account is not None
    return str(account.text())


def test_a_duplicate_address_is_told_with_what_closes_the_window() -> None:
    text = told("file-server", "one-answers")
    assert "REFUTED in 3 steps" in text
    assert "FS01 address is active on FILE1 and FILE2 at once." in text
    assert "Since step 1 FILE1 is no member and has not noticed." in text
    window = (
        "Note: this window is closed by fencing, so that nobody takes over before FILE1 is off; by "
        "the reservation of a disk that FS01 address depends on; or by votes that are no majority "
        "without FILE1, so that nobody goes on alone."
    )
    assert window in text
    seen = (
        "Note: until FILE1 notices, FS01 address answers twice, and who asks gets the one or the "
        "other; the reservation of a disk does not cover an address or a name that does not "
        "depend on the disk."
    )
    assert seen in text
    assert "where group FS01 keeps its data" not in text


def test_no_disk_is_recommended_where_it_would_close_nothing() -> None:
    text = told("small/address-on-disk", "answers-from-owner")
    assert "REFUTED in 2 steps" in text
    assert "a disk" not in text.partition("Note: this window")[2]
    assert (
        "is closed by fencing, so that nobody takes over before FILE1 is off; or by votes" in text
    )


def test_a_node_that_was_not_cut_off_is_not_said_to_have_been() -> None:
    text = told("small/fenced-web", "one-owner", Deviation.TRANSFERS_EARLY)
    assert "Shop address is active on WEB1 and WEB2 at once." in text.partition("End:")[2]
    assert "noticed" not in text.partition("Start:")[2]
    assert "this window" not in text

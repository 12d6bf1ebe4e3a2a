"""What no model reads makes the claims that it touches UNKNOWN, with its name, and no other."""

import json
from dataclasses import replace

import pytest
from running import quorate

from corpus.cases import cluster
from quorate.cli.against import Claims
from quorate.cli.choosing import Choice
from quorate.cluster import (
    Cluster,
    Dependency,
    DiskOnly,
    Group,
    GroupSet,
    NodeMajority,
    Requirements,
    Resource,
    ResourceKind,
    StartupTrigger,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.errors import InputError
from quorate.importers import Imported, Touches, Unmodelled, native_text, parse_native
from quorate.importers.origin import Origin
from quorate.inquiry.finding import Asked, ProofFound
from quorate.inquiry.run import Limits, run
from quorate.system import Unknown
from quorate.windows.version import WITHOUT_VOTES

DISK = Resource("disk", ResourceKind.DISK)
SQL = Group("SQL", (DISK, Resource("server", depends_on=Dependency((("disk",),)))))
WEB = Group("web", (Resource("pages"),), stateless=True)
NOWHERE = Origin("cluster.toml")
CLUSTER = replace(cluster(3), groups=(SQL, WEB))
NOTHING = Requirements()


def untouched(*lacks: Unmodelled, of: Cluster = CLUSTER) -> set[str]:
    """The titles of the claims that are still asked."""
    choice = Choice(of, NOTHING, unmodelled=lacks)
    asked = {question.claim.title for question in choice.questions()}
    refused = {finding.question.claim.title for finding in choice.not_asked()}
    assert asked.isdisjoint(refused)
    assert asked | refused == {claim.title for claim in choice.claims()}
    return asked


ALL = untouched()


def lacks(touches: Touches, about: tuple[str, ...] = (), claims: tuple[str, ...] = ()):
    return Unmodelled("Colour = red", touches, "nobody models colours", about, claims)


def of_groups() -> set[str]:
    return {title for title in ALL if title.endswith((" of SQL", " of web"))}


@pytest.mark.parametrize(
    ("lack", "asked"),
    [
        (lacks(Touches.VOTES), {t for t in of_groups() if t.split(" of ")[0] in WITHOUT_VOTES}),
        (lacks(Touches.MEMBERSHIP), of_groups()),
        (
            lacks(Touches.MEMBERSHIP, claims=("force-ends", "recovers")),
            ALL - {"force-ends", "recovers"},
        ),
        (lacks(Touches.SURVIVAL), {title for title in ALL if "survives" not in title}),
        (lacks(Touches.GROUPS), ALL - of_groups()),
        (lacks(Touches.GROUPS, about=("SQL",)), {t for t in ALL if not t.endswith(" of SQL")}),
        (
            lacks(Touches.GROUPS, ("SQL",), ("next-owner", "no-such-claim")),
            ALL - {"next-owner of SQL"},
        ),
    ],
    ids=lambda value: value.touches.value if isinstance(value, Unmodelled) else "",
)
def test_a_setting_touches_the_claims_of_its_kind(lack, asked):
    assert untouched(lack) == asked
    assert asked < ALL


def test_the_answer_is_unknown_with_the_setting_and_is_no_pass(tmp_path):
    path = tmp_path / "cluster.toml"
    lack = lacks(Touches.MEMBERSHIP)
    path.write_text(native_text(Imported(CLUSTER, NOTHING, (), NOWHERE, (lack,))), encoding="utf-8")
    told = quorate("check", path, "--claim", "no-split-brain", "--claim", "acyclic")
    assert told.returncode == 3
    assert "no model reads Colour = red: nobody models colours; claims that it" in told.stdout
    assert f"no-split-brain and no-split-brain, premise: {lack.reason}" in told.stdout
    data = quorate("check", path, "--claim", "no-split-brain", "--json")
    [claim, premise] = json.loads(data.stdout)[0]["findings"]
    assert (claim["verdict"], claim["as_expected"], claim["reason"]) == (
        "unknown",
        None,
        lack.reason,
    )
    assert premise["verdict"] == "unknown"
    assert json.loads(data.stdout)[0]["unmodelled"] == [
        {
            "setting": "Colour = red",
            "touches": "membership",
            "why": "nobody models colours",
            "where": f"{path}:24: unmodelled[0]",
        }
    ]


def test_no_certificate_is_one_of_a_claim_that_is_not_asked(tmp_path):
    path = tmp_path / "cluster.toml"
    lack = lacks(Touches.GROUPS)
    path.write_text(native_text(Imported(CLUSTER, NOTHING, (), NOWHERE, (lack,))), encoding="utf-8")
    assert {claim.title for claim in Claims.of([path]).known} == ALL - of_groups()


def test_a_group_that_is_not_there_is_refused():
    text = native_text(Imported(CLUSTER, NOTHING, (), NOWHERE, (lacks(Touches.GROUPS, ("SQL",)),)))
    with pytest.raises(InputError) as refused:
        parse_native(text.replace('["SQL"]', '["sql", "FS01"]'), "cluster.toml")
    assert refused.value.place.key == "unmodelled[0].about[1]"
    assert "'FS01' is no group of this cluster" in refused.value.reason


def test_what_needs_no_votes_is_proved_where_any_of_the_nodes_may_go_on():
    """Whatever votes do while the cluster runs, those that go on are some of the nodes. Under Disk
    Only, with a disk that all reach, that is any of them."""
    anybody = Witness("any", WitnessKind.DISK, CLUSTER.node_names)
    server = replace(SQL.resources[1], writes_to=("disk",))
    sql = replace(SQL, resources=(DISK, server))
    sets = (
        GroupSet("first", ("web",), (), StartupTrigger.ONLINE),
        GroupSet("then", ("SQL",), ("first",)),
    )
    free = replace(
        CLUSTER,
        rule=DiskOnly(),
        witness=anybody,
        groups=(sql, WEB),
        group_sets=sets,
        version=WindowsVersion.WINDOWS_2022,
    )
    choice = Choice(free, NOTHING, names=tuple(WITHOUT_VOTES - {"saved-is-restored"}))
    found = list(run(choice.questions(), Limits(60.0), certify=False))
    claims = [one for one in found if one.question.asked is Asked.CLAIM]
    assert {one.question.claim.name for one in claims} == WITHOUT_VOTES - {"saved-is-restored"}
    assert all(isinstance(one.answer, ProofFound) for one in claims)
    assert not any(isinstance(one.answer, Unknown) for one in found)


def test_what_is_said_of_votes_says_that_it_is_not(tmp_path):
    path = tmp_path / "cluster.toml"
    lack = lacks(Touches.VOTES)
    path.write_text(native_text(Imported(CLUSTER, NOTHING, (), NOWHERE, (lack,))), encoding="utf-8")
    told = quorate("check", path, "--claim", "no-split-brain")
    first = told.stdout.splitlines()[0]
    assert first.endswith("; nothing is said of votes, since no model reads Colour = red")


def test_what_is_not_known_of_a_group_is_not_known_of_those_that_start_after_it():
    """Whether the directory starts by itself decides whether what waits for it does."""
    names = ("directory", "sql", "web", "other")
    of = Cluster(
        "in turn",
        cluster(3).nodes,
        NodeMajority(),
        groups=tuple(Group(name, (Resource(f"{name} service"),)) for name in names),
        group_sets=(
            GroupSet("first", ("directory",), (), StartupTrigger.ONLINE),
            GroupSet("then", ("sql",), ("first",), StartupTrigger.ONLINE),
            GroupSet("last", ("web",), ("then",)),
        ),
        version=WindowsVersion.WINDOWS_2022,
    )
    everything = untouched(of=of)

    def spared(name: str) -> set[str]:
        asked = untouched(lacks(Touches.GROUPS, about=(name,)), of=of)
        return {group for group in names if any(title.endswith(f" of {group}") for title in asked)}

    assert any(title.endswith(" of web") for title in everything)
    assert spared("directory") == {"other"}
    assert spared("sql") == {"directory", "other"}
    assert spared("web") == {"directory", "sql", "other"}
    assert spared("other") == {"directory", "sql", "web"}

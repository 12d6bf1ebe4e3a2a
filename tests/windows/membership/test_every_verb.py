"""Every verb, beside every kind of witness, has a sentence, data and a panel."""

from collections.abc import Callable, Mapping

import pytest
from membership_accounts import Run, whole

from quorate.cluster import (
    QUORUM_RULES,
    Cluster,
    Node,
    Site,
    VoteTable,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.windows.membership.picture.grid import Grid
from quorate.windows.membership.picture.panel import ROOM, panel
from quorate.windows.membership.picture.sheet import Sheet
from quorate.windows.membership.reasons.account import Account
from quorate.windows.membership.reasons.explain import explain
from quorate.windows.membership.situation import Event
from quorate.windows.membership.verbs import Verb
from quorate.windows.membership.words.witness_words import witness_words

ALL, PAIR = frozenset({"A", "B", "C"}), frozenset({"A", "B"})
ALONE = frozenset({"C"})


def beside(kind: WitnessKind) -> Run:
    """Three nodes, one of them in Bonn, and a witness of this kind that A holds."""
    rule = next(rule for rule in QUORUM_RULES if rule.witness_kind is kind)
    nodes = (Node("A"), Node("B"), Node("C", site="Bonn"))
    witness = Witness("W", kind, ("A", "B", "C"))
    of = Cluster(
        "three",
        nodes,
        rule,
        witness,
        (Site("Bonn"),),
        version=WindowsVersion.WINDOWS_2016,
        dynamic_quorum=False,
    )
    return Run(of)


def crash(run: Run) -> None:
    run.step(Event(Verb.CRASH, node="C"), up=PAIR, islands=(PAIR,))


def power_failure(run: Run) -> None:
    run.step(Event(Verb.POWER_FAILURE), up=(), islands=(), holder=None)


def site_failure(run: Run) -> None:
    run.step(Event(Verb.SITE_FAILURE, site="Bonn"), up=PAIR, islands=(PAIR,))


def partition(run: Run) -> None:
    run.step(Event(Verb.PARTITION, side=PAIR), links=run.cut_off(PAIR), islands=(PAIR,))


def isolation(run: Run) -> None:
    run.step(Event(Verb.ISOLATION, node="C"), links=run.cut_off(ALONE), islands=(PAIR,))


def link_failure(run: Run) -> None:
    cut = run.now.links - {frozenset({"B", "C"})}
    run.step(Event(Verb.LINK_FAILURE, node="C", peer="B"), links=cut, islands=(PAIR,))


def witness_failure(run: Run) -> None:
    run.step(Event(Verb.WITNESS_FAILURE), witness_up=False, holder=None)


def path_failure(run: Run) -> None:
    run.step(Event(Verb.PATH_FAILURE, node="A", winner="B"), witness_paths={"B", "C"}, holder="B")


def planned_stop(run: Run) -> None:
    run.step(Event(Verb.PLANNED_STOP, node="C"), up=PAIR, islands=(PAIR,))


def restart(run: Run) -> None:
    crash(run)
    run.step(Event(Verb.RESTART, side=ALONE), up=ALL)


def heal(run: Run) -> None:
    partition(run)
    run.step(Event(Verb.HEAL, side=ALL), links=whole(ALL))


def witness_return(run: Run) -> None:
    witness_failure(run)
    run.step(Event(Verb.WITNESS_RETURN), witness_up=True)


def path_return(run: Run) -> None:
    path_failure(run)
    run.step(Event(Verb.PATH_RETURN, side=frozenset({"A"})), witness_paths=ALL)


def form(run: Run) -> None:
    power_failure(run)
    run.step(Event(Verb.RESTART, side=PAIR), up=PAIR)
    run.step(Event(Verb.FORM, side=PAIR, winner="A"), islands=(PAIR,), holder="A")


def join(run: Run) -> None:
    restart(run)
    run.step(Event(Verb.JOIN, node="C", island=PAIR), islands=(ALL,))


def take_witness(run: Run) -> None:
    witness_return(run)
    run.step(Event(Verb.TAKE_WITNESS, node="B"), holder="B")


def commit(run: Run) -> None:
    crash(run)
    run.step(Event(Verb.COMMIT, island=PAIR, side=PAIR), current=PAIR)


def catch_up(run: Run) -> None:
    run.step(Event(Verb.COMMIT, island=ALL, side=PAIR), current=PAIR)
    run.step(Event(Verb.CATCH_UP, node="C"), current=ALL)


def adjust_votes(run: Run) -> None:
    """The witness's vote is taken, since two nodes that run and C are three."""
    crash(run)
    run.step(
        Event(Verb.ADJUST_VOTES, island=PAIR, side=PAIR),
        current=PAIR,
        votes=VoteTable({"A": 1, "B": 1, "C": 0}, 1),
    )


def force(run: Run) -> None:
    isolation(run)
    run.step(Event(Verb.FORCE, node="C"), islands=(PAIR, ALONE), forced=(False, True))


def give_way(run: Run) -> None:
    force(run)
    run.step(Event(Verb.HEAL, side=ALL), links=whole(ALL))
    run.step(Event(Verb.GIVE_WAY, island=PAIR), islands=(ALONE,), forced=(True,), holder=None)


EACH: Mapping[Verb, tuple[Callable[[Run], None], str]] = {
    Verb.CRASH: (crash, "C crashes."),
    Verb.POWER_FAILURE: (power_failure, "The power fails: every node goes down."),
    Verb.SITE_FAILURE: (site_failure, "The site Bonn fails, with C in it."),
    Verb.PARTITION: (partition, "A and B are cut off from all other nodes."),
    Verb.ISOLATION: (isolation, "C is cut off from all other nodes."),
    Verb.LINK_FAILURE: (
        link_failure,
        "The connection between C and B fails: C drops out of the island.",
    ),
    Verb.WITNESS_FAILURE: (witness_failure, "The witness fails."),
    Verb.PATH_FAILURE: (path_failure, "A loses its path to the witness."),
    Verb.PLANNED_STOP: (planned_stop, "The operator stops the cluster service of C."),
    Verb.RESTART: (restart, "C comes back and listens."),
    Verb.HEAL: (heal, "The network is whole again."),
    Verb.WITNESS_RETURN: (witness_return, "The witness works again."),
    Verb.PATH_RETURN: (path_return, "A reaches the witness again."),
    Verb.FORM: (form, "A and B form a cluster."),
    Verb.JOIN: (join, "C joins the island of A and B."),
    Verb.TAKE_WITNESS: (take_witness, "B takes the witness."),
    Verb.COMMIT: (commit, "The configuration is changed, and A and B store it."),
    Verb.CATCH_UP: (catch_up, "C catches up with its island."),
    Verb.ADJUST_VOTES: (
        adjust_votes,
        "The votes follow who runs: now A and B, and the witness have one each.",
    ),
    Verb.FORCE: (force, "The operator starts C with forced quorum."),
    Verb.GIVE_WAY: (
        give_way,
        "A and B reach the side that was forced: their cluster service restarts with prevent "
        "quorum.",
    ),
}


def ended_by(verb: Verb, kind: WitnessKind) -> Account:
    """An account whose last step is one of this verb."""
    run = beside(kind)
    EACH[verb][0](run)
    return run.account("every verb", "a thing is so")


def test_every_verb_is_here() -> None:
    assert set(EACH) == set(Verb)


@pytest.mark.parametrize("kind", WitnessKind)
@pytest.mark.parametrize("verb", Verb)
def test_every_verb_is_written_and_drawn(verb: Verb, kind: WitnessKind) -> None:
    account = ended_by(verb, kind)
    sentence, last = EACH[verb][1], account.data()["steps"][-1]
    assert last["action"] == verb.value
    assert last["sentences"][0] == sentence
    assert f"{account.steps}. {sentence}" in account.text()
    sheet, entry = Sheet(account), explain(account)[-1]
    _, caption = panel(Grid(sheet, ROOM), sheet.views[-1], entry).heading.shapes
    assert " ".join(caption.lines).startswith(sentence)
    assert f'"{caption.key}"' in account.picture()


def test_no_two_kinds_of_witness_are_called_the_same() -> None:
    named = [witness_words(kind) for kind in WitnessKind]
    for words in ("device", "short", "kind"):
        assert len({getattr(name, words) for name in named}) == len(WitnessKind)

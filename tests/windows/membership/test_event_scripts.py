"""Stories of events, told through the plain interpreter (testdata/events). No solver is asked."""

import pathlib
from collections.abc import Callable, Mapping
from itertools import product

import pytest
import z3

from quorate.cluster import QUORUM_RULES, Cluster, Node, Site, WindowsVersion, Witness, WitnessKind
from quorate.system import Action, Bits, Enumeration, Single, State, Value, Variable, actions_of
from quorate.system.evaluate import evaluator
from quorate.windows.membership.assumptions import Assumptions, CommittedBy, Faults
from quorate.windows.membership.deviations import Deviation
from quorate.windows.membership.model import Membership
from quorate.windows.membership.reading import situation
from quorate.windows.membership.situation import Situation
from quorate.windows.membership.verbs import Verb
from scripted import Command, check_script

TESTDATA = pathlib.Path(__file__).parent / "testdata" / "events"
RULES = {rule.mode: rule for rule in QUORUM_RULES}
BUDGETS = Faults().budgets()
EMPTY = ("island.2", "island.3", "cut_off", "prevented", "spent.")
"""How the names of the sets begin that are empty at first."""
SHARE_SIDES = ("both", "side", "other")
OF_VOTES_THAT_FOLLOW = {Deviation.ADJUSTS_BY_A_MINORITY, Deviation.ADJUSTS_TO_A_MINORITY}
"""Votes are static in the stories, which say nothing of them; these two are in the corpus and in
test_votes_follow.py."""


@pytest.mark.parametrize("script", sorted(TESTDATA.glob("*.txt")), ids=lambda path: path.stem)
def test_events_lead_where_the_script_says(script: pathlib.Path, rewrite: bool) -> None:
    check_script(script, Story().answer, rewrite)


def test_every_deviation_has_a_story() -> None:
    told_of = (TESTDATA / "broken.txt").read_text(encoding="utf-8")
    for deviation in set(Deviation) - OF_VOTES_THAT_FOLLOW:
        assert f"broken={deviation.name.lower().replace('_', '-')}" in told_of


class Story:
    """A cluster and its situation after the events told so far."""

    def __init__(self) -> None:
        self.model: Membership | None = None
        self.now: State = {}
        self.compiled: dict[str, Callable[[Mapping[str, Value]], tuple[Value, ...]]] = {}

    def answer(self, command: Command) -> str:
        if command.name == "cluster":
            self.model = model(command)
            self.compiled = {}
            self.now = self._first(command.arguments.get("holder"))
        else:
            refusal = self._take(command)
            if refusal:
                return refusal
        return in_a_line(self.model.cluster, situation(self.model, self.now))

    def _first(self, holder: str | None) -> State:
        """The one initial state in which `holder`, by default the first who can, has the
        witness."""
        system, names = self.model.system, self.model.cluster.node_names
        state: dict[str, Value] = {v.name: False for v in system.variables}
        everyone = (1 << len(names)) - 1
        for name in ("up", "current", "island.1", *(f"reach.{name}" for name in names)):
            state[name] = everyone
        if self.model.assumptions.force:
            state["authoritative"] = everyone
        state |= {v.name: 0 for v in system.variables if v.name.startswith(EMPTY)}
        witness = self.model.cluster.witness
        if witness is not None:
            state |= {"witness.up": True, "witness.current": True}
            state["witness.paths"] = sum(1 << names.index(name) for name in witness.reached_by)
            if self.model.cluster.rule.mode == "disk-only":
                state["island.1"] = state["witness.paths"]  # rule Q3
            state["witness.holder"] = 1 << names.index(holder or witness.reached_by[0])
        initial = evaluator([z3.And(*system.full_initial)], system.definitions)
        assert initial(state) == (True,), "the model does not start here"
        return state

    def _take(self, command: Command) -> str | None:
        """Takes the one step that the command means; says why not."""
        verb = Verb(command.name.replace("-", " "))
        actions = actions_of(self.model.system, verb, about=command.arguments.get("site"))
        if not actions:
            return "never happens here"
        (action,) = actions
        given = {v.name: chosen(v, command) for v in action.inputs if v.name in command.arguments}
        if verb is Verb.COMMIT and "side" not in given:
            everybody = self.model.state.island_variables[given["island"]]
            given["side"] = self.now[everybody.name]
        open_choices = [v for v in action.inputs if v.name not in given]
        assert {v.name for v in open_choices} <= {"winner"}, f"{command} leaves too much open"
        possible = [
            after
            for values in product(*(v.sort.values() for v in open_choices))
            if (after := self._after(action, given | named(open_choices, values))) is not None
        ]
        if not possible:
            return "refused"
        if len(possible) > 1:
            holders = sorted(situation(self.model, after).holder for after in possible)
            return f"the witness may go to {' or '.join(holders)}"
        self.now = possible[0]
        return None

    def _after(self, action: Action, inputs: Mapping[str, Value]) -> State | None:
        if action.name not in self.compiled:
            terms = [z3.And(*action.full_guard), *action.updates.values()]
            self.compiled[action.name] = evaluator(terms, self.model.system.definitions)
        may, *values = self.compiled[action.name]({**self.now, **inputs})
        return {**self.now, **dict(zip(action.updates, values, strict=True))} if may else None


def cluster(command: Command) -> Cluster:
    """Of 2008, or of version=2012-r2, which knows what resiliency is; votes are static in both."""
    nodes = [configured(word) for word in command.words("nodes")]
    rule, site = RULES[command["mode"]], command.arguments.get("witness_site")
    version = command.arguments.get("version", "2008")
    reached = command.words("cabled") if "cabled" in command.arguments else ()
    sites = dict.fromkeys(node.site for node in nodes if node.site)
    if site:
        sites[site] = None
    return Cluster(
        "story",
        tuple(nodes),
        rule,
        Witness("W", rule.witness_kind, tuple(reached or (node.name for node in nodes)), site)
        if rule.witness_kind
        else None,
        tuple(Site(name) for name in sites),
        version=WindowsVersion[f"WINDOWS_{version.upper().replace('-', '_')}"],
        dynamic_quorum=False,
    )


def model(command: Command) -> Membership:
    real = Membership(cluster(command), assumptions(command))
    broken = command.arguments.get("broken")
    return Deviation[broken.upper().replace("-", "_")].twin(real) if broken else real


def assumptions(command: Command) -> Assumptions:
    return Assumptions(
        faults=Faults(**{k: int(v) for k, v in command.arguments.items() if k in BUDGETS}),
        settled=command.arguments.get("settled") == "yes",
        force=command.arguments.get("force") == "yes",
        prevents=command.arguments.get("prevents") == "yes",
        committed_by=CommittedBy[command.arguments.get("committed_by", "majority").upper()],
        witness_is_read=command.arguments.get("read") != "no",
        stop_asks_for_changes=command.arguments.get("stops") != "votes",
        clusters=int(command.arguments.get("islands", "2")),
    )


def configured(word: str) -> Node:
    """A, A:2 with two votes, A@Berlin in a site, A:2@Berlin."""
    voter, _, site = word.partition("@")
    name, _, votes = voter.partition(":")
    return Node(name, int(votes or "1"), site or None)


def chosen(variable: Variable, command: Command) -> Value:
    match variable.sort:
        case Single(names) | Bits(names):
            words = command.words(variable.name)
            return sum(1 << names.index(word) for word in words if word != "nobody")
        case Enumeration() if variable.name == "share":
            return SHARE_SIDES.index(command["share"])
    return int(command[variable.name]) - 1


def named(variables: list[Variable], values: tuple[Value, ...]) -> dict[str, Value]:
    return {v.name: value for v, value in zip(variables, values, strict=True)}


def in_a_line(cluster: Cluster, seen: Situation) -> str:
    """The situation in a line: who runs, who is up, whose replica is current, the witness."""
    islands = [
        braces(island) + (" forced" if forced else "")
        for island, forced in zip(seen.islands, seen.forced, strict=True)
    ]
    words = [
        f"runs {' and '.join(islands) or 'nothing'}",
        f"up {listed(seen.up)}",
        f"current {listed(seen.current)}",
    ]
    if cluster.witness is not None:
        words.append(witness_in_words(cluster.witness, seen))
    return "; ".join(words)


def witness_in_words(witness: Witness, seen: Situation) -> str:
    what = {
        WitnessKind.FILE_SHARE: "share",
        WitnessKind.CLOUD: "cloud",
        WitnessKind.DISK: "disk",
    }[witness.kind]
    said = f"{what} down"
    if seen.witness_up:
        said = f"{what} held by {seen.holder}" if seen.holder else f"{what} free"
    else:
        assert seen.holder is None
    if seen.witness_paths != frozenset(witness.reached_by):
        said += f", reached by {listed(seen.witness_paths)}"
    return said if seen.witness_current else f"{said}, outdated"


def braces(names: frozenset[str]) -> str:
    return "{" + ",".join(sorted(names)) + "}"


def listed(names: frozenset[str]) -> str:
    return ",".join(sorted(names)) or "nobody"

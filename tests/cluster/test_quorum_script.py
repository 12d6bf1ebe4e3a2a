"""The quorum rules as a script: testdata/quorum.txt.

Every answer is also counted on fingers; a disagreement prints itself into the answer.
"""

import pathlib

import finger_counting

from quorate.cluster import QUORUM_RULES, Hold, Node, QuorumRule, Vote
from scripted import Command, check_script

SCRIPT = pathlib.Path(__file__).parent / "testdata" / "quorum.txt"
RULES = {rule.mode: rule for rule in QUORUM_RULES}
HOLDS = {"held": Hold.HELD, "not-held": Hold.NOT_HELD, "undecided": Hold.UNDECIDED}


def test_quorum_rules_answer_as_the_script_says(rewrite: bool) -> None:
    check_script(SCRIPT, answer, rewrite)


def answer(command: Command) -> str:
    rule = RULES[command["mode"]]
    if command.name == "votes":
        return votes(rule, command)
    assert command.name == "tolerates"
    return tolerates(rule, int(command["nodes"]))


def votes(rule: QuorumRule, command: Command) -> str:
    nodes = [configured(word) for word in command.words("nodes")]
    up = command.words("up")
    hold = HOLDS[command.arguments.get("witness", "undecided")]
    table = rule.table(nodes)
    outcome = table.has_quorum(up, hold)
    least, most = table.tally(up, hold is Hold.HELD), table.tally(up, hold is not Hold.NOT_HELD)
    tally = f"{least}" if least == most else f"{least} or {most}"
    said = f"{outcome.value} {tally} of {table.total}, needs {table.needed}"
    fingers = finger_counting.vote(rule, nodes, up, hold)
    return said if fingers is outcome else f"{said}\nbut fingers say {fingers.value}"


def tolerates(rule: QuorumRule, count: int) -> str:
    nodes = [Node(f"N{i}") for i in range(count)]
    words = [f"{words} {tolerated(rule, nodes, hold)}" for words, hold in HELD_AND_LOST.items()]
    return ", ".join(words)


HELD_AND_LOST = {"witness held:": Hold.HELD, "witness lost:": Hold.NOT_HELD}


def tolerated(rule: QuorumRule, nodes: list[Node], hold: Hold) -> str:
    table = rule.table(nodes)
    names = [node.name for node in nodes]
    if table.has_quorum(names, hold) is not Vote.WON:
        return "not even all nodes have quorum"
    down = 0
    while table.has_quorum(names[down + 1 :], hold) is Vote.WON:
        down += 1
    return f"{down} of {len(nodes)} nodes"


def configured(word: str) -> Node:
    name, _, votes = word.partition(":")
    return Node(name, int(votes or "1"))

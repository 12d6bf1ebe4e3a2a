"""The failure tolerance that Microsoft's documentation publishes, held against rule Q1.

The prose and its sources are collected in wsfc.md 1.2. Where it is right, the formula is tested for
every size up to 64; where it is wrong, the test pins what rule Q1 says.
"""

import math

import pytest

from quorate.cluster import (
    QUORUM_RULES,
    DiskOnly,
    Hold,
    Node,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
    Vote,
)

WITNESS_MODES = (NodeAndDiskMajority(), NodeAndFileShareMajority())
with_a_witness = pytest.mark.parametrize("rule", WITNESS_MODES, ids=lambda rule: rule.mode)


def tolerated(rule: QuorumRule, count: int, hold: Hold) -> int:
    """The most nodes of `count` whose loss leaves quorum; -1 if all of them have none."""
    nodes = [Node(f"N{i}") for i in range(count)]
    table = rule.table(nodes)
    return max(
        (
            down
            for down in range(count)
            if table.has_quorum([node.name for node in nodes[down:]], hold) is Vote.WON
        ),
        default=-1,
    )


@pytest.mark.parametrize("count", range(1, 65))
def test_node_majority_tolerates_half_rounded_up_less_one(count):
    """wsfc.md 1.2: "ceil(n/2)-1 node failures (7 nodes -> 3)", for every n."""
    assert tolerated(NodeMajority(), count, Hold.NOT_HELD) == math.ceil(count / 2) - 1


@with_a_witness
@pytest.mark.parametrize("count", range(2, 65, 2))
def test_an_even_number_of_nodes_tolerates_half_with_its_witness(rule, count):
    """wsfc.md 1.2: "ceil(n/2) with the witness online" (6 nodes -> 3), right for even n."""
    assert tolerated(rule, count, Hold.HELD) == math.ceil(count / 2)


@with_a_witness
@pytest.mark.parametrize("count", range(2, 65, 2))
def test_an_even_number_of_nodes_tolerates_one_less_without_its_witness(rule, count):
    """wsfc.md 1.2: "ceil(n/2)-1 with it lost" (6 nodes -> 2), right for even n."""
    assert tolerated(rule, count, Hold.NOT_HELD) == math.ceil(count / 2) - 1


@with_a_witness
def test_three_nodes_and_a_witness_tolerate_one_node_and_not_two(rule):
    """The published prose is wrong here. "ceil(n/2) with the witness online" would be 2 of 3 nodes;
    rule Q1 gives T=4, needed 3, so one node and the witness, 2 votes, are exactly half and stop.
    The cluster team's own blog agrees with Q1 (wsfc.md 1.2, the trap)."""
    assert math.ceil(3 / 2) == 2
    assert tolerated(rule, 3, Hold.HELD) == 1


@with_a_witness
def test_three_nodes_that_lost_their_witness_tolerate_no_node_at_all(rule):
    """The published prose is wrong here. "ceil(n/2)-1 with it lost" would be 1 node; rule Q1 needs
    3 of 4 votes, all three nodes (wsfc.md 1.2, the trap)."""
    assert math.ceil(3 / 2) - 1 == 1
    assert tolerated(rule, 3, Hold.NOT_HELD) == 0


@with_a_witness
@pytest.mark.parametrize("count", range(3, 65, 2))
def test_the_published_witness_formulas_are_one_too_high_for_every_odd_number(rule, count):
    """The trap of wsfc.md 1.2 for every odd n: both formulas promise one node too many."""
    assert tolerated(rule, count, Hold.HELD) == math.ceil(count / 2) - 1
    assert tolerated(rule, count, Hold.NOT_HELD) == math.ceil(count / 2) - 2


@with_a_witness
@pytest.mark.parametrize("count", range(3, 65, 2))
def test_a_witness_never_helps_an_odd_number_of_nodes(rule, count):
    """Pitfall P7, and why wsfc.md 1.3 recommends Node Majority for odd n."""
    alone = tolerated(NodeMajority(), count, Hold.NOT_HELD)
    assert tolerated(rule, count, Hold.HELD) == alone
    assert tolerated(rule, count, Hold.NOT_HELD) == alone - 1


def test_two_nodes_that_vote_alone_tolerate_nothing():
    """wsfc.md 1.2: "need 2 of 2, any single loss stops the cluster"; pitfall P4."""
    assert tolerated(NodeMajority(), 2, Hold.NOT_HELD) == 0


@pytest.mark.parametrize("count", [1, 2, 3, 4, 16, 64])
def test_disk_only_tolerates_all_nodes_but_one_and_no_loss_of_the_disk(count):
    """Rule Q3, wsfc.md 1.1: "survives loss of all nodes but one while the disk is online; dies with
    the disk"."""
    assert tolerated(DiskOnly(), count, Hold.HELD) == count - 1
    assert tolerated(DiskOnly(), count, Hold.NOT_HELD) == -1


@pytest.mark.parametrize(
    ("mode", "total", "needed"),
    [
        ("node-majority", lambda n: n, lambda n: n // 2 + 1),
        ("node-and-disk-majority", lambda n: n + 1, lambda n: (n + 1) // 2 + 1),
        ("node-and-file-share-majority", lambda n: n + 1, lambda n: (n + 1) // 2 + 1),
        ("node-and-cloud-majority", lambda n: n + 1, lambda n: (n + 1) // 2 + 1),
        ("disk-only", lambda _: 1, lambda _: 1),
    ],
)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 16, 63, 64])
def test_totals_and_needed_votes_are_those_of_the_table_of_modes(mode, total, needed, count):
    """The table of wsfc.md 1.1, column by column."""
    rule = next(rule for rule in QUORUM_RULES if rule.mode == mode)
    table = rule.table([Node(f"N{i}") for i in range(count)])
    assert (table.total, table.needed) == (total(count), needed(count))

"""Laws of the quorum rules, against a twin that counts on its fingers."""

import finger_counting
from hypothesis import given
from hypothesis import strategies as st

from quorate.cluster import QUORUM_RULES, Hold, Node, Vote

rules = st.sampled_from(QUORUM_RULES)
nodes = st.lists(st.integers(0, 4), min_size=1, max_size=9).map(
    lambda votes: [Node(f"N{i}", number) for i, number in enumerate(votes)]
)


@st.composite
def rules_nodes_and_sides(draw: st.DrawFn) -> tuple[object, list[Node], list[str], list[str]]:
    """A rule, nodes, and a split of some of them in two sides."""
    rule, members = draw(rules), draw(nodes)
    sides = draw(st.lists(st.integers(0, 2), min_size=len(members), max_size=len(members)))
    left = [node.name for node, side in zip(members, sides, strict=True) if side == 1]
    right = [node.name for node, side in zip(members, sides, strict=True) if side == 2]
    return rule, members, left, right


@given(rules_nodes_and_sides(), st.sampled_from(Hold))
def test_a_vote_is_what_counting_on_fingers_says(drawn, hold):
    rule, members, side, _ = drawn
    assert rule.table(members).has_quorum(side, hold) is finger_counting.vote(
        rule, members, side, hold
    )


@given(rules_nodes_and_sides(), st.booleans())
def test_a_tally_and_the_total_are_what_counting_on_fingers_says(drawn, holds):
    rule, members, side, _ = drawn
    table = rule.table(members)
    assert (table.tally(side, holds), table.total) == finger_counting.counted(
        rule, members, side, holds
    )


@given(rules_nodes_and_sides(), st.sampled_from(["left", "right", "nobody"]))
def test_two_sides_never_win_when_only_one_can_hold_the_witness(drawn, holder):
    rule, members, left, right = drawn
    table = rule.table(members)
    outcomes = [
        table.has_quorum(side, Hold.HELD if holder == name else Hold.NOT_HELD)
        for name, side in (("left", left), ("right", right))
    ]
    assert outcomes != [Vote.WON, Vote.WON]


@given(rules_nodes_and_sides(), st.sampled_from(Hold))
def test_a_side_that_won_still_wins_with_more_nodes(drawn, hold):
    rule, members, left, right = drawn
    table = rule.table(members)
    if table.has_quorum(left, hold) is Vote.WON:
        assert table.has_quorum(left + right, hold) is Vote.WON


@given(rules_nodes_and_sides())
def test_pending_means_that_the_witness_decides(drawn):
    rule, members, side, _ = drawn
    table = rule.table(members)
    pending = table.has_quorum(side) is Vote.PENDING
    held, missed = table.has_quorum(side, Hold.HELD), table.has_quorum(side, Hold.NOT_HELD)
    assert pending == (held is Vote.WON and missed is Vote.LOST)

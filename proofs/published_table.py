"""What a cluster survives, as Microsoft publishes it: one node failure, then another, or two at
once, for two to seven nodes, with and without a witness.

Each Yes is proved, each No is proved to stop whoever crashes, and each 50-50 is refuted both ways,
with a run that goes well and one that does not. The rows of five and more are one row there.
"""

from collections.abc import Iterator
from dataclasses import replace

from quorate.cluster import (
    Cluster,
    Node,
    NodeAndFileShareMajority,
    NodeMajority,
    WindowsVersion,
    Witness,
    WitnessKind,
)
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows.membership.crashes import stops_after, survives_at_once, survives_in_a_row

TABLE = """
nodes  witness  one    then-another  two-at-once
2      no       50-50  No            No
2      yes      Yes    No            No
3      no       Yes    50-50         No
3      yes      Yes    Yes           No
4      no       Yes    Yes           50-50
4      yes      Yes    Yes           Yes
5      no       Yes    Yes           Yes
5      yes      Yes    Yes           Yes
6      no       Yes    Yes           Yes
6      yes      Yes    Yes           Yes
7      no       Yes    Yes           Yes
7      yes      Yes    Yes           Yes
"""


def cluster(nodes: int, *, witness: bool) -> Cluster:
    """So many nodes of Windows Server 2019, with a file share witness or none."""
    members = tuple(Node(f"N{number}") for number in range(1, nodes + 1))
    name = f"{nodes} nodes {'and a witness' if witness else 'alone'}"
    plain = Cluster(name, members, NodeMajority(), version=WindowsVersion.WINDOWS_2019)
    if not witness:
        return plain
    share = Witness("share", WitnessKind.FILE_SHARE, plain.node_names)
    return replace(plain, rule=NodeAndFileShareMajority(), witness=share)


def cells() -> Iterator[tuple[Claim, str]]:
    """Each cell of the table: the claim that the cluster survives, and what is published."""
    for row in TABLE.strip().splitlines()[1:]:
        nodes, witness, one, then_another, at_once = row.split()
        of = cluster(int(nodes), witness=witness == "yes")
        yield survives_in_a_row(of, 1), one
        yield survives_in_a_row(of, 2), then_another
        yield survives_at_once(of, 2), at_once


def claims(claim: Claim, published: str) -> Iterator[Claim]:
    """What shows that a cell is right."""
    refuted = replace(claim, expectation=Expectation.REFUTED)
    match published:
        case "Yes":
            yield claim
        case "No":
            yield refuted
            yield stops_after(claim)
        case "50-50":
            yield refuted
            yield replace(stops_after(claim), expectation=Expectation.REFUTED)


CLAIMS = tuple(claim for cell in cells() for claim in claims(*cell))

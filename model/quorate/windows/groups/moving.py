"""What the cluster does by itself with a whole group (rules G3 to G6, F1 to F3)."""

from collections.abc import Iterator

from quorate.system import Action
from quorate.windows.groups.failback import begin_failback
from quorate.windows.groups.failover import begin_failover, failover_period_passes
from quorate.windows.groups.migration import switch
from quorate.windows.groups.placed_group import PlacedGroup
from quorate.windows.groups.transfer import take_over, transfer


def moving_actions(placed: PlacedGroup) -> Iterator[Action]:
    group = placed.group
    yield begin_failover(placed)
    yield transfer(placed)
    yield take_over(placed)
    if group.returned is not None:
        yield begin_failback(placed, group.returned)
    if group.moves_live:
        yield switch(placed)
    yield failover_period_passes(group)

"""What happens to the nodes and the shared volumes that groups are run on."""

from collections.abc import Iterator

from quorate.system import Action
from quorate.windows.groups.losses import crash, cut_off, fence, notice, outage
from quorate.windows.groups.returns import form, return_of_node
from quorate.windows.groups.state import GroupsState
from quorate.windows.groups.volumes import volume_failure, volume_return


def host_actions(state: GroupsState) -> Iterator[Action]:
    yield crash(state)
    yield outage(state)
    if state.stale_variable is not None:
        yield cut_off(state)
        yield notice(state, state.stale_variable)
        if state.cluster.fencing:
            yield fence(state, state.stale_variable)
    yield return_of_node(state)
    yield form(state)
    if state.volumes is not None:
        yield volume_failure(state, state.volumes)
        yield volume_return(state.volumes)

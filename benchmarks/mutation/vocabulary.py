"""What the variables of the models are called where mutants are told: without the names of groups,
nodes and numbers, so that what is the same rule on two clusters has the same words."""

from collections.abc import Iterable
from typing import assert_never

from quorate.changes.parts_in_words import Vocabulary
from quorate.system import Action, Variable
from quorate.windows.groups.group_state import GroupState
from quorate.windows.groups.model import Groups
from quorate.windows.groups.state import GroupsState
from quorate.windows.membership import Membership
from quorate.windows.membership.state import MembershipState


def vocabulary(model: Membership | Groups) -> Vocabulary:
    match model:
        case Membership():
            return _of_membership(model.state)
        case Groups():
            return _of_groups(model.state)
        case _:
            assert_never(model)


def _of_membership(state: MembershipState) -> Vocabulary:
    """Where the operator may force quorum, most rules read which islands are forced."""
    words = {
        **_all_called("reach", state.reach_variables),
        **_all_called("island", state.island_variables),
        **_all_called("forced", state.forced_marks.variables if state.forced_marks else ()),
    }
    return Vocabulary(
        lambda _, name: words.get(name, name),
        summed_up=_all_called("witness", state.witness.variables if state.witness else ()),
        unsaid=frozenset({"forced"}),
    )


def _of_groups(state: GroupsState) -> Vocabulary:
    """Where the operator may pause nodes, most rules read which are paused."""
    own = {group.key: _own_words(group) for group in state.groups}

    def called(action: Action, name: str) -> str:
        for key, words in own.items():
            if name in words:
                return words[name] if action.about in {"", key} else "other groups"
        return name

    return Vocabulary(called, unsaid=frozenset({"paused"}))


def _own_words(group: GroupState) -> dict[str, str]:
    return {
        **{v.name: v.name.removeprefix(f"{group.key}.") for v in group.variables},
        **_all_called("failures", group.failures_variables),
        **_all_called("stale_activity", group.stale_activity_variables),
    }


def _all_called(word: str, variables: Iterable[Variable]) -> dict[str, str]:
    return {variable.name: word for variable in variables}

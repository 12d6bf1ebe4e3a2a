"""The sentences of what an answer depends on that the file did not say."""

from typing import assert_never

from quorate.drawing.grammar import agreeing
from quorate.windows.groups.reasons.caveats import Caveat, Unsaid
from quorate.windows.groups.words.group_names import GroupNames


def caveat_in_words(names: GroupNames, caveat: Caveat) -> str:
    match caveat.unsaid:
        case Unsaid.DATA:
            groups = agreeing(caveat.names, "group", "groups")
            keep = agreeing(caveat.names, "keeps its", "keep their")
            listed = names.groups_listed(caveat.names)
            return (
                f"the file does not say where {groups} {listed} {keep} data: nothing in it is a "
                "disk that one node reserves, and it is not called stateless."
            )
        case Unsaid.CLIENTS:
            nodes = names.listed(frozenset(caveat.names))
            return (
                f"the file does not say whether clients still reach {nodes}; what runs there goes "
                "on in any case."
            )
        case _:
            assert_never(caveat.unsaid)

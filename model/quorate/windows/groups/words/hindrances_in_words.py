"""The sentences of why nothing more happens to a group."""

from typing import assert_never

from quorate.drawing.grammar import agreeing
from quorate.windows.groups.reasons.hindrances import Hindrance, Keeps
from quorate.windows.groups.words.group_names import GroupNames


def hindrance_in_words(names: GroupNames, hindrance: Hindrance) -> str:
    group = f"group {names.group(hindrance.group)}"
    match hindrance.keeps:
        case Keeps.NO_CLUSTER:
            return f"No node runs the cluster, so nobody takes over {group}."
        case Keeps.NO_POSSIBLE_OWNER:
            return f"No other node that is there may own {group}."
        case Keeps.RIVALS:
            return f"Each node that could take {group} has one that it must not be beside."
        case Keeps.NOT_RESTARTED:
            is_none = agreeing(hindrance.names, "its restart is", "their restart is")
            things = names.things_listed(hindrance.names)
            return f"Nothing restarts {things}: {is_none} 'none'."
        case Keeps.NO_FAILOVER:
            only = agreeing(hindrance.names, "is", "are")
            things = names.things_listed(hindrance.names)
            return f"{things} {only} only restarted in place, and never moves {group}."
        case Keeps.NEVER_FAILS_OVER:
            return f"The failover threshold of {group} is 0."
        case Keeps.WAITS:
            first = names.groups_listed(hindrance.names)
            which = agreeing(hindrance.names, "which is", "which are")
            return f"G{group[1:]} waits to start after {first}, {which} not online."
        case _:
            assert_never(hindrance.keeps)

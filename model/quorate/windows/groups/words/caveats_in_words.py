"""The sentences of what an answer depends on that the file did not say, and of what would have
prevented it."""

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
        case Unsaid.THRESHOLD:
            groups = agreeing(caveat.names, "group", "groups")
            fails = agreeing(caveat.names, "fails", "fail")
            listed = names.groups_listed(caveat.names)
            return (
                f"the file does not say how often {groups} {listed} {fails} over in one period; "
                "here it is once less than there are nodes available, and it may be once less than "
                "there are nodes (failover_threshold)."
            )
        case Unsaid.CLIENTS:
            nodes = names.listed(frozenset(caveat.names))
            return (
                f"the file does not say whether clients still reach {nodes}; what runs there goes "
                "on in any case."
            )
        case Unsaid.CLOSING:
            return _closing(names, caveat)
        case Unsaid.ANSWERING:
            nodes = names.listed(frozenset(caveat.names))
            things = names.things_listed(caveat.resources)
            answer = agreeing(caveat.resources, "answers", "answer")
            notice = agreeing(caveat.names, "notices", "notice")
            return (
                f"until {nodes} {notice}, {things} {answer} twice, and who asks gets the one or "
                "the other; the reservation of a disk does not cover an address or a name that "
                "does not depend on the disk."
            )
        case _:
            assert_never(caveat.unsaid)


def _closing(names: GroupNames, caveat: Caveat) -> str:
    """What keeps a second node from starting what the first one still runs."""
    nodes = names.listed(frozenset(caveat.names))
    off = agreeing(caveat.names, "is off", "are off")
    ways = [f"fencing, so that nobody takes over before {nodes} {off}"]
    if caveat.resources:
        things = names.things_listed(caveat.resources)
        needs = agreeing(caveat.resources, "depends", "depend")
        ways.append(f"the reservation of a disk that {things} {needs} on")
    ways.append(f"votes that are no majority without {nodes}, so that nobody goes on alone")
    return f"this window is closed by {'; by '.join(ways[:-1])}; or by {ways[-1]}."

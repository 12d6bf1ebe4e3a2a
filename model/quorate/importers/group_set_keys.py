"""The keys of sets of groups."""

from quorate.cluster import MOST_STARTED, GroupSet, StartupTrigger
from quorate.importers.key import Key, Shape

GROUP_SET_KEYS = (
    Key(
        "group_sets",
        Shape.TABLES,
        "Groups that start after others (Get-ClusterGroupSet, from 2016 on).",
        "[[group_sets]]",
        otherwise="groups start in any order",
    ),
    Key(
        "group_sets[].name",
        Shape.TEXT,
        "What starts_after of other sets calls it.",
        'name = "Directory"',
        required=True,
    ),
    Key(
        "group_sets[].groups",
        Shape.TEXTS,
        "The groups in the set.",
        'groups = ["DC01", "DC02"]',
        required=True,
        least=1,
    ),
    Key(
        "group_sets[].starts_after",
        Shape.TEXTS,
        "The sets that it starts after (Add-ClusterGroupSetDependency).",
        'starts_after = ["Directory"]',
        otherwise="none",
    ),
    Key(
        "group_sets[].trigger",
        Shape.TEXT,
        "What lets the others start: some time, or that its groups are online "
        "(StartupDelayTrigger).",
        'trigger = "online"',
        default=GroupSet.trigger.value,
        choices=tuple(trigger.value for trigger in StartupTrigger),
    ),
    Key(
        "group_sets[].count",
        Shape.NUMBER,
        "How many of its groups are enough, 0 for more than half (StartupCount).",
        "count = 1",
        otherwise="all of them",
        unit="groups",
        most=MOST_STARTED,
    ),
    Key(
        "group_sets[].global",
        Shape.BOOLEAN,
        "Whether it starts before all sets that are not global (IsGlobal).",
        "global = false",
        default=GroupSet.is_global,
    ),
)

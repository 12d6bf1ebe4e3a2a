"""Pages of the catalogue about what a cluster counts and remembers."""

from quorate.windows.groups import (
    failover_properties,
    memory_properties,
    premises,
)
from quorate.windows.groups.assumptions import Detection
from quorate.windows.groups.pages import Page
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation

_RETURNS = (Verb.OUTAGE, Verb.FORM, Verb.MOVE, Verb.TRANSFER, Verb.OUTAGE, Verb.FORM)

FAILURES_COUNTED = Page(
    "failures-counted",
    "a failure in {group} counts once, for the resource that failed, until a restart period "
    "passes, the group moves, or the operator brings the resource online, or one that needs it",
    "a count that is wrong moves a group that could stay, or keeps one that should go",
    "a failure in {group} is counted wrongly, or forgotten",
    memory_properties.failures_counted,
    premises.something_failed,
    "R6: failures within one period (MSCS, RestartThreshold)",
    path=(Verb.FAIL,),
    deepest=8,
    shown=Violation.COUNTED_WRONGLY,
)
FAILOVER_HAPPENS = Page(
    "failover-happens",
    "once a resource of {group} failed more often than it is restarted in place, the group sets "
    "out for another node within this period, if a failover is left in it and a node is free",
    "a group that stays where it cannot run is an outage that the cluster was bought to prevent",
    "{group} stays where a resource failed too often, although it could fail over",
    failover_properties.failover_happens,
    failover_properties.due,
    "R6, G3: failover after restarts, up to the threshold (MSCS, FailoverThreshold)",
    shown=Violation.NOT_FAILED_OVER,
)
FAILBACK_CAUSE = Page(
    "failback-needs-cause",
    "{group} goes back only if a preferred owner became available since it last went back",
    "a failback is an outage, and is taken only for a node that has just come back",
    "{group} is called home by nobody who may call it",
    memory_properties.failback_needs_cause,
    premises.may_go_back,
    "F3: failback when a preferred owner becomes active (MSCS, failback)",
    path=_RETURNS,
    deepest=8,
    shown=Violation.CALLED_WRONGLY,
)
PAUSE_LASTS = Page(
    "pause-lasts",
    "a node that was paused stays so and takes no groups, such as {group}, through crashes and "
    "outages, until the operator resumes it",
    "who pauses a node to repair it restarts it several times before it is fit for load",
    "a node is not paused any more, and nobody has resumed it",
    memory_properties.pause_lasts,
    premises.a_paused_node_is_lost,
    "M6: a pause is persistent across reboots (MS-CMRP, ApiPauseNode)",
    path=(Verb.PAUSE, Verb.CRASH),
    deepest=8,
    shown=Violation.PAUSE_FORGOTTEN,
)
COMMANDS = Page(
    "commands-remembered",
    "of each resource of {group} the operator's last command is remembered, whatever else happens, "
    "and a command to one reaches no others but those that it needs or that need it",
    "what was taken offline to be repaired must not start by itself, and all else must",
    "a resource of {group} is wanted, or is not, against the operator's last command",
    memory_properties.commands_remembered,
    premises.something_unwanted,
    "R1, G2: providers first, and the persistent state (MS-CMRP, ApiOnlineResource and "
    "ApiOfflineResource)",
    path=(Verb.TAKE_OFFLINE,),
    deepest=8,
    shown=Violation.COMMAND_FORGOTTEN,
)
SAVED = Page(
    "saved-is-restored",
    "what a virtual machine of {group} had in memory when it was saved is kept until the machine "
    "comes online, and given back to it then",
    "a machine that is saved and loses what was saved is one that was switched off",
    "what a virtual machine of {group} had saved is gone, or was never saved",
    memory_properties.saved_is_restored,
    premises.is_saved,
    "V1: saved, moved, restored",
    path=(Verb.MOVE, Verb.STOP, Verb.GO_OFFLINE),
    deepest=10,
    shown=Violation.SAVED_LOST,
)
STALE_REMEMBERED = Page(
    "stale-remembered",
    "what of {group} is active on a node that is cut off is taken to be active there until the "
    "node notices or is switched off",
    "what is forgotten there is started elsewhere a second time",
    "something of {group} is active on a node that was cut off, and that is forgotten",
    memory_properties.stale_remembered,
    premises.goes_on_unaware,
    "M3, wsfc.md 6: reservations, and the window between start and stop",
    path=(Verb.CUT_OFF,),
    deepest=8,
    detection=Detection.EVENTUAL,
    shown=Violation.STALE_FORGOTTEN,
)

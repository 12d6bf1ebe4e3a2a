"""What is claimed of what only one node may have: the pages of the catalogue that are asked of a
cluster in which a node that was cut off goes on until it notices."""

from dataclasses import replace

from quorate.inquiry.claim import Expectation
from quorate.windows.groups import premises, properties
from quorate.windows.groups.assumptions import Detection
from quorate.windows.groups.pages import Page
from quorate.windows.groups.verbs import Verb
from quorate.windows.groups.violations import Violation

_WINDOW = "M3, wsfc.md 6: reservations, and the window between start and stop"
_CLIENTS = "wsfc.md 6, 8: the window between start and stop; names and addresses"
_UNNOTICED = ", not even while a node that was cut off has not noticed"
_AT_ONCE = ", where a node that is lost stops at once"


def noticed_at_once(page: Page) -> Page:
    """The claim where a lost node stops in the same step: what it is without the window that only
    a reservation, fencing or nodes that need each other close."""
    return replace(
        page,
        name=f"{page.name}-if-noticed-at-once",
        sentence=page.sentence.removesuffix(_UNNOTICED) + _AT_ONCE,
        make_premise=premises.owned_by_another,
        path=(Verb.CRASH, Verb.TAKE_OVER, Verb.START),
        expectation=Expectation.HOLDS,
        detection=Detection.INSTANT,
        shown_by=(),
        assuming="a node that is lost stops at once",
    )


RUNS_ONCE = Page(
    "vm-runs-once",
    "no virtual machine of {group} is active on two nodes" + _UNNOTICED,
    "a machine that runs twice destroys its disks",
    "a virtual machine of {group} is active on two nodes",
    properties.vm_runs_once,
    premises.machine_goes_on_unaware,
    _WINDOW,
    path=(Verb.CUT_OFF,),
    deepest=16,
    detection=Detection.EVENTUAL,
    shown=Violation.MACHINE_TWICE,
)
DUAL_ACTIVITY = Page(
    "no-dual-activity",
    "nothing of {group} that keeps data is active on two nodes" + _UNNOTICED,
    "between the start on one side and the stop on the other only a reservation or fencing helps",
    "something of {group} that keeps data is active on two nodes",
    properties.no_dual_activity,
    premises.goes_on_unaware,
    _WINDOW,
    path=(Verb.CUT_OFF,),
    deepest=16,
    detection=Detection.EVENTUAL,
    shown_by=(RUNS_ONCE.name,),
    shown=Violation.DATA_TWICE,
)
ONE_ANSWERS = Page(
    "one-answers",
    "no address and no network name of {group} is active on two nodes" + _UNNOTICED,
    "clients that reach two nodes by one name see two truths",
    "two nodes answer under an address or a network name of {group}",
    properties.one_answers,
    premises.answers_unaware,
    _CLIENTS,
    path=(Verb.CUT_OFF,),
    expectation=Expectation.OPEN,
    detection=Detection.EVENTUAL,
    shown=Violation.ANSWERS_TWICE,
)
FROM_OWNER = Page(
    "answers-from-owner",
    "no node but its owner answers under an address or a network name of {group}" + _UNNOTICED,
    "an answer from a node that does not own the group is an answer from the past",
    "a node answers under an address or a network name of {group} and does not own it",
    properties.answers_from_owner,
    premises.answers_unaware,
    _CLIENTS,
    path=(Verb.CUT_OFF,),
    expectation=Expectation.OPEN,
    detection=Detection.EVENTUAL,
    shown_by=(ONE_ANSWERS.name,),
    shown=Violation.ANSWERS_ELSEWHERE,
)
ONE_OWNER = Page(
    "one-owner",
    "nothing of {group}, its addresses and names included, is active on two nodes" + _UNNOTICED,
    "two nodes that run the same resource write to the same data, or answer under the same address",
    "something of {group} is active on two nodes",
    properties.one_owner,
    premises.goes_on_unaware,
    _WINDOW,
    path=(Verb.CUT_OFF,),
    expectation=Expectation.OPEN,
    detection=Detection.EVENTUAL,
    shown_by=(DUAL_ACTIVITY.name, RUNS_ONCE.name, ONE_ANSWERS.name),
    shown=Violation.TWICE,
)

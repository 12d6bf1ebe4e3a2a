"""Every claim bites: with a rule broken on purpose it is refuted.

A tooth says something of the rules and of the claim, not of a cluster, so each is tried on a small
cluster on which the broken rule has a consequence, and on that alone. A claim without a tooth would
prove nothing.
"""

from dataclasses import replace
from pathlib import Path

from quorate.importers import read_cluster
from quorate.inquiry.claim import Claim, Expectation
from quorate.windows import groups, membership
from quorate.windows.catalogue import claims_about

M, G = membership.Deviation, groups.Deviation

TEETH = (
    # claim, cluster on which it is tried, rules that are broken one at a time
    ("no-split-brain", "two-nodes", M.HALF_IS_ENOUGH, M.VOTES_OF_THE_LIVING, M.RUNS_WITHOUT_QUORUM),
    ("no-split-brain", "two-nodes-share", M.WITNESS_COUNTS_TWICE),
    ("no-split-brain", "two-nodes-disk", M.WITNESS_COUNTS_TWICE),
    ("no-split-brain", "three-nodes", M.COUNTS_NEIGHBOURS),
    ("no-minority-rule", "two-nodes", M.RUNS_WITHOUT_QUORUM, M.HALF_IS_ENOUGH),
    ("no-partition-in-time", "three-nodes", M.COMMITS_WITHOUT_MAJORITY),
    ("no-partition-in-time", "two-nodes-share", M.SHARE_TAG_IGNORED),
    ("no-partition-in-time", "two-nodes-disk", M.DISK_COPY_IGNORED),
    ("commits-build-on-latest", "three-nodes", M.COMMITS_WITHOUT_MAJORITY),
    ("commits-build-on-latest", "two-nodes-share", M.SHARE_TAG_IGNORED),
    ("no-partition-in-time", "small/three-nodes-2012-r2", M.ADJUSTS_BY_A_MINORITY),
    ("commits-build-on-latest", "small/three-nodes-2012-r2", M.ADJUSTS_TO_A_MINORITY),
    ("joiner-is-current", "three-nodes", M.JOINER_KEEPS_REPLICA),
    ("changes-are-given", "two-nodes-share", M.FORMS_AS_NEWEST),
    ("faults-take-effect", "three-nodes", M.CRASHES_IN_PASSING),
    ("witness-remembers", "two-nodes-disk", M.WITNESS_NOT_WRITTEN),
    ("force-outranks", "three-nodes", M.FORCED_OUTRANKS_NOBODY),
    ("members-connected", "three-nodes", M.JOINS_STRANGERS),
    ("force-ends", "two-nodes", M.FORCED_FOR_EVER),
    ("force-ends", "two-nodes-share", M.FORCED_FOR_EVER),
    ("force-ends", "small/three-nodes-2012-r2", M.FORCED_FOR_EVER),
    ("forced-side-wins", "small/three-nodes-2012-r2", M.PREVENTED_FORM),
    ("overruled-side-gives-way", "small/three-nodes-2012-r2", M.NEVER_GIVES_WAY),
    ("only-with-disk", "disk-only", M.JOINS_WITHOUT_DISK),
    ("planned-stop-keeps-quorum", "three-nodes", M.STOPS_WITHOUT_ASKING),
    (
        "tie-is-broken",
        "small/two-sites-2012-r2",
        M.VOTES_OF_THE_LIVING,
        M.RUNS_WITHOUT_QUORUM,
        M.STOPS_ON_ANY_LOSS,
    ),
    ("tie-is-broken", "small/two-sites-2019", M.WITNESS_COUNTS_TWICE),
    ("last-man-stands", "small/two-sites-2019", M.STOPS_ON_ANY_LOSS),
    ("last-man-stands-by-plan", "small/three-nodes-2012-r2", M.STOPS_ON_ANY_LOSS),
    ("witness-is-taken", "two-nodes-share", M.LEAVES_WITNESS),
    ("recovers", "two-nodes", M.DOES_NOT_LISTEN),
    ("all-join", "three-nodes", M.NEVER_JOINS),
    ("survives-crash(1)", "three-nodes", M.STOPS_ON_ANY_LOSS),
    ("survives-isolation(1)", "three-nodes", M.STOPS_ON_ANY_LOSS),
    ("survives-witness(1)", "two-nodes-disk", M.STOPS_ON_ANY_LOSS),
    ("survives-partition(1)", "three-nodes", M.STOPS_ON_ANY_LOSS),
    ("survives-any-two-faults", "four-two-sites-share", M.STOPS_ON_ANY_LOSS),
    ("survives-planned-stop-then-reboot", "five-nodes", M.STOPS_ON_ANY_LOSS),
    ("survives-site(1)", "four-two-sites-third-share", M.STOPS_ON_ANY_LOSS),
    ("acyclic", "web-pair", G.DEPENDS_ON_ITSELF),
    ("online-needs-dependencies", "web-pair", G.STARTS_UNSUPPORTED, G.KEEPS_DEPENDENTS),
    ("offline-in-reverse", "web-pair", G.STOPS_AT_ONCE),
    ("no-lost-write", "file-server", G.STOPS_AT_ONCE),
    ("no-stuck-pending", "web-pair", G.PENDS_FOR_EVER),
    ("right-owner", "small/possible-owners", G.IGNORES_POSSIBLE_OWNERS),
    ("one-owner", "small/fenced-web", G.DOES_NOT_FENCE, G.TRANSFERS_EARLY),
    ("one-owner", "small/address-on-disk", G.NO_RESERVATION),
    ("threshold-respected", "web-pair", G.IGNORES_THRESHOLD),
    ("no-ping-pong", "web-pair", G.FORGETS_FAILOVERS),
    ("completes", "web-pair", G.NEVER_STARTS, G.NEVER_RESTARTS),
    ("comes-back-after-crash", "web-pair", G.LEAVES_LOST, G.NEVER_STARTS),
    ("comes-back-after-failure", "web-pair", G.NEVER_RESTARTS),
    ("not-left-failed", "web-pair", G.ONE_FAILOVER_FEWER),
    ("can-be-drained", "web-pair", G.KEEPS_DRAINED, G.PENDS_FOR_EVER),
    ("starts-in-turn", "small/start-order", G.STARTS_OUT_OF_TURN),
    ("never-together", "hyper-v", G.IGNORES_ANTI_AFFINITY),
    ("never-together", "small/kept-apart", G.STARTS_BESIDE),
    ("failback-happens", "failback-at-night", G.NO_FAILBACK),
    ("failover-needs-cause", "web-pair", G.FAILS_OVER_AT_ONCE),
    ("restarts-limited", "web-pair", G.RESTARTS_FOR_EVER),
    ("paused-takes-nothing", "web-pair", G.IGNORES_PAUSE),
    ("drain-empties", "web-pair", G.KEEPS_DRAINED),
    ("failback-by-policy", "failback-at-night", G.IGNORES_WINDOW, G.GOES_BACK_TO_ANY),
    ("returns-remembered", "failback-at-night", G.FORGETS_RETURNS),
    ("next-owner", "failback-at-night", G.TAKES_LAST),
    ("moves-arrive", "failback-at-night", G.GOES_ASTRAY),
    ("anti-affinity", "print-server", G.IGNORES_ANTI_AFFINITY),
    ("data-in-reach", "small/stretched-storage", G.IGNORES_POSSIBLE_OWNERS),
    ("vm-runs-once", "hyper-v", G.NO_RESERVATION, G.TRANSFERS_EARLY),
    ("vm-has-disk", "hyper-v", G.DISK_STAYS_BEHIND),
    ("planned-keeps-memory", "small/quick-migration", G.SHUTS_DOWN_MACHINES),
    ("one-answers", "small/fenced-web", G.DOES_NOT_FENCE, G.TRANSFERS_EARLY),
    ("one-answers", "small/address-on-disk", G.NO_RESERVATION),
    ("answers-from-owner", "small/fenced-web", G.DOES_NOT_FENCE, G.TRANSFERS_EARLY),
    ("served-again", "web-pair", G.NEVER_STARTS),
    ("served-again", "sql-two-subnets", G.KEEPS_ADDRESS),
    (
        "failures-counted",
        "web-pair",
        G.COUNTS_FOR_ALL,
        G.START_CLEARS_COUNT,
        G.KEEPS_COUNTS,
    ),
    ("failover-happens", "web-pair", G.ONE_FAILOVER_FEWER),
    ("failback-needs-cause", "small/one-home", G.ANY_RETURN_CALLS),
    ("pause-lasts", "web-pair", G.REBOOT_RESUMES),
    ("commands-remembered", "web-pair", G.FORGETS_COMMANDS, G.BRINGS_ALONE),
    ("saved-is-restored", "small/quick-migration", G.LOSES_SAVED),
    ("stale-remembered", "web-pair", G.FORGETS_PENDING),
    ("no-dual-activity", "file-server", G.NO_RESERVATION),
)


def claim_of(name: str, file: str) -> Claim:
    """The claim of this name about the cluster, or about the first of its groups, which must hold
    there for a tooth to say something."""
    imported = read_cluster(Path(__file__).parent / "clusters" / f"{file}.toml")
    claims = claims_about(imported.cluster, imported.requirements)
    claim = next(claim for claim in claims if claim.name == name)
    return replace(claim, expectation=Expectation.HOLDS)


CLAIMS = tuple(claim_of(name, file).with_teeth(*broken) for name, file, *broken in TEETH)

"""What can never happen to a cluster: its configuration or a claim's assumptions leave it out."""

from typing import assert_never

from quorate.cluster import Cluster, QuorumRules
from quorate.windows.membership.assumptions import Assumptions, CommittedBy
from quorate.windows.membership.verbs import Verb


def lacking_verbs(cluster: Cluster, assumptions: Assumptions) -> frozenset[Verb]:
    """The verbs of which the rules give the model of `cluster` no action."""
    return frozenset(verb for verb in Verb if not _happens(verb, cluster, assumptions))


def _happens(verb: Verb, cluster: Cluster, assumptions: Assumptions) -> bool:
    faults, repairs = assumptions.faults, assumptions.repairs
    network, witness = len(cluster.nodes) > 1, cluster.witness is not None
    match verb:
        case Verb.CRASH:
            return faults.crash != 0
        case Verb.POWER_FAILURE:
            return faults.power != 0
        case Verb.SITE_FAILURE:
            return faults.site != 0 and bool(cluster.sites)
        case Verb.PARTITION:
            return faults.partition != 0 and network
        case Verb.ISOLATION:
            return faults.isolation != 0 and network
        case Verb.LINK_FAILURE:
            return faults.link != 0 and network
        case Verb.WITNESS_FAILURE:
            return faults.witness != 0 and witness
        case Verb.PATH_FAILURE:
            return faults.path != 0 and witness
        case Verb.PLANNED_STOP:
            return assumptions.planned_stop != 0
        case Verb.RESTART:
            return repairs
        case Verb.HEAL:
            return repairs and network
        case Verb.WITNESS_RETURN | Verb.PATH_RETURN:
            return repairs and witness
        case Verb.FORM | Verb.JOIN:
            return assumptions.restarts
        case Verb.TAKE_WITNESS:
            return witness
        case Verb.COMMIT:
            return assumptions.commits
        case Verb.CATCH_UP:
            changes = assumptions.commits or (assumptions.votes_follow and cluster.votes_change)
            return changes and _leaves_members_behind(assumptions.committed_by)
        case Verb.ADJUST_VOTES:
            return assumptions.votes_follow and cluster.votes_change
        case Verb.FORCE:
            return assumptions.force
        case Verb.GIVE_WAY:
            return assumptions.force and is_resilient(cluster)
        case _:
            assert_never(verb)


def _leaves_members_behind(committed_by: CommittedBy) -> bool:
    """Members of an island may run without the change that it committed."""
    match committed_by:
        case CommittedBy.MAJORITY:
            return True
        case CommittedBy.ALL:
            return False
        case _:
            assert_never(committed_by)


def is_resilient(cluster: Cluster) -> bool:
    """The version has the resiliency of forced quorum (rule Q18, 2012 R2)."""
    match cluster.version.rules:
        case QuorumRules.STATIC | QuorumRules.DYNAMIC_NODES:
            return False
        case QuorumRules.DYNAMIC_WITNESS | QuorumRules.SITE_AWARE:
            return True
        case _:
            assert_never(cluster.version.rules)

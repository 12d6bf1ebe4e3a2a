"""What to write into a file of the native format so that its cluster is no longer refused."""

from typing import assert_never

from quorate.cluster import Reason


def native_remedy(reason: Reason) -> str:
    """The advice in words of the format; empty where that of the cluster is as good."""
    match reason:
        case Reason.NO_NODES:
            return "add a [[nodes]] table"
        case Reason.NO_VOTES:
            return "give at least one node votes = 1"
        case Reason.SEVERAL_VOTES:
            return "use 0 or 1, or write version = '2008', or dynamic = false in [quorum]"
        case Reason.EMPTY_SITE:
            return "write site = ... at what stands in it, or take it out of sites"
        case Reason.NO_SITE_DECLARED:
            return "declare it in [[sites]]"
        case Reason.WITNESS_MISSING:
            return "add a [witness] table or write mode = 'node-majority'"
        case Reason.WITNESS_NOT_COUNTED:
            return "remove the [witness] table or choose a mode that counts one"
        case Reason.OTHER_WITNESS_COUNTED:
            return "take the key out or choose the mode that counts this one"
        case Reason.WITNESS_OUT_OF_REACH:
            return "name the nodes with a path to it or leave the key out for all of them"
        case Reason.NO_CLOUD_WITNESS_YET:
            return "write version = '2016' or a newer one, or choose another mode"
        case Reason.NO_GROUP_SETS_YET:
            return "write version = '2016' or a newer one, or take the [[group_sets]] out"
        case Reason.NO_RESOURCES:
            return "add a [[groups.resources]] table"
        case Reason.NO_STORAGE_DECLARED:
            return "name it in volumes at the top of the file, or add a resource with kind = 'disk'"
        case Reason.STORAGE_OUT_OF_REACH:
            return "name the nodes with a path to it or leave the key out for all of them"
        case Reason.OWNER_WITHOUT_PATH:
            return "add it to reached_by, or take it out of possible_owners of the disk"
        case Reason.SUBNET_OF_NO_ADDRESS:
            return "take the key out or write kind = 'ip-address'"
        case Reason.WINDOW_WITHOUT_POLICY:
            return "take the key out or write failback = 'window'"
        case Reason.POLICY_WITHOUT_WINDOW:
            return "add for example failback_window = { start = 22, end = 5 }"
        case Reason.DATA_NOT_ON_SHARED_VOLUMES:
            return "name them in writes_to or use migration = 'quick'"
        case (
            Reason.EMPTY_NAME
            | Reason.NAME_GIVEN_TWICE
            | Reason.TOO_MANY_NODES
            | Reason.VOTES_OUT_OF_RANGE
            | Reason.UNKNOWN_SITE
            | Reason.UNKNOWN_NODE
            | Reason.FAULTS_OUT_OF_RANGE
            | Reason.NO_FAULTS
            | Reason.TOO_MANY_RESOURCES
            | Reason.NAME_TAKEN
            | Reason.BRACKET_IN_NAME
            | Reason.RESTARTS_OUT_OF_RANGE
            | Reason.DEPENDS_ON_ITSELF
            | Reason.DEPENDS_ON_ANOTHER_GROUP
            | Reason.UNKNOWN_RESOURCE
            | Reason.DEPENDS_IN_A_CIRCLE
            | Reason.UNKNOWN_STORAGE
            | Reason.SUBNET_OF_NO_NODE
            | Reason.NO_POSSIBLE_OWNER
            | Reason.FAILOVERS_OUT_OF_RANGE
            | Reason.HOUR_OUT_OF_RANGE
            | Reason.WINDOW_WITHOUT_HOURS
            | Reason.EMPTY_GROUP_SET
            | Reason.UNKNOWN_GROUP
            | Reason.STARTED_OUT_OF_RANGE
            | Reason.STARTS_IN_A_CIRCLE
        ):
            return ""
        case _:
            assert_never(reason)

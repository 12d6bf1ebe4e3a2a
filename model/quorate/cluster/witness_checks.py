"""What a witness cannot mean."""

from collections.abc import Collection, Sequence
from typing import assert_never

from quorate.cluster.elements import Attribute
from quorate.cluster.names import refuse_bad_names, refuse_unknown_nodes, refuse_unknown_site
from quorate.cluster.quorum import (
    DiskOnly,
    NodeAndCloudMajority,
    NodeAndDiskMajority,
    NodeAndFileShareMajority,
    NodeMajority,
    QuorumRule,
)
from quorate.cluster.refusals import Reason, RefusedError, refused
from quorate.cluster.versions import WindowsVersion
from quorate.cluster.witnesses import Witness

_WITNESS = (Attribute.WITNESS,)


def check_witness(
    witness: Witness | None, rule: QuorumRule, nodes: Sequence[str], sites: Collection[str]
) -> None:
    """Raises `RefusedError` for a witness that the rule does not count, or the lack of the one that
    it counts; one without a name, in a site that is not declared, or out of everybody's reach."""
    wanted = rule.witness_kind
    if witness is None:
        if wanted is not None:
            raise refused(
                Reason.WITNESS_MISSING,
                (Attribute.RULE,),
                f"{rule.title} needs a {wanted.title}",
                "add it or choose Node Majority, which counts none",
            )
        return
    if wanted is None:
        raise witness_not_counted(rule)
    if witness.kind is not wanted:
        raise refused(
            Reason.OTHER_WITNESS_COUNTED,
            (*_WITNESS, Attribute.KIND),
            f"{rule.title} counts a {wanted.title}, and this is a {witness.kind.title}",
            "choose the witness that it counts or the mode that counts this one",
        )
    if not witness.name.strip():
        raise refused(
            Reason.EMPTY_NAME,
            (*_WITNESS, Attribute.NAME),
            "the witness has an empty name",
            "everything that is named needs one",
        )
    _check_reach(witness, nodes)
    refuse_unknown_site("the witness", witness.site, (*_WITNESS, Attribute.SITE), sites)


def check_version(rule: QuorumRule, version: WindowsVersion) -> None:
    """Raises `RefusedError` for a mode that the version does not know."""
    match rule:
        case NodeAndCloudMajority() if not version.has_cloud_witness:
            raise refused(
                Reason.NO_CLOUD_WITNESS_YET,
                (Attribute.RULE,),
                f"{version.title} knows no cloud witness, which came with Windows Server 2016",
                "say that the version is 2016 or newer, or choose another witness",
            )
        case (
            NodeMajority()
            | NodeAndDiskMajority()
            | NodeAndFileShareMajority()
            | NodeAndCloudMajority()
            | DiskOnly()
        ):
            return
        case _:
            assert_never(rule)


def witness_not_counted(rule: QuorumRule) -> RefusedError:
    """The error for a witness under a rule that counts none."""
    return refused(
        Reason.WITNESS_NOT_COUNTED,
        _WITNESS,
        f"{rule.title} counts no witness",
        "remove the witness or choose a mode that counts one",
    )


def _check_reach(witness: Witness, nodes: Sequence[str]) -> None:
    refuse_bad_names(witness.reached_by, Attribute.REACHED_BY, _WITNESS)
    refuse_unknown_nodes(witness.reached_by, Attribute.REACHED_BY, _WITNESS, nodes)
    if not witness.reached_by:
        raise refused(
            Reason.WITNESS_OUT_OF_REACH,
            (*_WITNESS, Attribute.REACHED_BY),
            "no node reaches the witness, so its vote can never count",
            "name the nodes with a path to it",
        )

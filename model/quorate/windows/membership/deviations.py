"""The ways to get the rules wrong, in words. What each does to the model is in `broken.py`."""

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quorate.windows.membership.model import Membership


class Deviation(enum.Enum):
    """One rule that is broken on purpose. A claim's broken twin has one; the real rules have
    none."""

    HALF_IS_ENOUGH = "half of the votes is enough"
    VOTES_OF_THE_LIVING = "only the votes of nodes that are there are counted in the total"
    WITNESS_COUNTS_TWICE = "the witness votes for every island that sees it"
    RUNS_WITHOUT_QUORUM = "an island that loses quorum keeps running"
    COUNTS_NEIGHBOURS = "a node counts whoever it reaches, members of its island or not"
    SHARE_TAG_IGNORED = "the file share's tag is ignored when a cluster forms"
    DISK_COPY_IGNORED = "the disk's copy of the configuration is ignored when a cluster forms"
    COMMITS_WITHOUT_MAJORITY = "a change is committed although no majority has accepted it"
    ADJUSTS_BY_A_MINORITY = "votes change although no majority of those before has accepted it"
    ADJUSTS_TO_A_MINORITY = "votes change although who accepted it has no majority of the new ones"
    JOINER_KEEPS_REPLICA = "a joining node keeps its own replica"
    STOPS_ON_ANY_LOSS = "an island stops whenever it loses a member or the witness"
    JOINS_STRANGERS = "a node joins an island although it does not reach every member"
    JOINS_WITHOUT_DISK = "a node without contact with the disk joins or forms a cluster"
    STOPS_WITHOUT_ASKING = "a node is stopped by plan although the others lose their quorum"
    LEAVES_WITNESS = "a witness that nobody holds is left alone"
    FORCED_FOR_EVER = "an island that was started by force needs no majority ever after"
    CRASHES_IN_PASSING = "a node that crashes listens again at once"
    WITNESS_NOT_WRITTEN = "who takes the witness writes nothing to it"
    FORMS_AS_NEWEST = "nodes that form take what they have for the newest configuration"
    FORCED_OUTRANKS_NOBODY = "a node that is started by force changes nobody's configuration"
    PREVENTED_FORM = "a node that was started with prevent quorum forms a cluster all the same"
    NEVER_GIVES_WAY = "an island that was overruled by force runs on beside the forced one"
    NEVER_JOINS = "a node that listens does not join an island by itself"
    DOES_NOT_LISTEN = "nodes that lost quorum do not form a cluster again by themselves"

    @property
    def sentence(self) -> str:
        """What is done instead of the rule."""
        return str(self.value)

    def twin(self, model: "Membership") -> "Membership":
        """`model` with the rule broken. Raises `ValueError` where the rule has no part in it, so
        that nothing would be another."""
        from quorate.windows.membership.broken import twin  # noqa: PLC0415 - only twins need it

        return twin(model, self)

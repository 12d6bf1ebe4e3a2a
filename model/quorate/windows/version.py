"""Which Windows is modelled, in the sentences that say so.

Votes that follow who is there came with Windows Server 2012 (wsfc.md 2.2); until a model has them,
whoever reads an answer has to know that it does not.
"""

VOTES = "votes are static as in Windows Server 2008"
"""In short, where a cluster is described."""

ASSUMED = f"{VOTES}: dynamic quorum, of Windows Server 2012 and later, is not modelled"
"""As an assumption of every claim."""

WITH_DYNAMIC_QUORUM = (
    "dynamic quorum, of Windows Server 2012 and later, changes votes after each loss and may keep "
    "a cluster running that stops here."
)
"""What that means where a run is told that ends with a lack of votes."""

WITNESS_ALWAYS = (
    "that is so for static votes; from Windows Server 2012 R2 on a witness is recommended for any "
    "number of nodes"
)
"""What that means for the advice to have none (wsfc.md 1.3)."""

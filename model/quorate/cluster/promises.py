"""What one group is to come through: the promise that it is held to."""

from quorate.values import dataclass


@dataclass(frozen=True)
class Promises:
    """`crash` so many nodes crash, one after another, and the group is in the end online on one
    that is left; `failure` a resource fails once; `node_fault` a resource fails again and again on
    one node; `drain` a node is drained. `apart` whether it never runs with a group that it avoids,
    before and after a crash: promised, or not to be asked (False), or asked although nobody
    promised it (None). 0 and False ask for nothing."""

    crash: int = 1
    failure: bool = True
    node_fault: bool = True
    drain: bool = True
    apart: bool | None = None


USUAL = Promises()
"""What is asked of a group whose file promises nothing."""

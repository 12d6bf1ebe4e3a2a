"""Which configurations stand next to a cluster's, and the nearest one that is as somebody wants.

What is wanted is decided elsewhere: this room makes candidates and asks about them in the order of
how much they change.
"""

from quorate.advice.neighbours import Neighbour, neighbours
from quorate.advice.search import nearest

__all__ = ["Neighbour", "nearest", "neighbours"]

"""The stages of the argument about groups."""

import enum


class Stage(enum.IntEnum):
    """What later stages add to what is said of order and place."""

    ORDER = 0
    ELSEWHERE = 1
    """Who goes on although the cluster runs the group no more there."""
    NEEDS = 2
    """With what."""
    APART = 3
    """That it is kept apart."""
    DATA = 4
    """What becomes of data."""

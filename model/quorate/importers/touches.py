"""Kinds of claims that a setting can touch."""

import enum


class Touches(enum.Enum):
    """Of which kind the claims are."""

    VOTES = "votes"
    """Those about membership, and those about groups for which it matters who may go on."""
    MEMBERSHIP = "membership"
    SURVIVAL = "survival"
    """Those that the cluster runs through the faults that are promised."""
    GROUPS = "groups"

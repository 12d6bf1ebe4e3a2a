"""Membership and quorum: who runs the cluster."""

"""A run of a cluster as one picture: a panel a moment."""

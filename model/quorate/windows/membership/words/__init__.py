"""A run of a cluster in sentences."""

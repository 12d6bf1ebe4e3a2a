"""A run of groups in sentences."""

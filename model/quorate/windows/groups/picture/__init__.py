"""A run of groups as one picture, and the dependencies of a group as another."""

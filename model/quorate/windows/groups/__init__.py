"""What a cluster runs: groups that start, stop, move and come back, and who is served."""

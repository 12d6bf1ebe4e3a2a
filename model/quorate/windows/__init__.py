"""Windows failover clusters: their rules, how they move, what is claimed of them."""

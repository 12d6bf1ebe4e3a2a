"""What quorate says of a cluster, and whether it is so."""

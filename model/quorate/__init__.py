"""quorate: proves, or refutes with a picture, that a failover cluster cannot split its brain."""

__version__ = "0.1.0"

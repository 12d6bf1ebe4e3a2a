"""Why a run of a cluster went as it did, as data."""

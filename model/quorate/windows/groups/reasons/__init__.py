"""Why a run of groups went as it did, as data."""

"""How much is tried before a mutant is given up, in seconds, steps and systems."""

PATIENCE = 20.0
"""Seconds for one question that a mutant must not change the answer of."""
PROOF = 8.0
"""Seconds for a proof; each takes well under one as long as nothing is broken."""
TEETHING = 8.0
"""Seconds for a tooth to bite; those that need more are not tried."""
SEARCH = 3.0
"""Seconds for one search for a run that breaks a claim; such runs are a bonus."""
DEEPEST = 9
"""Steps of such a run."""
ENOUGH = 2
"""So many claims whose proof is lost are looked at."""
WAYS = 300
"""Choices of an action's inputs of which each is looked at by itself."""
TRIES = 3
"""On so many systems at least it is asked whether a mutant that nobody notices is idle."""

"""Why a run refutes its claim: the facts of the configuration without which it would not.

What is found here is told and decides nothing: no engine, no evidence and no verdict knows of it.
"""

"""Sets and their votes, and what is true of the numbers: for any family that counts."""

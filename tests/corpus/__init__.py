"""Small systems and clusters whose verdicts can be argued by hand, for every engine and judge."""

"""How claims are decided. Nothing here is believed before `quorate.evidence` has judged it."""

"""What becomes of mutants: who notices that a part of a guard, or an update, is not there."""

"""What can be shown: traces replayed, invariants rechecked. Imports no engine."""

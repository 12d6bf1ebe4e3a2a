"""What is asked of a system, who answers, and what was found."""

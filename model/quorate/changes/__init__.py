"""Systems made of other systems, each with its way back."""

"""Colours that all pictures share; the colour-blind can distinguish them (Okabe and Ito)."""

CHANGED = "#D55E00"
"""What changed in a step: thick frames. Nothing else is this colour but the violated fact."""

FRAME = "#8A8A8A"
FAINT = "#F6F6F6"
DOWN_FILL = "#E4E4E4"
DOWN_TEXT = "#555555"
TEXT = "#333333"

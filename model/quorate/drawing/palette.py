"""Colours that all pictures share, each with one meaning; the colour-blind can distinguish them
(Okabe and Ito, darker where letters have them), and letters have 4.5 to 1 on their grounds."""

ACTS = "#C04F00"
"""Who acts in a step, or is struck: thick frames. Nothing else is this colour."""

WRONG = "#8C1040"
"""What breaks the promise, and the sentence that says so. Nothing else is this colour."""

FRAME = "#8A8A8A"
FAINT = "#F6F6F6"
FAINT_FRAME = "#BBBBBB"
DOWN_FILL = "#E4E4E4"
DOWN_TEXT = "#555555"
TEXT = "#333333"

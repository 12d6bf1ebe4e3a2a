"""The page that goes into the meeting: one HTML file that opens from disk.

This room knows what is said and not how it was found: findings as plain values, pictures as SVG
text, a matrix of cells. No solver, no claim, no family.
"""

from quorate.review.matrix import Fate, Matrix, MatrixCell
from quorate.review.page import page
from quorate.review.review import Answer, ConfigurationTable, Counterexample, Link, Picture, Review

__all__ = [
    "Answer",
    "ConfigurationTable",
    "Counterexample",
    "Fate",
    "Link",
    "Matrix",
    "MatrixCell",
    "Picture",
    "Review",
    "page",
]

"""What the subjects of claims are called in file names."""

from collections.abc import Iterable

from quorate.inquiry.naming import slug
from quorate.inquiry.seam import Subject


def labels(subjects: Iterable[Subject]) -> dict[Subject, str]:
    """A file name for each subject; different ones of the same name are numbered in order."""
    chosen: dict[Subject, str] = {}
    for subject in subjects:
        if subject in chosen:
            continue
        plain = slug(subject.name)
        taken, number, label = set(chosen.values()), 1, plain
        while label in taken:
            number += 1
            label = f"{plain}-{number}"
        chosen[subject] = label
    return chosen

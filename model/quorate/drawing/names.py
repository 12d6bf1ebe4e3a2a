"""How names are written that somebody else chose: whatever they contain, visible and distinct."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

LONGEST = 40
"""Longer names are shortened in the middle, where generated names differ least."""

LISTED = 6
"""Lists of more names than this are abbreviated."""

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def escaped(text: str) -> str:
    """`text` with everything that cannot be seen written as a Python escape. Also what reorders
    text (bidirectional controls), so that no name can pass for another."""
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character == " " or unicodedata.category(character) not in INVISIBLE:
        return character
    code = ord(character)
    plain = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return ESCAPES.get(character, plain if code < 0x10000 else f"\\U{code:08x}")


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """`text`, or its two ends with an ellipsis between them, as much as `fits`."""
    if fits(text):
        return text
    for kept in range(len(text) - 1, 1, -1):
        head = (kept + 1) // 2
        candidate = f"{text[:head]}…{text[len(text) - (kept - head) :]}"
        if fits(candidate):
            return candidate
    return f"{text[:1]}…"


def distinct_forms(names: Sequence[str], fits: Callable[[str], bool]) -> dict[str, str]:
    """A visible form of each of the different `names` that `fits`, no two alike. Names that would
    look the same carry their position in the configured order."""
    numbered: set[str] = set()
    while True:
        forms = {
            name: _form(name, f" (#{number})" if name in numbered else "", fits)
            for number, name in enumerate(names, 1)
        }
        looks = {name: unicodedata.normalize("NFKC", form) for name, form in forms.items()}
        common = Counter(looks.values())
        alike = {name for name, look in looks.items() if common[look] > 1} - numbered
        if not alike:
            return forms
        numbered |= alike


def _form(name: str, suffix: str, fits: Callable[[str], bool]) -> str:
    return shortened(escaped(name), lambda text: fits(text + suffix)) + suffix


def quoted(form: str) -> str:
    """`form` in quotation marks where a sentence would otherwise swallow it."""
    words = f" {form} "
    plain = (
        form == form.strip()
        and "  " not in form
        and not form.isdigit()
        and not any(mark in form for mark in ',;:"')
        and " and " not in words
        and " to " not in words
    )
    return form if plain else '"' + form.replace('"', '\\"') + '"'


def enumerated(words: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def written(text: str) -> str:
    """Free text, such as a title or a system's name, on one line of visible characters."""
    return shortened(escaped(text), lambda form: len(form) <= 4 * LONGEST)

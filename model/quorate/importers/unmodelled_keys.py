"""The keys of what no model reads."""

from quorate.importers.key import Key, Shape
from quorate.importers.touches import Touches

UNMODELLED_KEYS = (
    Key(
        "unmodelled",
        Shape.TABLES,
        "Settings that no model reads and that could change answers: the claims that they touch "
        "are not asked, and UNKNOWN. `quorate convert` writes them.",
        "[[unmodelled]]",
        otherwise="everything is modelled",
    ),
    Key(
        "unmodelled[].setting",
        Shape.TEXT,
        "The setting as the vendor writes it, with its value.",
        'setting = "Priority = 0"',
        required=True,
    ),
    Key(
        "unmodelled[].touches",
        Shape.TEXT,
        "Which claims it touches: all that depend on votes, those about membership, those about "
        "survival, or those about groups.",
        'touches = "groups"',
        required=True,
        choices=tuple(kind.value for kind in Touches),
    ),
    Key(
        "unmodelled[].why",
        Shape.TEXT,
        "What it does that no model knows.",
        'why = "a group that does not start by itself is not modelled"',
        required=True,
    ),
    Key(
        "unmodelled[].about",
        Shape.TEXTS,
        "Only claims about these groups.",
        'about = ["SQL"]',
        otherwise="whatever they are about",
        least=1,
    ),
    Key(
        "unmodelled[].claims",
        Shape.TEXTS,
        "Only the claims of these names.",
        'claims = ["next-owner"]',
        otherwise="all of them",
        least=1,
    ),
)

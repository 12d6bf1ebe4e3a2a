"""A review as one HTML file.

Everything is in the file. Its policy allows no script, no network and no style but the one whose
digest it names; pictures are images, in which nothing runs and no identifier meets another. Text of
the user's is escaped by the template engine, after what cannot be seen was made visible.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from quorate.drawing.names import escaped
from quorate.results import Outcome
from quorate.review.matrix import Fate
from quorate.review.review import Picture, Review

SHOWN = 6
"""Of more claims than this that rest on an assumption, this many are named."""


def page(review: Review) -> str:
    """The text of the file."""
    style = files("quorate.review").joinpath("page.css").read_text(encoding="utf-8")
    return str(
        _template().render(
            review=review,
            style=style,
            policy=_policy(style),
            Outcome=Outcome,
            Fate=Fate,
            shown=SHOWN,
        )
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = ("img-src data:", f"style-src 'sha256-{digest}'")
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - slow

    environment = Environment(
        loader=PackageLoader("quorate.review", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    environment.filters["address"] = _address
    environment.filters["lines"] = str.splitlines
    return environment.get_template("page.html.j2")


def _visible(value: Any) -> Any:
    """Text with what cannot be seen written out; what is no text of a user's as it is."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with the template engine

    return escaped(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _address(picture: Picture) -> str:
    """The picture as an address that needs no file."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture.svg.encode()).decode()

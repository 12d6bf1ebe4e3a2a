"""Names that cannot be meant, and what to do about them."""

from collections.abc import Collection, Iterable, Sequence

from quorate.cluster.elements import Attribute, Element, Item
from quorate.cluster.refusals import Reason, refused

_LISTED = 8


def refuse_bad_names(
    names: Iterable[str], of: Attribute, within: Element = (), *, named: Element = ()
) -> None:
    """Raises `RefusedError` for an empty name or one that is given twice: Windows does not tell
    upper case from lower case. The names are those of
    the things that `within` has as its `of`, or the texts there; `named` leads from one to its
    name."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        element = (*within, Item(of, index, name), *named)
        if not name.strip():
            raise refused(
                Reason.EMPTY_NAME, element, "a name is empty", "everything that is named needs one"
            )
        if name.casefold() in seen:
            raise refused(
                Reason.NAME_GIVEN_TWICE,
                element,
                f"the name {name!r} is given twice",
                "names must differ, and not in case only",
            )
        seen.add(name.casefold())


def refuse_unknown_nodes(
    names: Sequence[str], of: Attribute, within: Element, nodes: Sequence[str]
) -> None:
    """Raises `RefusedError` for a name that is none of `nodes`."""
    for index, name in enumerate(names):
        refuse_unknown_node(name, (*within, Item(of, index, name)), nodes)


def refuse_unknown_node(name: str, element: Element, nodes: Sequence[str]) -> None:
    """Raises `RefusedError` unless `name` is one of `nodes`."""
    if name not in nodes:
        raise refused(
            Reason.UNKNOWN_NODE,
            element,
            f"{name!r} is no node of this cluster",
            one_of(name, "nodes", nodes),
        )


def refuse_unknown_site(
    who: str, site: str | None, element: Element, sites: Collection[str]
) -> None:
    """Raises `RefusedError` where `who` stands in a site that is not declared."""
    if site is None or site in sites:
        return
    why = f"{who} stands in site {site!r}, which is not declared"
    if sites:
        raise refused(Reason.UNKNOWN_SITE, element, why, one_of(site, "sites", sites))
    raise refused(Reason.NO_SITE_DECLARED, element, why, "declare the site")


def one_of(wrong: str, what: str, names: Iterable[str]) -> str:
    """What to do about a name that is none of `names`, of which there are some."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who mistyped a name needs it

    listed = sorted(names)
    near = get_close_matches(wrong, listed, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    shown = ", ".join(repr(name) for name in listed[:_LISTED])
    return f"declared {what}: {shown}" + (", ..." if len(listed) > _LISTED else "")

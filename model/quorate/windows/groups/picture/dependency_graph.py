"""The dependencies of a group as a picture: what must be online first stands lower. It draws a
configuration, not a run."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from quorate.cluster import Group, Resource
from quorate.drawing.dot import FONT, plain
from quorate.drawing.metrics import LEADING, text_width, wrapped
from quorate.drawing.names import distinct_forms, written
from quorate.drawing.palette import FAINT, WRONG
from quorate.windows.groups.words.kinds import kind_in_words

SIZE = 11.0
ROOM = 130.0
MARGIN = 8.0
TITLE, TITLE_ROOM = 12.0, 320.0
MARKED_FILL = "#B9DCF2"


def dependency_graph(
    group: Group,
    *,
    circle: tuple[str, ...] = (),
    marked: frozenset[str] = frozenset(),
    said: Sequence[str] = (),
) -> str:
    """DOT source. An edge goes from a resource to one that it needs, through a small circle "or"
    where one of several is enough; a dashed one to a disk on which it keeps data without needing
    it.

    Each of `circle`, as `CycleError` has it, needs the next: these edges are heavy, those too that
    are not configured. `said` stands above, in place of what the picture is. The resources
    that are `marked`, such as those that lost what they had not written, are filled and have heavy
    frames."""
    from graphviz import Digraph  # noqa: PLC0415 - most commands draw nothing

    graph = Digraph(
        plain(f"dependencies of group {written(group.name)}"),
        graph_attr={
            "bgcolor": "white",
            "rankdir": "TB",
            "nodesep": "0.3",
            "ranksep": "0.35",
            **_title(group, circle, said),
        },
        node_attr={
            "fontname": FONT,
            "fontsize": f"{SIZE:g}",
            "fixedsize": "true",
            "margin": "0",
        },
        edge_attr={"color": "#555555", "arrowsize": "0.7"},
    )
    names = {name: f"resource {number}" for number, name in enumerate(group.resource_names)}
    forms = distinct_forms(group.resource_names, lambda text: len(wrapped(text, ROOM, SIZE)) <= 3)
    ring = set(pairwise(circle))
    for resource in group.resources:
        look = _look(resource.name in marked, resource.name in circle)
        graph.node(names[resource.name], **_box(resource, forms[resource.name]), **look)
    with graph.subgraph(graph_attr={"rank": "sink"}) as bottom:
        for resource in group.resources:
            if not resource.depends_on.clauses:
                bottom.node(names[resource.name])
    for resource in group.resources:
        for number, clause in enumerate(resource.depends_on.clauses):
            tail, heavy = names[resource.name], any((resource.name, p) in ring for p in clause)
            if len(clause) > 1:
                either = f"{tail} or {number}"
                graph.node(either, **_OR)
                graph.edge(tail, either, arrowhead="none", **(_HEAVY if heavy else {}))
                tail = either
            for provider in clause:
                heavy = (resource.name, provider) in ring
                graph.edge(tail, names[provider], **(_HEAVY if heavy else {}))
    for tail, head in sorted(ring - _configured(group)):
        graph.edge(names[tail], names[head], **_HEAVY)
    for resource in group.resources:
        for disk in resource.writes_to:
            if disk in names and disk not in group.below(resource.name):
                graph.edge(names[resource.name], names[disk], **_MISSING)
    return str(graph.source)


def _configured(group: Group) -> set[tuple[str, str]]:
    return {(r.name, provider) for r in group.resources for provider in r.depends_on.providers}


def _title(group: Group, circle: tuple[str, ...], above: Sequence[str]) -> Mapping[str, str]:
    from graphviz import nohtml  # noqa: PLC0415

    said = list(above) or [f"Dependencies of group {written(group.name)}"]
    said.append("An arrow points to what is needed.")
    if circle:
        said.append("The heavy ones go in a circle.")
    lines = (plain(line) for one in said for line in wrapped(one, TITLE_ROOM, TITLE))
    return {
        "description": plain(" ".join(said)),
        "label": nohtml("".join(f"{line}\\l" for line in lines)),
        "labelloc": "t",
        "labeljust": "l",
        "fontname": FONT,
        "fontsize": f"{TITLE:g}",
    }


_MISSING = {
    "color": WRONG,
    "penwidth": "2",
    "style": "dashed",
    "label": "keeps data there,\\nwithout a dependency",
    "fontname": FONT,
    "fontsize": "9",
    "fontcolor": WRONG,
}
_OR = {
    "label": "or",
    "shape": "circle",
    "width": "0.3",
    "height": "0.3",
    "fontsize": "9",
    "style": "filled",
    "fillcolor": "white",
    "color": "#555555",
}
_HEAVY = {"color": WRONG, "penwidth": "3", "arrowsize": "1"}


def _look(marked: bool, in_circle: bool) -> Mapping[str, str]:
    return {
        "style": "filled",
        "fillcolor": MARKED_FILL if marked else FAINT,
        "color": WRONG if in_circle else "black" if marked else "#8A8A8A",
        "penwidth": "2.4" if in_circle or marked else "1",
    }


def _box(resource: Resource, form: str) -> Mapping[str, str]:
    """The size is computed here, so that it does not depend on the fonts of whoever draws. One size
    of letters: the embedded Graphviz knows no HTML-like labels."""
    from graphviz import nohtml  # noqa: PLC0415

    kind = f"({kind_in_words(resource.kind)})"
    lines = (*wrapped(form, ROOM, SIZE), *wrapped(kind, ROOM, SIZE))
    wide = max(40.0, *(text_width(line, SIZE) for line in lines))
    high = len(lines) * SIZE * LEADING
    return {
        "shape": "box",
        "width": f"{(wide + 2 * MARGIN) / 72:.4f}",
        "height": f"{(high + MARGIN) / 72:.4f}",
        "label": nohtml("\\n".join(map(plain, lines))),
    }

"""Terms as SMT-LIB 2 text, and back.

The same term is the same text whenever and wherever it is written, whatever version of z3 holds it:
texts are compared, by digest, years later. Only the operators that models use are known; any other
raises `TypeError`. What is read back is written as the text that it was read from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

import z3

from quorate.system.symbols import bare, quoted
from quorate.system.terms import TermNode
from quorate.system.variables import Formula, Term
from quorate.values import dataclass

OPERATORS: Mapping[int, str] = {
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_XOR: "xor",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_DISTINCT: "distinct",
    z3.Z3_OP_ITE: "ite",
    z3.Z3_OP_ADD: "+",
    z3.Z3_OP_SUB: "-",
    z3.Z3_OP_UMINUS: "-",
    z3.Z3_OP_MUL: "*",
    z3.Z3_OP_LE: "<=",
    z3.Z3_OP_LT: "<",
    z3.Z3_OP_GE: ">=",
    z3.Z3_OP_GT: ">",
    z3.Z3_OP_BADD: "bvadd",
    z3.Z3_OP_BSUB: "bvsub",
    z3.Z3_OP_BAND: "bvand",
    z3.Z3_OP_BOR: "bvor",
    z3.Z3_OP_BNOT: "bvnot",
    z3.Z3_OP_ULEQ: "bvule",
    z3.Z3_OP_ULT: "bvult",
    z3.Z3_OP_UGEQ: "bvuge",
    z3.Z3_OP_UGT: "bvugt",
    z3.Z3_OP_CONCAT: "concat",
    z3.Z3_OP_EXTRACT: "extract",
    z3.Z3_OP_BV2INT: "ubv_to_int",
}
"""The operators of the language, by z3's numbers, as SMT-LIB knows them."""

_SHORT = 24
"""What stands twice and is no longer than this is written twice, as a person would."""


class _Part(NamedTuple):
    """One node: what its text begins with, or is if it has no children, and what it declares."""

    head: str
    children: tuple[int, ...] = ()
    declaration: str = ""


@dataclass
class Writer:
    """Writes terms. Each node of what it is given is read from z3 once, and each term is written
    once; so whoever writes much about one system keeps one writer."""

    _parts: list[_Part] = field(default_factory=list)
    _places: dict[_Part, int] = field(default_factory=dict)
    """Where each part stands in `_parts`: what has one text is one part, though z3 may hold two
    terms, such as a thing and the conjunction of it alone."""
    _read: dict[int, int] = field(default_factory=dict)
    """The place of the part that each term of z3 is, by its identity there."""
    _written: dict[int, "_Written"] = field(default_factory=dict)
    # z3 gives the identity of a term that was freed to another.
    _alive: list[Term] = field(default_factory=list)

    def term(self, term: Term) -> str:
        """The text of one term, in one line."""
        return self._write(term).text.replace("\n", " ")

    def script(self, formulas: Iterable[Formula], remarks: Iterable[str] = ()) -> str:
        """What asks a solver whether `formulas` can all be true."""
        # A file that asserts nothing looks damaged, so what is true of any state says so.
        written = [self._write(one) for one in tuple(formulas) or (z3.BoolVal(True),)]
        declarations = dict.fromkeys(line for one in written for line in one.declarations)
        lines = [
            # A line break would end a remark.
            *(f"; {' '.join(remark.split())}" for remark in remarks),
            "(set-logic ALL)",
            *declarations,
            *(f"(assert\n{one.text})" for one in written),
            "(check-sat)",
        ]
        return "\n".join(lines) + "\n"

    def _write(self, term: Term) -> "_Written":
        root = TermNode.of(term)
        if root.identity not in self._read:
            self._alive.append(term)
            self._take_in(root)
        place = self._read[root.identity]
        known = self._written.get(place)
        if known is None:
            known = self._written[place] = _written(place, self._parts)
        return known

    def _take_in(self, root: TermNode) -> None:
        """Reads what z3 holds, parts before wholes."""
        read = self._read
        stack: list[tuple[TermNode, int, list[tuple[TermNode, int]] | None]]
        stack = [(root, root.identity, None)]
        while stack:
            node, identity, children = stack.pop()
            if identity in read:
                continue
            if children is None:
                children = [(child, child.identity) for child in node.children]
                stack.append((node, identity, children))
                stack += [(child, one, None) for child, one in children if one not in read]
                continue
            read[identity] = self._place(node, tuple(read[one] for _, one in children))

    def _place(self, node: TermNode, children: tuple[int, ...]) -> int:
        # SMT-LIB does not know a conjunction or disjunction of one thing: it is that.
        if node.kind in {z3.Z3_OP_AND, z3.Z3_OP_OR} and len(children) == 1:
            return children[0]
        part = _part(node, children)
        place = self._places.setdefault(part, len(self._parts))
        if place == len(self._parts):
            self._parts.append(part)
        return place


def read(texts: Sequence[str], symbols: Mapping[str, Any]) -> list[Term]:
    """The terms that were written as `texts`; `symbols` are the constants and functions that they
    may speak of, by name. Raises `ValueError` for what is no such text."""
    # Of one term an equation is made: only formulas can be asserted.
    script = "\n".join(f"(assert (= {text}\n{text}))" for text in texts)
    try:
        said = z3.parse_smt2_string(script, decls={bare(n): s for n, s in symbols.items()})
    except z3.Z3Exception as error:
        raise ValueError(f"this is no SMT-LIB: {_first_line(error)}") from error
    if len(said) != len(texts) or not all(one.num_args() == 2 for one in said):
        raise ValueError("this is no SMT-LIB term")
    return [one.arg(0) for one in said]


class _Written(NamedTuple):
    text: str
    declarations: tuple[str, ...]


def _part(node: TermNode, children: tuple[int, ...]) -> _Part:
    kind = node.kind
    match kind:
        case z3.Z3_OP_UNINTERPRETED:
            name = quoted(node.name)
            return _Part(name, children, f"(declare-fun {name} {_signature(node)})")
        case z3.Z3_OP_ANUM:
            return _Part(_whole(node.number))
        case z3.Z3_OP_BNUM:
            return _Part(_bits(node.number, node.width))
        case z3.Z3_OP_AND | z3.Z3_OP_OR if not children:
            return _Part("true" if kind == z3.Z3_OP_AND else "false")
        case z3.Z3_OP_UMINUS if node.children[0].kind == z3.Z3_OP_ANUM:
            return _Part(_whole(-node.children[0].number))
        case z3.Z3_OP_EXTRACT:
            high, low = node.parameters
            return _Part(f"(_ extract {high} {low})", children)
    if kind not in OPERATORS:
        raise TypeError(f"the language does not have {node.name!r}")
    return _Part(OPERATORS[kind], children)


def _whole(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"


def _bits(number: int, width: int) -> str:
    return f"#x{number:0{width // 4}x}" if width % 4 == 0 else f"#b{number:0{width}b}"


def _signature(node: TermNode) -> str:
    *arguments, result = node.signature
    return f"({' '.join(arguments)}) {result}"


def _written(root: int, parts: Sequence[_Part]) -> _Written:
    """The text of `root`. What stands in it twice is bound by `let` where it is first needed."""
    order, uses = _order(root, parts)
    texts: dict[int, str] = {}
    declarations: dict[str, None] = {}
    bound: list[str] = []
    for identity in order:
        part = parts[identity]
        if part.declaration:
            declarations[part.declaration] = None
        if not part.children:
            texts[identity] = part.head
            continue
        inner = " ".join(texts[child] for child in part.children)
        text = f"({part.head} {inner})"
        if uses[identity] > 1 and len(text) > _SHORT:
            name = f"%x{len(bound) + 1}"
            bound.append(f"(let (({name} {text}))")
            text = name
        texts[identity] = text
    body = texts[order[-1]] + ")" * len(bound)
    return _Written("\n".join([*bound, body]), tuple(declarations))


def _order(root: int, parts: Sequence[_Part]) -> tuple[list[int], dict[int, int]]:
    """What `root` is made of, parts before wholes, and how often each stands in another."""
    order: list[int] = []
    uses: dict[int, int] = {}
    stack: list[tuple[int, bool]] = [(root, False)]
    while stack:
        identity, complete = stack.pop()
        if complete:
            order.append(identity)
        elif identity in uses:
            uses[identity] += 1
        else:
            uses[identity] = 1
            stack.append((identity, True))
            stack += [(child, False) for child in reversed(parts[identity].children)]
    return order, uses


def _first_line(error: Exception) -> str:
    return str(error).strip("b'\"").split("\\n")[0]

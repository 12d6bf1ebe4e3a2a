"""Names as SMT-LIB symbols.

Any name is somebody's: a node may be called `and`, `a|b` or `;`. What SMT-LIB does not let stand in
a symbol, and the first letter of what a theory has already, is written as `%` and two hexadecimal
digits. So different names are different symbols, and none is one that a solver knows.
z3 has no empty names and ends each at a zero character; systems refuse such.
"""

import re

_SIMPLE = re.compile(r"[A-Za-z~!$%^&*_\-+=<>?/][0-9A-Za-z~!@$%^&*_\-+=<>.?/]*")

_UNSAID = re.compile(r"[%|\\\x00-\x1f\x7f-\x9f]")

_SIGNS = re.compile(r"[.@].*|[^0-9A-Za-z]+", re.ASCII | re.DOTALL)
"""What solvers keep for themselves, and what could be an operator."""

_OPERATORS = """
abs acos acosh and arccos arccosec arccosh arccotan arcsec arcsin arcsinh arctan arctanh array as
asin asinh assert atan atanh bag bit0 bit1 bit2bool card char choice choose comp complement concat
const cos cosec cosh cotan default dist distinct div divisible emptyset euler exists exp
ext_rotate_left ext_rotate_right extract false forall fp iand if iff implies insert int2bv
int_to_bv intersection is is_int ite join lambda let map match member mkbv mod multiply nand nat2bv
nor not nullable or par pi piand pow pow2 product rem repeat root-obj rotate_left rotate_right
sbv_to_int sec select sep seq setminus sign_extend sin singleton sinh sqrt store subset tan tanh
tclosure to_fp to_fp_unsigned to_int to_real transpose true tuple ubv_to_int union update witness
xnor xor zero_extend
"""

_WORDS = frozenset(_OPERATORS.split())
"""Words that a theory of z3 or cvc5 has a meaning for."""

_THEORIES = frozenset(
    (
        "str",
        "re",
        "seq",
        "set",
        "bag",
        "rel",
        "table",
        "tuple",
        "nullable",
        "fp",
        "ff",
        "sep",
        "int",
    )
)
"""What stands before a dot in the symbols of some theories."""

_OF_BITS = re.compile(r"bv[a-z0-9]+|_.*")


def bare(name: str) -> str:
    """The symbol for `name`, without the bars that it may have to stand between."""
    if _is_taken(name) and not _UNSAID.match(name):
        return f"%{ord(name[0]):02X}{_escaped(name[1:])}"
    return _escaped(name)


def quoted(name: str) -> str:
    """The symbol for `name`, as it stands in a text."""
    symbol = bare(name)
    return symbol if _SIMPLE.fullmatch(symbol) else f"|{symbol}|"


def _is_taken(name: str) -> bool:
    before, dot, _ = name.lower().partition(".")
    word = name.lower()
    return bool(
        word in _WORDS
        or (dot and before in _THEORIES)
        or _OF_BITS.fullmatch(word)
        or (name.isascii() and _SIGNS.fullmatch(name))
    )


def _escaped(name: str) -> str:
    return _UNSAID.sub(lambda c: "".join(f"%{byte:02X}" for byte in c[0].encode()), name)

"""Dependency expressions: the union of the two grammars that Microsoft publishes (wsfc.md 4.2)."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quorate.cluster import HERE, Dependency, DependencyError, parse_dependency

READ = [
    ("", ()),
    ("  \t", ()),
    ("[A]", (("A",),)),
    ("([A])", (("A",),)),
    ("[A] and [B]", (("A",), ("B",))),
    ("([A]) and ([B])", (("A",), ("B",))),
    ("[A] or [B]", (("A", "B"),)),
    ("([A] or [B])", (("A", "B"),)),
    ("([A]) and ([B] or [C])", (("A",), ("B", "C"))),
    ("[A] and ([B] or [C]) and [D]", (("A",), ("B", "C"), ("D",))),
    ("[A] AND ([B] Or [C])", (("A",), ("B", "C"))),
    ("[A]and([B]or[C])", (("A",), ("B", "C"))),
    ("\n [A]\n and\t[B] ", (("A",), ("B",))),
    ("[ SQL IP 1 (cluster) ] or [and]", (("SQL IP 1 (cluster)", "and"),)),
    ("[IP Address 172.24.11.0] or [Größe é]", (("IP Address 172.24.11.0", "Größe é"),)),
]


@pytest.mark.parametrize(("text", "clauses"), READ)
def test_an_expression_is_an_and_of_ors(text, clauses):
    assert parse_dependency(text) == Dependency(clauses)


REFUSED = [
    ("A", "⟨here⟩A", "'A' is neither 'and' nor 'or'; put names in [brackets]"),
    ("[A] xor [B]", "[A] ⟨here⟩xor [B]", "'xor' is neither 'and' nor 'or'"),
    ("[A] & [B]", "[A] ⟨here⟩& [B]", "'&' is not expected; put names in [brackets]"),
    ("[A] and [B", "[A] and ⟨here⟩[B", "this bracket is not closed"),
    ("[A] and [[B]]", "[A] and ⟨here⟩[[B]]", "this bracket is not closed"),
    ("[A]]", "[A]⟨here⟩]", "this bracket was not opened"),
    ("[A] and [ ]", "[A] and ⟨here⟩[ ]", "the brackets are empty"),
    ("and [A]", "⟨here⟩and [A]", "there is 'and' where a resource in [brackets] or '('"),
    ("[A] and ", "[A] and⟨here⟩ ", "the text ends where a resource in [brackets] or '('"),
    ("[A] or", "[A] or⟨here⟩", "the text ends where a resource in [brackets] is expected"),
    ("[A] [B]", "[A] ⟨here⟩[B]", "there is [B] where 'and' or the end is expected"),
    ("[A] or ([B])", "[A] or ⟨here⟩([B])", "there is '(' where a resource in [brackets]"),
    ("([A]", "([A]⟨here⟩", "the text ends where ')' or 'or' is expected"),
    ("[A])", "[A]⟨here⟩)", "there is ')' where 'and' or the end is expected"),
    ("()", "(⟨here⟩)", "there is ')' where a resource in [brackets] is expected"),
    ("([A] and [B])", "([A] ⟨here⟩and [B])", "there is 'and' where ')' or 'or' is expected"),
    ("(([A]))", "(⟨here⟩([A]))", "there is '(' where a resource in [brackets] is expected"),
    ("([A]) or [B]", "([A]) ⟨here⟩or [B]", "'or' joins single resources inside one pair"),
    ("[A] or [B] and [C]", "[A] ⟨here⟩or [B] and [C]", "'or' beside 'and' needs parentheses"),
    ("[A] and [B] or [C]", "[A] and [B] ⟨here⟩or [C]", "'or' beside 'and' needs parentheses"),
    ("[A] or [A]", "[A] or ⟨here⟩[A]", "[A] is named twice; a resource may stand only once"),
    (
        "([B] or [C]) and ([B] or [D])",  # rule R5
        "([B] or [C]) and (⟨here⟩[B] or [D])",
        "[B] is named twice",
    ),
]


@pytest.mark.parametrize(("text", "pointed", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_the_error_points_at_the_character_where_the_text_stops_making_sense(text, pointed, reason):
    with pytest.raises(DependencyError) as caught:
        parse_dependency(text)
    start = pointed.index(HERE)
    assert (caught.value.text, caught.value.start) == (text, start)
    assert caught.value.why.startswith(reason)
    assert str(caught.value) == f"at character {start + 1}, {caught.value.why}: {pointed}"


names = st.text(min_size=1).filter(lambda name: name == name.strip() and not set(name) & set("[]"))
letters = st.sampled_from("ABCDEF")
spaces = st.sampled_from(["", " ", "\n", "  "])


def dependencies(of: st.SearchStrategy[str]) -> st.SearchStrategy[Dependency]:
    """Dependencies in which no name stands twice (rule R5)."""
    return st.lists(st.lists(of, min_size=1, max_size=3), max_size=4).map(without_repetition)


def without_repetition(clauses: list[list[str]]) -> Dependency:
    seen: set[str] = set()
    kept = [tuple(n for n in clause if not (n in seen or seen.add(n))) for clause in clauses]
    return Dependency(tuple(clause for clause in kept if clause))


@given(dependencies(names))
def test_what_is_written_is_read_back(dependency):
    assert parse_dependency(str(dependency)) == dependency


@given(dependencies(letters), st.data())
def test_case_blanks_and_parentheses_around_single_names_change_nothing(dependency, data):
    def word(either: str) -> str:
        return data.draw(spaces) + data.draw(st.sampled_from([either, either.upper()]))

    parts = []
    for clause in dependency.clauses:
        part = word(" or ").join(f"{data.draw(spaces)}[{name}]" for name in clause)
        alone = len(clause) == 1 or len(dependency.clauses) == 1
        parts.append(part if alone and data.draw(st.booleans()) else f"({part})")
    assert parse_dependency(word(" and ").join(parts)) == dependency


@given(dependencies(letters))
def test_it_is_satisfied_when_one_of_each_clause_is_online(dependency):
    """Rules R3 and R4a, against every choice of one provider a clause."""
    choices = [set(choice) for choice in product(*dependency.clauses)]
    for size in range(7):
        for online in combinations("ABCDEF", size):
            assert dependency.satisfied_by(online) == any(one <= set(online) for one in choices)


@given(dependencies(letters))
def test_the_providers_are_the_names_in_the_order_of_the_text(dependency):
    text = str(dependency)
    assert list(dependency.providers) == [sign for sign in text if sign in "ABCDEF"]


@given(st.text(alphabet="[]() AB\nandor&", max_size=30))
def test_any_text_is_read_or_refused(text):
    outcome = read_or_refused(text)
    if isinstance(outcome, Dependency):
        assert parse_dependency(str(outcome)) == outcome
    else:
        assert 0 <= outcome.start <= len(text)


def read_or_refused(text: str) -> Dependency | DependencyError:
    try:
        return parse_dependency(text)
    except DependencyError as error:
        return error

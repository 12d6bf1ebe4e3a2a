"""A certificate that was tampered with is objected to, before any solver is asked."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import z3
from forging import (
    certify,
    list_contents,
    obligations,
    redigest,
    system_file,
    wrong,
)

from corpus.toys import action, both_three, equal, not_at, number, twins
from quorate.engines import explicit
from quorate.errors import EvidenceError
from quorate.evidence.binding import Bound, bound
from quorate.evidence.contents import NAME
from quorate.evidence.texts import json_text
from quorate.inquiry.asking import searched
from quorate.system import (
    Action,
    ActionKind,
    Definition,
    EachStep,
    Integer,
    LeadsTo,
    Lemma,
    Proved,
    System,
    Theorem,
)

X, COUNT = number("x"), number("count")
DOUBLE = Definition("double", X, Integer(), 2 * z3.BV2Int(X.term))
SOME = Theorem("double is something", (X,), DOUBLE(X.term) >= 0)
MORE = Theorem("double of it is more", (X,), DOUBLE(X.term) + 1 > 0, (SOME(X.term),))


def counting() -> System:
    """Counts down and rests at 0; told of a theorem with a hint, in stages."""
    down = Action(
        "down",
        ActionKind.CLUSTER,
        (COUNT.term != 0,),
        {"count": COUNT.term - 1},
        instances=(MORE(COUNT.term),),
    )
    return System(
        "counting down",
        (COUNT, number("idle")),
        (COUNT.term == 5, number("idle").term == 0),
        (down, action("rest", [COUNT.term == 0], {"idle": number("idle").term | 1})),
        definitions=(DOUBLE,),
    )


INVARIANT = (Lemma("at most 5", z3.ULE(COUNT.term, 5)), Lemma("not 6", COUNT.term != 6, 1))
ENDS = LeadsTo(
    "it comes to rest",
    z3.BoolVal(True),
    COUNT.term == 0,
    ("down", "rest"),
    ("down",),
    z3.BoolVal(True),
    (COUNT.term & 4, COUNT.term & 2, COUNT.term & 1),
)
LESS = EachStep("less", {"down": z3.ULT(COUNT.next, COUNT.term)})


def of_lassos(to: Path) -> Path:
    """The proof is one of the question whether a run comes back to a state."""
    found = searched(explicit.search, counting(), ENDS, 60, lambda: 3600.0)
    assert isinstance(found, Proved)
    assert found.reduced
    return certify(to, counting(), ENDS, found.invariant, reduced=True)


MAKERS: dict[str, Callable[[Path], Path]] = {
    "a state": lambda to: certify(to, twins(equal()), both_three(twins()), (equal(),)),
    "stages": lambda to: certify(to, counting(), not_at(counting(), 6), INVARIANT),
    "a step": lambda to: certify(to, counting(), LESS, INVARIANT[:1]),
    "an end": lambda to: certify(to, counting(), ENDS, INVARIANT),
    "an end that was looked for in all states": of_lassos,
}
"""Certificates of every kind of claim."""


@pytest.fixture(scope="module", params=MAKERS.values(), ids=MAKERS)
def honest(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("honest")
    request.param(folder)
    return folder


@pytest.fixture
def forged(honest: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return Path(shutil.copytree(honest, tmp_path / "forged"))


def test_an_honest_certificate_is_not_objected_to(honest: Path) -> None:
    assert wrong(honest) == []
    assert len(obligations(honest)) >= 4


def test_to_keep_digests_right_changes_nothing(honest: Path, forged: Path) -> None:
    redigest(forged)
    for path in honest.rglob("*.*"):
        assert (forged / path.relative_to(honest)).read_bytes() == path.read_bytes()


def assertions(text: str) -> list[str]:
    head, *rest = text.split("(assert\n")
    return [head, *(f"(assert\n{one}" for one in rest)]


EDITS: dict[str, Callable[[str], str]] = {
    "emptied": lambda _: "",
    "truncated": lambda text: text[: len(text) // 2],
    "a contradiction": lambda _: "(declare-fun x () Bool)\n(assert (and x (not x)))\n(check-sat)\n",
    "an assertion more": lambda text: text.replace("(check-sat)", "(assert false)\n(check-sat)"),
    "an assertion less": lambda text: "".join(
        [*assertions(text)[:1], *assertions(text)[2:], "(check-sat)\n"]
    ),
    "another name": lambda text: text.replace("; ", "; not ", 1),
    "other ends of lines": lambda text: text.replace("\n", "\r\n"),
    "a negation": lambda text: text.replace("(assert\n", "(assert\n(not ").replace(
        "\n(check-sat)", ")\n(check-sat)"
    ),
}


@pytest.mark.parametrize("keeps_digests", [False, True], ids=["plain", "re-digested"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_obligation_that_was_edited_is_objected_to(
    forged: Path, edit: Callable[[str], str], keeps_digests: bool
) -> None:
    for path in obligations(forged):
        before = path.read_bytes()
        path.write_bytes(edit(before.decode()).encode())
        assert path.read_bytes() != before
        if keeps_digests:
            redigest(forged)
        assert wrong(forged), path.name
        path.write_bytes(before)
    redigest(forged)
    assert wrong(forged) == []


def test_an_obligation_that_is_not_there_is_objected_to(forged: Path) -> None:
    for path in obligations(forged):
        before = path.read_bytes()
        path.unlink()
        assert any("missing" in said for said in wrong(forged))
        list_contents(forged)
        assert any("missing" in said for said in wrong(forged))
        path.write_bytes(before)


def test_an_obligation_that_is_struck_off_the_list_is_objected_to(forged: Path) -> None:
    """With the file or without it, and 16 of 17 as well."""
    (manifest,) = forged.rglob("claim.json")
    honest = manifest.read_bytes()
    data = json.loads(honest)
    listed = [(role, one) for role, several in data["obligations"].items() for one in several]
    for role, one in listed:
        fewer = json.loads(honest)
        fewer["obligations"][role].remove(one)
        manifest.write_bytes(json_text(fewer).encode())
        redigest(forged)
        assert wrong(forged) == [f"{one['name']}: this obligation is missing"]
    for role in data["obligations"]:
        data["obligations"][role] = data["obligations"][role][:1] if role == "start" else []
    manifest.write_bytes(json_text(data).encode())
    for path in obligations(forged):
        if path.name not in json_text(data):
            path.unlink()
    redigest(forged)
    assert len(wrong(forged)) == len(listed) - 1


def test_an_obligation_that_is_listed_for_another_is_objected_to(forged: Path) -> None:
    """Each may take the place of each."""
    (manifest,) = forged.rglob("claim.json")
    honest = manifest.read_bytes()
    count = sum(len(several) for several in json.loads(honest)["obligations"].values())
    for place in range(count):
        data = json.loads(honest)
        listed = [one for several in data["obligations"].values() for one in several]
        one, other = listed[place], listed[(place + 1) % count]
        one["file"], one["sha256"] = other["file"], other["sha256"]
        manifest.write_bytes(json_text(data).encode())
        redigest(forged)
        assert wrong(forged), one["name"]


def test_files_that_change_their_names_are_objected_to(forged: Path) -> None:
    for path in (*obligations(forged), system_file(forged)):
        moved = path.with_name(f"x-{path.name}")
        path.rename(moved)
        assert len(wrong(forged)) >= 2
        moved.rename(path)


def test_files_that_change_places_are_objected_to(forged: Path) -> None:
    one, *others = obligations(forged)
    for other in others:
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        for keep in (lambda _: None, list_contents, redigest):
            keep(forged)
            assert wrong(forged)
        one.write_bytes(first)
        other.write_bytes(second)
        redigest(forged)


def test_a_file_that_was_added_is_objected_to(forged: Path) -> None:
    (forged / "toy" / "more.smt2").write_text("(check-sat)\n", encoding="utf-8")
    assert wrong(forged) == ["nobody listed this file"]


def test_what_expects_another_answer_is_objected_to(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    honest = manifest.read_text(encoding="utf-8")
    for answer in ("unsat", "sat"):
        other = "sat" if answer == "unsat" else "unsat"
        forgery = honest.replace(f'"expected": "{answer}"', f'"expected": "{other}"', 1)
        assert forgery != honest
        manifest.write_text(forgery, encoding="utf-8")
        redigest(forged)
        assert wrong(forged)


LABELS = {"quorate", "cluster", "claim", "sentence", "assumptions", "circumstances"}
"""What a certificate says of the world; that it is so is seen against a cluster file only."""


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict | list):
        items = data.items() if isinstance(data, dict) else enumerate(data)
        return [leaf for key, value in items for leaf in leaves(value, (*path, key))]
    return [path]


def is_a_name(path: tuple[Any, ...]) -> bool:
    """Claims and lemmas may be called anything."""
    return path[0] in {"property", "invariant"} and path[-1] == "name"


def is_for_a_measure(path: tuple[Any, ...], data: dict[str, Any]) -> bool:
    """What only a proof by a measure speaks of, where the proof is another."""
    return data["reduced"] and path[:2] in {("property", "waiting"), ("property", "measure")}


def other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return "false" if value == "true" else "true"


def test_a_manifest_is_objected_to_whatever_is_changed_in_it(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    honest = json.loads(manifest.read_bytes())
    for path in leaves(honest):
        data = json.loads(json.dumps(honest))
        at = data
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = other(at[path[-1]])
        manifest.write_bytes(json_text(data).encode())
        assert wrong(forged), path
        list_contents(forged)
        if not (path[0] in LABELS or is_a_name(path) or is_for_a_measure(path, honest)):
            assert wrong(forged), path
        manifest.write_bytes(json_text(honest).encode())
        list_contents(forged)


def test_a_manifest_that_says_more_is_objected_to(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    honest = json.loads(manifest.read_bytes())
    for data in ({**honest, "seen by": "the pope"}, dict(reversed(honest.items()))):
        manifest.write_bytes(json_text(data).encode())
        list_contents(forged)
        assert wrong(forged) == ["it says more or other than a manifest does"]


def test_a_claim_and_a_lemma_say_no_more_than_they_are(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    honest = manifest.read_bytes()
    for key, why in (("property", "its claim is not"), ("invariant", "its lemmas are not")):
        data = json.loads(honest)
        of = data[key] if key == "property" else data[key][-1]
        of["more"] = "x"
        manifest.write_bytes(json_text(data).encode())
        list_contents(forged)
        assert [said[: len(why)] for said in wrong(forged)] == [why]


def test_an_obligation_that_is_listed_as_one_of_another_kind_is_objected_to(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    honest = manifest.read_bytes()
    for role in ("start", "initiation"):
        data = json.loads(honest)
        one = data["obligations"][role].pop(0)
        data["obligations"]["theorem"].append(one)
        manifest.write_bytes(json_text(data).encode())
        list_contents(forged)
        other = "this obligation is another than its system asks for"
        assert wrong(forged) == [f"{one['name']}: {other}"]


def test_an_obligation_that_nobody_owes_is_objected_to(forged: Path) -> None:
    """And what there is of its name is asked for as well."""
    (manifest,) = forged.rglob("claim.json")
    data = json.loads(manifest.read_bytes())
    (start,) = data["obligations"]["start"]
    data["obligations"]["start"] = [{**start, "name": "a last state exists"}]
    manifest.write_bytes(json_text(data).encode())
    list_contents(forged)
    assert wrong(forged) == [
        "a last state exists: this obligation is not owed",
        "a first state exists: this obligation is missing",
    ]


def test_an_obligation_that_is_listed_twice_is_objected_to(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    data = json.loads(manifest.read_bytes())
    data["obligations"]["start"] *= 2
    manifest.write_bytes(json_text(data).encode())
    list_contents(forged)
    assert wrong(forged) == ["an obligation is listed twice"]


def test_what_nobody_owes_is_on_the_list_and_may_not_be_struck_off(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    data = json.loads(manifest.read_bytes())
    for name in list(data["nothing owed"]):
        fewer = {**data, "nothing owed": dict(data["nothing owed"])}
        del fewer["nothing owed"][name]
        manifest.write_bytes(json_text(fewer).encode())
        list_contents(forged)
        assert wrong(forged) == [f"{name}: it is said wrongly whether, or why, nothing is owed"]


def test_what_a_step_does_not_touch_is_said_to_be_owed_by_nobody(tmp_path: Path) -> None:
    manifest = certify(tmp_path, counting(), ENDS, INVARIANT)
    assert set(json.loads(manifest.read_bytes())["nothing owed"]) == {
        "consecution of stage 0 by rest",
        "consecution of stage 1 by rest",
        "progress by rest",
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": "quorate certificate 1"}', "\xff"]
)
def test_a_manifest_of_another_format_does_not_vanish(forged: Path, text: str) -> None:
    (manifest,) = forged.rglob("claim.json")
    manifest.write_bytes(text.encode("latin-1"))
    assert len(wrong(forged)) == 2
    list_contents(forged)
    assert len(wrong(forged)) == 1


def test_a_certificate_that_is_lost_is_missed(forged: Path) -> None:
    (manifest,) = forged.rglob("claim.json")
    manifest.unlink()
    assert wrong(forged) == ["this file is missing"]


def test_a_list_of_contents_that_is_lost_or_damaged_is_missed(forged: Path) -> None:
    (forged / NAME).write_text("{}", encoding="utf-8")
    assert "this list cannot be read" in wrong(forged)[0]
    (forged / NAME).unlink()
    assert wrong(forged) == ["this certificate is on no list of contents; prove the claim again"]


def test_a_list_that_points_elsewhere_is_objected_to(forged: Path) -> None:
    for name in ("../secret", "/etc/passwd", "toy/../../x"):
        data = json.loads((forged / NAME).read_bytes())
        data["files"][name] = "0" * 64
        (forged / NAME).write_text(json_text(data), encoding="utf-8")
        assert any("damaged" in said for said in wrong(forged))


def test_a_part_of_the_folder_is_compared_with_the_whole_list(forged: Path) -> None:
    assert wrong(forged / "toy") == []
    obligations(forged)[0].unlink()
    assert any("missing" in said for said in wrong(forged / "toy"))


def changed_system(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = system_file(folder)
    data = json.loads(path.read_bytes())
    change(data)
    path.write_bytes(json_text(data).encode())


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data[key].pop()


def of_action(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["actions"][0].update({key: value})


OTHER_SYSTEMS: dict[str, Callable[[dict[str, Any]], object]] = {
    "an action more": lambda data: data["actions"].append(
        {**data["actions"][0], "name": "another"}
    ),
    "an action of another name": of_action("name", "another"),
    "nowhere to start": lambda data: data["start"].append("false"),
    "a term in other words": lambda data: data["start"].append("(and true true)"),
    "a term that is none": lambda data: data["start"].append("(and true"),
    "a term that ends early": lambda data: data["start"].append("true) (assert false"),
    "a variable of another sort": lambda data: data["variables"][0].update(sort="integer"),
    "a variable less": without("variables"),
    "a key more": lambda data: data.update(more="x"),
    "another format": lambda data: data.update(format="quorate system 9"),
}


@pytest.mark.parametrize("change", OTHER_SYSTEMS.values(), ids=OTHER_SYSTEMS)
def test_another_system_is_objected_to(
    forged: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    changed_system(forged, change)
    assert wrong(forged)
    list_contents(forged)
    assert wrong(forged)
    redigest(forged)
    assert wrong(forged)


ILL_FORMED: dict[str, tuple[System, str]] = {
    "a value": (
        replace(
            counting(),
            actions=(replace(counting().actions[0], updates={"count": z3.BitVecVal(1, 4)}),),
        ),
        "'down' gives 'count' a value of another sort",
    ),
    "a definition": (
        replace(counting(), actions=(), definitions=(replace(DOUBLE, body=X.term),)),
        "the definition of 'double' gives a value of another sort",
    ),
    "a start": (replace(counting(), initial=(COUNT.term,)), "neither true nor false"),
}


@pytest.mark.parametrize(("system", "why"), ILL_FORMED.values(), ids=ILL_FORMED)
def test_a_system_that_says_nothing_is_objected_to_however_well_it_is_written(
    system: System, why: str
) -> None:
    with pytest.raises(EvidenceError, match=why):
        bound(Bound(system).text)


def test_the_text_of_a_system_is_the_same_whatever_lemmas_are_offered() -> None:
    assert Bound(twins(equal())).text == Bound(twins()).text
    assert bound(Bound(counting()).text).text == Bound(counting()).text


def test_a_system_of_another_format_is_said_to_be_one(forged: Path) -> None:
    changed_system(forged, lambda data: data.update(format="quorate system 9"))
    redigest(forged)
    assert any("its system has another format" in said for said in wrong(forged))


def test_an_action_that_is_dropped_from_the_system_is_missed(forged: Path) -> None:
    changed_system(forged, lambda data: data["actions"].pop(0))
    redigest(forged)
    assert wrong(forged)


def test_two_certificates_share_their_files(tmp_path: Path) -> None:
    for name in ("one", "other"):
        certify(tmp_path, counting(), not_at(counting(), 6), INVARIANT, name=name)
    assert wrong(tmp_path) == []
    obligations(tmp_path)[0].unlink()
    assert len(wrong(tmp_path)) == 3


def test_a_proof_that_is_said_of_a_question_that_is_asked_as_it_is_is_objected_to(
    tmp_path: Path,
) -> None:
    manifest = certify(tmp_path, counting(), not_at(counting(), 6), INVARIANT)
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"reduced": false', '"reduced": true'), encoding="utf-8")
    list_contents(tmp_path)
    assert wrong(tmp_path) == ["its proof is said to be of another question, and there is none"]


def test_a_proof_that_is_said_of_endless_states_is_objected_to(tmp_path: Path) -> None:
    """That no run comes back to a state says nothing of runs that go on for ever, then."""
    manifest = certify(tmp_path, counting(), ENDS, INVARIANT)
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"reduced": false', '"reduced": true'), encoding="utf-8")
    changed_system(
        tmp_path, lambda data: data["variables"].append({"name": "n", "sort": "integer"})
    )
    redigest(tmp_path)
    assert any("endless" in said for said in wrong(tmp_path))

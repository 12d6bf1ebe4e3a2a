"""All that is owed for a proof is asked, however often and by whomever."""

from forging import SUBJECT, certify, obligations, wrong

from corpus.toys import both_three, counter, equal, not_at, twins
from quorate.evidence.binding import Bound
from quorate.evidence.obligation import Role
from quorate.evidence.owed import Owed
from quorate.inquiry.certify import Certifier
from quorate.system import EachStep, Lemma, Proved

SYSTEM = twins(equal())
CLAIM = both_three(SYSTEM)
STAGES = (equal(), Lemma(CLAIM.name, CLAIM.formula, 1))


def test_what_several_proofs_lean_on_is_made_once_and_asked_of_each() -> None:
    owed = Owed(SYSTEM)
    first, again = (list(owed.everything(CLAIM, STAGES)) for _ in range(2))
    assert [one.role for one in first] == [
        Role.START,
        *(Role.INITIATION, Role.CONSECUTION) * 2,
        Role.IMPLICATION,
    ]
    assert again[:-1] == first[:-1]
    assert all(one is other for one, other in zip(first[:-1], again[:-1], strict=True))


def test_what_was_not_asked_to_the_end_is_asked_again() -> None:
    owed = Owed(SYSTEM)
    assert next(owed.stage(STAGES[:1])).role is Role.INITIATION
    assert [one.role for one in owed.stage(STAGES[:1])] == [Role.INITIATION, Role.CONSECUTION]


def test_stages_of_one_number_and_other_lemmas_are_not_taken_for_each_other() -> None:
    owed = Owed(SYSTEM)
    other = Lemma("nothing", SYSTEM.variable["left"].term >= 0)
    one, another = (list(owed.stage((lemma,))) for lemma in (equal(), other))
    assert [o.name for o in one] == [o.name for o in another]
    assert all(o.formulas != a.formulas for o, a in zip(one, another, strict=True))


def test_each_kind_of_claim_owes_what_makes_it_follow() -> None:
    system = counter()
    less = EachStep("it changes", {"count": system.variable["count"].next != 7})
    for claim, role in ((not_at(system, 7), Role.IMPLICATION), (less, Role.EACH_STEP)):
        assert [one.role for one in Owed(system).claim(claim, ())] == [role]
        assert list(Owed(system).exemptions(claim, ())) == []


def test_a_second_certificate_of_one_system_is_as_whole_as_the_first(tmp_path) -> None:
    """Their texts are made by one who keeps what he has made."""
    certify(tmp_path, SYSTEM, CLAIM, STAGES)
    assert wrong(tmp_path) == []
    alone = {path.name: path.read_bytes() for path in obligations(tmp_path)}
    certifier, proof = Certifier(Bound(SYSTEM)), Proved(STAGES, "somebody")
    for name in ("one", "other"):
        files = certifier.files(SUBJECT, CLAIM, proof, f"toy/{name}.json")
        texts = {path.removeprefix("toy/"): text.encode() for path, text in files.items()}
        assert {n: t for n, t in texts.items() if n.endswith(".smt2")} == alone

"""Names of files: readable where they can be, legal on every file system, and told apart."""

import pytest

from quorate.inquiry.naming import slug, slug_among

READABLE = [
    ("Köln", "koeln"),
    ("Ko\u0308ln", "koeln"),
    ("Straße", "strasse"),
    ("Ærø", "aeroe"),
    ("Łódź", "lodz"),
    ("Café №1", "cafe-no1"),
    ("İzmir", "izmir"),
]


@pytest.mark.parametrize(("name", "file"), READABLE)
def test_letters_with_marks_are_written_without(name, file):
    assert slug(name) == file


def test_names_that_are_written_alike_are_told_apart_among_each_other():
    groups = ("Köln", "Koeln", "Bonn")
    names = [slug_among(f"completes of {group}", group, groups) for group in groups]
    assert len(set(names)) == len(groups)
    assert names[0].startswith("completes-of-koeln-")
    assert names[2] == "completes-of-bonn"


@pytest.mark.parametrize("name", ["CON", "prn", "Aux", "NUL", "com1", "LPT9", "con.", "nul "])
def test_no_file_is_called_as_a_device_of_windows(name):
    said = slug(name)
    assert said.partition("-")[0] == name.lower().strip(". ")
    assert "-" in said


@pytest.mark.parametrize("name", ["a.", "a ", "a:b", "a|b", 'a"b', "a<b>", "a?*", "a\\b/c", "..."])
def test_no_file_name_has_what_ntfs_does_not_take(name):
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_what_cannot_be_written_in_ascii_ends_in_a_digest():
    assert slug("東京 1").startswith("1-")
    assert slug("東京 1") != slug("大阪 1")

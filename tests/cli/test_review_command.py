"""quorate review: a page that says what check says, and nothing that a name could make of it."""

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from running import quorate, refused

HOSTILE = '<script>alert(1)</script>\\"><img src=x onerror=alert(2)> \\u202e{{ 7 * 7 }}'

CLUSTER = f"""\
name = "{HOSTILE}"
version = "2008"
nodes = ["A", "B", "<b>C</b>"]

[quorum]
mode = "node-majority"

[[groups]]
name = "FS & Co"

[[groups.resources]]
name = "F:"
kind = "disk"

[[groups.resources]]
name = "<i>share</i>"
kind = "file-share"
depends_on = "[F:]"
"""


class Page(HTMLParser):
    """What a browser would make of it: tags, identifiers, links, and text outside of styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.ids, self.links = Counter[str](), Counter[str](), set[str]()
        self.handlers, self.fetched = list[str](), list[str]()
        self.words = list[str]()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        for name, value in attrs:
            if name == "id":
                self.ids[value] += 1
            if name == "href":
                self.links.add(value)
            if name.startswith("on"):
                self.handlers.append(name)
            if name in {"src", "href"} and not value.startswith(("#", "data:image/svg+xml;")):
                self.fetched.append(value)

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    (folder / "cluster.toml").write_text(CLUSTER, encoding="utf-8")
    run = quorate("review", "cluster.toml", "-o", "out", cwd=folder)
    assert run.returncode == 0, run.stdout + run.stderr
    [path] = (folder / "out").glob("*.html")
    return run, path, Page(path.read_text(encoding="utf-8"))


def test_a_name_is_only_a_name(reviewed):
    _, _, page = reviewed
    assert not set(page.tags) & {"script", "b", "i", "iframe", "object"}
    assert page.handlers == []
    text = "".join(page.words)
    assert "<script>alert(1)</script>" in text
    assert "{{ 7 * 7 }}" in text
    assert "\u202e" not in text


def test_nothing_is_fetched_and_every_link_leads_somewhere(reviewed):
    _, _, page = reviewed
    assert page.fetched == []
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert max(page.ids.values()) == 1


def test_the_policy_allows_the_style_of_the_page_and_nothing_else(reviewed):

    _, path, _ = reviewed
    text = path.read_text(encoding="utf-8")
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;" in text
    assert "default-src &#39;none&#39;" in text
    assert " style=" not in text.replace(style, "")


def test_the_answers_stand_first_and_are_printed(reviewed):
    run, _, page = reviewed
    text = "".join(page.words)
    assert text.index("Can it split its brain?") < text.index("Every claim")
    assert "Can it split its brain? No." in run.stdout
    assert "What is the smallest thing that stops it? Two faults." in run.stdout


def test_the_page_has_every_claim_of_check_with_its_verdict(reviewed):
    _, path, page = reviewed
    [found] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    words = Counter(page.words)
    for one in found["findings"]:
        if one["kind"] == "claim":
            assert words[one["verdict_text"]], one["claim"]
    assert {path.with_suffix(suffix).is_file() for suffix in (".sarif", ".junit.xml")} == {True}


def cells(page: Page) -> dict[tuple[str, str], str]:
    """The matrix as it stands on the page, by the faults in words; "alone" for the second."""
    text = [word.strip() for word in page.words if word.strip()]
    start = text.index("After the fault on the left")
    header = text[start + 1 : text.index("How it goes wrong")]
    columns = [word for word in header if word.startswith("then ") or word == "alone"]
    rest = header[len(columns) + 1 :]
    found = {}
    for number in range(0, len(rest), len(columns) + 1):
        row, *fates = rest[number : number + len(columns) + 1]
        for column, fate in zip(columns, fates, strict=True):
            found[row, column.removeprefix("then ")] = fate
    return found


def test_each_cell_of_the_matrix_is_what_check_says_of_that_promise(reviewed, tmp_path):
    """Asked as a promise in a file, each in a claim of its own."""
    _, _, page = reviewed
    names = {
        "crash": "node crash",
        "planned-stop": "planned stop of a node that is not refused",
        "isolation": "node cut off",
        "partition": "network partition",
        "link": "failure of a single connection",
    }
    pairs = [(first, second) for first in names for second in ("", *names)]
    rows = [
        f'{{ faults = ["{first}"{f", {chr(34)}{second}{chr(34)}" if second else ""}] }}'
        for first, second in pairs
    ]
    promise = f"\n[survives]\nany_two = false\nin_order = [{', '.join(rows)}]\n"
    text = CLUSTER.partition("[[groups]]")[0] + promise
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    run = quorate("check", tmp_path / "c.toml", "--json")
    assert run.stderr == ""
    [found] = json.loads(run.stdout)
    verdicts = {one["claim"]: one["verdict"] for one in found["findings"] if one["kind"] == "claim"}
    said = {"proved": "runs on", "refuted": "stops", "never happens": "cannot happen"}
    expected = {
        (names[first], names[second] if second else "alone"): said[
            verdicts["survives-" + "-then-".join(filter(None, (first, second)))]
        ]
        for first, second in pairs
    }
    matrix = cells(page)
    assert len(set(matrix.values())) > 1
    assert matrix == expected


def test_no_cell_is_decided_that_a_setting_touches_which_no_model_reads(tmp_path):
    lack = '\n[[unmodelled]]\nsetting = "X = 1"\ntouches = "votes"\nwhy = "it is new"\n'
    text = CLUSTER.partition("[[groups]]")[0] + lack
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    run = quorate("review", tmp_path / "c.toml", "-o", tmp_path / "out")
    assert run.returncode == 3
    [path] = (tmp_path / "out").glob("*.html")
    assert "After the fault on the left" not in path.read_text(encoding="utf-8")
    assert "Can it split its brain? Not decided." in run.stdout
    assert "smallest thing" not in run.stdout


def test_a_folder_must_be_named_that_can_be_written(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text(CLUSTER, encoding="utf-8")
    assert quorate("review", file).returncode == 2
    assert "name a folder" in refused(quorate("review", file, "-o", file))
    assert not list(Path(tmp_path).glob("*.html"))

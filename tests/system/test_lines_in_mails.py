"""A trace line survives what mails, reports and shells do to a text around it."""

import quopri
import textwrap

import pytest

from quorate.system.trace_lines import from_line, line_in, to_line

DATA = {"steps": [["crash", {"node": number}] for number in range(97)], "broken": "it's Köln"}
LINE = to_line(DATA)
AROUND = f"Replay: quorate show {LINE}\n\nAll of this assumes that nothing is lost. \\o/\n"

MAILS = {
    "as it is": AROUND,
    "alone": LINE,
    "in quotation marks": f'"{LINE}"',
    "wrapped": "\n".join(textwrap.wrap(AROUND, 76)),
    "wrapped narrowly, by Windows": "\r\n".join(textwrap.wrap(AROUND, 20)),
    "quoted twice": "".join(f"> > {line}\n" for line in textwrap.wrap(AROUND, 60)),
    "indented": textwrap.indent("\n".join(textwrap.wrap(AROUND, 60)), "\t  "),
    "quoted-printable": quopri.encodestring(AROUND.encode()).decode(),
    "two of them": f"{LINE}\n{to_line('another')}",
}


@pytest.mark.parametrize("mail", MAILS)
def test_the_line_is_found_whole(mail: str) -> None:
    assert line_in(MAILS[mail]) == LINE


@pytest.mark.parametrize("size", range(12))
def test_a_line_of_any_length_ends_where_it_ends(size: int) -> None:
    line = to_line("x" * size)
    assert line_in(f"{line} and so on") == line
    assert from_line(line) == "x" * size


def test_a_text_without_a_line_has_none() -> None:
    assert line_in("quorate show nothing") is None


def test_a_damaged_line_is_found_to_be_refused() -> None:
    found = line_in(AROUND.replace(LINE[40], "", 1).replace("All of this", ""))
    assert found is not None
    with pytest.raises(Exception, match=r"damaged|cut short"):
        from_line(found)

"""The table of verdicts."""

import io

from rich.console import Console

from quorate.drawing.table import Row, plain_table, rich_table

ROWS = (
    Row("no-split-brain", "two nodes", "PROVED", "yes", "induction", 0.031),
    Row("survives-crash(1)", "日本", "REFUTED in 1 step", "NO", "bmc", 12.5),
    Row("no-minority-rule", "[red]a\nb", "UNKNOWN: time ran out", "unknown", "", 60.0),
)


def test_plain_columns_line_up() -> None:
    assert plain_table(ROWS) == (
        "claim              cluster    verdict                as expected  engine     seconds\n"
        "no-split-brain     two nodes  PROVED                 yes          induction     0.03\n"
        "survives-crash(1)  日本       REFUTED in 1 step      NO           bmc          12.50\n"
        "no-minority-rule   [red]a\\nb  UNKNOWN: time ran out  unknown                   60.00\n"
    )


def test_an_empty_table_is_its_header() -> None:
    assert plain_table(()) == "claim  cluster  verdict  as expected  engine  seconds\n"


def test_a_terminal_shows_the_same_words() -> None:
    console = Console(file=io.StringIO(), width=120, color_system=None)
    console.print(rich_table(ROWS, 120))
    assert isinstance(console.file, io.StringIO)
    said = console.file.getvalue()
    for row in ROWS:
        for text in row.texts:
            assert text in said

"""Files for spreadsheets: text stays text, numbers stay numbers."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from config.exports import as_csv, as_xlsx, download

LIVE = [
    "=1+1",
    "+44 20",
    "-O'Brien",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\ufeff=1",
    "＝1",
    "|cmd",
    "%x",
]
PLAIN = ["O'Brien", "Null", "Zażółć", 'say "no"; now', "two\nlines", "C100-1"]


def csv_rows(rows) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"), newline="")))


def xlsx_cells(rows):
    return next(openpyxl.load_workbook(io.BytesIO(as_xlsx(rows))).active.iter_rows())


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_is_text(text):
    assert csv_rows([[text]])[0][0].startswith("'")
    (cell,) = xlsx_cells([[text]])
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value.strip() == text.strip()


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_is_left_as_it_is(text):
    assert csv_rows([[text]]) == [[text]]
    assert xlsx_cells([[text]])[0].value == text


def test_numbers_and_days_keep_their_kind():
    row = [Decimal("-12.5"), Decimal("3"), 7, datetime.date(2019, 6, 30), None]
    assert csv_rows([row]) == [["-12.5", "3", "7", "2019-06-30", ""]]
    cells = xlsx_cells([row])
    assert [cell.value for cell in cells[:3]] == [-12.5, 3, 7]
    assert cells[3].value.date() == datetime.date(2019, 6, 30)


def test_control_characters_do_not_break_a_workbook():
    assert xlsx_cells([["a\x00b\x1fc"]])[0].value == "abc"


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_file_says_that_it_is_not_for_publication(format):
    answer = download([["a"]], name="Visits June", format=format)
    named = f'attachment; filename="visits-june-not-for-publication.{format}"'
    assert answer["Content-Disposition"] == named
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([["a"]])))
    assert book.sheetnames == ["Not for publication"]

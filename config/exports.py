"""Tables and charts as files: in CSV and Excel text stays text and numbers stay numbers.

A cell that begins with one of ``= + - @``, a tab or a return is a live formula to a spreadsheet. In
Excel's format the cell is marked as text; CSV knows no types, so that an apostrophe goes before it.
"""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Rows = Iterable[Iterable[Any]]
LIVE = re.compile(r"[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|%]")
STYLES = "config/chart.css"  # of every chart
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(rows: Rows) -> bytes:
    """The rows as CSV with a byte-order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_inert(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows) -> bytes:
    """The rows as an Excel workbook of one sheet, its first row kept in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cases")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FORMATS: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, XLSX),
}


def download(rows: Rows, *, name: str, format: str) -> HttpResponse:
    """The answer that hands the rows over as a file."""
    write, kind = FORMATS[format]
    return HttpResponse(
        write(rows),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.{format}"'},
    )


def picture(svg: str, *, name: str) -> HttpResponse:
    """The answer that hands a chart over as a file, which brings its own styles."""
    styles = Path(finders.find(STYLES)).read_text()
    head, inside = svg.split(">", 1)
    return HttpResponse(
        f"{head}><style>{styles}</style>{inside}",
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="{slugify(name)}.svg"'},
    )


def _inert(value: Any) -> Any:
    if isinstance(value, str) and LIVE.match(value):
        return f"'{value}"
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _cell(sheet, value: Any) -> Cell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, _plain(value))
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell

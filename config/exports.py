"""Tables and charts as files: in CSV and Excel text stays text and numbers stay numbers.

A cell that begins with one of ``= + - @``, a tab or a return is a live formula to a spreadsheet. In
Excel's format the cell is marked as text; CSV knows no types, so that an apostrophe goes before it.
"""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

Rows = Iterable[Iterable[Any]]

LIVE = re.compile(r"[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20|%]")
HEADING = Font(bold=True), Alignment(vertical="bottom", wrap_text=True)
NO_DAY = datetime.datetime(*ZipInfo().date_time, tzinfo=datetime.UTC)  # as archives say it
UNPUBLISHED = "not for publication"
STYLES = "config/chart.css"  # of every chart
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Number:
    """A number of a sheet that is shown in a format of its own."""

    value: Decimal
    format: str


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its rows, how many of them head it, and how wide its columns are.

    The last row of the head names the columns.
    """

    title: str
    rows: Rows
    heads: int = 1
    widths: tuple[int, ...] = ()


def as_csv(rows: Rows) -> bytes:
    """The rows as CSV with a byte-order mark, by which Excel knows that it is UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_inert(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows) -> bytes:
    """The rows as an Excel workbook of one sheet, its first row kept in view.

    The sheet is called by what is to be known of it: that it is not for publication.
    """
    return as_workbook([Sheet(UNPUBLISHED.capitalize(), rows)])


def as_workbook(sheets: Iterable[Sheet], *, title: str = "") -> bytes:
    """The sheets as an Excel workbook; what heads a sheet is kept in view.

    It says neither who made it nor when.
    """
    book = Workbook(write_only=True)
    about = book.properties
    about.title, about.creator = title or None, None
    about.created = about.modified = NO_DAY
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = f"A{one.heads + 1}"
        for number, width in enumerate(one.widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for number, row in enumerate(one.rows, start=1):
            cells = [_cell(sheet, value) for value in row]
            if number == one.heads:
                for cell in cells:
                    cell.font, cell.alignment = HEADING
            sheet.append(cells)
    file = io.BytesIO()
    ExcelWriter(book, ZipFile(file, "w", ZIP_DEFLATED)).save()
    return steady(file.getvalue())


def steady(archive: bytes) -> bytes:
    """The archive without the moments at which its parts were made.

    What is written again from the same content is then the same file, by its checksum too.
    """
    file = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as before, ZipFile(file, "w") as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name), before.read(name), ZIP_DEFLATED)
    return file.getvalue()


FORMATS: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, XLSX),
}


def download(rows: Rows, *, name: str, format: str) -> HttpResponse:
    """The answer that hands the rows over as a file, whose name says that it is not to be shown."""
    write, kind = FORMATS[format]
    return _handed_over(write(rows), kind, f"{name} {UNPUBLISHED}", format)


def picture(svg: str, *, name: str) -> HttpResponse:
    """The answer that hands a chart over as a file, which brings its own styles."""
    return _handed_over(styled(svg), "image/svg+xml", f"{name} {UNPUBLISHED}", "svg")


def _handed_over(content: bytes | str, kind: str, name: str, ending: str) -> HttpResponse:
    named = {"Content-Disposition": f'attachment; filename="{slugify(name)}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=named)


def styled(svg: str) -> str:
    """A chart that brings its own styles, for where it stands outside the pages."""
    head, inside = svg.split(">", 1)
    return f"{head}><style>{chart_styles()}</style>{inside}"


def chart_styles() -> str:
    """The styles of every chart, as CSS."""
    return Path(finders.find(STYLES)).read_text()


def _inert(value: Any) -> Any:
    if isinstance(value, str) and LIVE.match(value):
        return f"'{value}"
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _cell(sheet, value: Any) -> Cell:
    if isinstance(value, Number):
        cell = WriteOnlyCell(sheet, _plain(value.value))
        cell.number_format = value.format
        return cell
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, _plain(value))
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell

"""A paper in four formats: the same texts and digits in each, and nothing besides."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import docx
import lxml.html
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from indicators.reporting.outputs import FORMATS, sheets
from indicators.reporting.outputs.columns import APART, widths
from indicators.reporting.outputs.columns import LONG as LONG_TEXT
from indicators.reporting.outputs.legible import legible
from indicators.reporting.paper import Cell, Column, Drawing, Paper, Quote, Section, Table
from tests.indicators.papers import HOSTILE, hostile, number, sample

PAPERS = {
    "sample": sample(),
    "hostile": hostile(),
    "bare": sample(front=(), sections=(), appendix=(), glossary=(), marking=""),
}
LONG = re.compile("w{9,}")  # goes on over pages, beside what else stands on them
UNLETTERED = re.compile("[中文😀]")


@pytest.fixture(scope="module")
def made() -> dict[tuple[str, str], bytes]:
    return {
        (name, ending): form.render(paper)
        for name, paper in PAPERS.items()
        for ending, form in FORMATS.items()
    }


@pytest.fixture(params=PAPERS)
def named(request) -> str:
    return request.param


def tables(paper: Paper) -> list[Table]:
    return [
        block
        for section in legible(paper).parts()
        for block in section.blocks
        if isinstance(block, Table)
    ]


def wanted(paper: Paper) -> list[list[list[str]]]:
    """The texts of its tables, headings first."""
    return [
        [
            [column.title for column in table.columns],
            *([cell.text for cell in row] for row in table.rows),
        ]
        for table in tables(paper)
    ]


def texts(paper: Paper) -> list[str]:
    """Every text that people read, but those of tables."""
    paper = legible(paper)
    found = [paper.title, *(text for pair in (*paper.front, *paper.glossary) for text in pair)]
    for section in paper.parts():
        found.append(section.heading)
        for block in section.blocks:
            found += getattr(block, "paragraphs", [getattr(block, "caption", "")])
    return found


def bare(text: str) -> str:
    """A text by its letters: a page may break it anywhere, and has no letter for some of them."""
    return UNLETTERED.sub("\ufffd", re.sub(r"[\s\u200b-\u200f\u00ad]", "", text))


def as_shown(cell) -> str:
    if not isinstance(cell.value, int | float):
        return cell.value or ""
    before, digits, after = re.fullmatch(
        r'(?:"(.*?)")?([#,0.]+)(?:"(.*?)")?', cell.number_format.split(";")[0]
    ).groups(default="")
    decimals = len(digits.partition(".")[2])
    grouping = "," if "," in digits else ""
    return f"{before}{abs(cell.value):{grouping}.{decimals}f}{after}"


def test_a_web_page_has_every_text_and_every_cell(made, named):
    page = lxml.html.fromstring(made[named, "html"].decode())
    assert [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ] == wanted(PAPERS[named])
    told = page.text_content()
    assert all(text in told for text in texts(PAPERS[named]))


def test_a_word_document_has_every_text_and_every_cell(made, named):
    document = docx.Document(io.BytesIO(made[named, "docx"]))
    assert [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ] == wanted(PAPERS[named])
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(text in told for text in texts(PAPERS[named]))


def test_a_workbook_has_every_cell_and_numbers_are_numbers(made, named):
    book = openpyxl.load_workbook(io.BytesIO(made[named, "xlsx"]))
    contents, *found = book.worksheets
    listed = [tuple(filter(None, row)) for row in contents.iter_rows(values_only=True)]
    assert [row[0] for row in listed if row and row[0] in book] == [one.title for one in found]
    assert set(legible(PAPERS[named]).front) <= set(listed)
    assert PAPERS[named].marking in ("", *(row[0] for row in listed if row))
    for sheet, table, rows in zip(found, tables(PAPERS[named]), wanted(PAPERS[named]), strict=True):
        *_, last = [list(sheet.iter_rows())]
        shown = [[as_shown(cell) for cell in row[: len(table.columns)]] for row in last]
        assert shown[-len(rows) :] == rows
        for line, row in zip(reversed(last), reversed(table.rows), strict=False):
            for cell, told in zip(line, row, strict=False):
                assert isinstance(cell.value, int | float) == (told.number is not None)


def test_a_pdf_has_every_text_and_every_cell(made, named):
    reader = pypdf.PdfReader(io.BytesIO(made[named, "pdf"]))
    told = bare("".join(page.extract_text() for page in reader.pages))
    paged = re.compile(
        "|".join(
            re.escape(bare(text))
            for text in (PAPERS[named].marking, f"{PAPERS[named].title}. As at 30 June 2019")
            if text
        )
        + r"|TestshireCouncil|Page\d+of\d+"
    )
    longest = sum(map(len, LONG.findall(told)))
    told = paged.sub("", LONG.sub("", told))
    rows = ["".join(row) for table in wanted(PAPERS[named]) for row in table]
    for text in (*rows, *texts(PAPERS[named])):
        assert paged.sub("", LONG.sub("", bare(text))) in told
        longest -= sum(map(len, LONG.findall(text)))
    assert longest >= 0


@pytest.mark.parametrize("ending", FORMATS)
def test_a_figure_that_is_quoted_but_not_shown_is_in_no_file(ending):
    paper = sample()
    secret = Quote(
        indicator="re_referrals",
        place_id=987651,
        first=paper.as_at,
        last=paper.as_at,
        as_at=paper.as_at,
        numerator=Decimal(987652),
        denominator=Decimal(987653),
        value=Decimal("98.7654"),
    )
    hidden = paper.with_cells(lambda cell: replace(cell, quote=secret))
    assert not re.search(rb"98\.?765", everything(FORMATS[ending].render(hidden)))


def test_a_number_is_written_with_the_decimals_that_it_shows():
    exact = Cell("21.1%", Decimal("21.0557184750733"))
    assert sheets.shown(exact).value == Decimal("21.1")
    assert sheets.shown(Cell("370 of 1,705", Decimal(370))) == "370 of 1,705"
    assert sheets.shown(Cell("c")) == "c"
    assert sheets.shown(Cell("Worse: up 9.4 points", Decimal("9.4"))) == "Worse: up 9.4 points"
    assert sheets.shown(Cell("21.1%", Decimal("0.211"))) == "21.1%"


@pytest.mark.parametrize("text", ["1,705", "1705", "0.0%", "−1,234.5", "+3.2 points", "£1,000"])
def test_a_number_in_a_workbook_looks_as_it_does_in_the_paper(text):
    table = Table("key", "Caption", (Column("", True),), ((number(text.split(" ")[0], None),),))
    table = replace(table, rows=((Cell(text, table.rows[0][0].number),),))
    paper = sample(sections=(Section("One", (table,)),), appendix=())
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(paper)))
    cell = [row[0] for row in book["key"].iter_rows()][-1]
    assert isinstance(cell.value, int | float)
    assert as_shown(cell) == text
    assert float(cell.value) == float(table.rows[0][0].number)


def everything(file: bytes) -> bytes:
    """All that a file holds, unpacked."""
    if file.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(file))
        return b"\n".join(archive.read(name) for name in archive.namelist())
    if file.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(file))
        found = [
            str(reader.metadata).encode(),
            *(str(one).encode() for one in alternatives(reader)),
        ]
        return b"\n".join([*found, *(page.extract_text().encode() for page in reader.pages)])
    return file


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """The alternative texts of its pictures."""
    found, left = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        part = left.pop()
        if isinstance(part, pypdf.generic.IndirectObject):
            part = part.get_object()
        if isinstance(part, list):
            left += part
        elif isinstance(part, dict):
            found += [part["/Alt"]] if "/Alt" in part else []
            left += [part["/K"]] if "/K" in part else []
    return found


def test_nobody_is_named_as_author_and_nothing_is_hidden(made, named):
    about = pypdf.PdfReader(io.BytesIO(made[named, "pdf"])).metadata
    assert set(about) == {"/Title", "/Creator"}
    assert about["/Title"] == legible(PAPERS[named]).title
    for ending in ("docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(made[named, ending]))
        names = archive.namelist()
        assert not [name for name in names if re.search("comment|thumb|custom|vba|embed", name)]
        core = archive.read("docProps/core.xml").decode()
        assert not re.search("creator|odifiedBy|description|20[12][0-9]-", core)
    book = openpyxl.load_workbook(io.BytesIO(made[named, "xlsx"]))
    assert all(sheet.sheet_state == "visible" for sheet in book)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.comment]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_paper_is_the_same_file_whenever_it_is_made(made, ending, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert FORMATS[ending].render(PAPERS["sample"]) == made["sample", ending]


def test_charts_are_told_in_words_in_every_format_that_has_them(made):
    described = [
        block.described
        for section in PAPERS["sample"].parts()
        for block in section.blocks
        if isinstance(block, Drawing)
    ]
    reader = pypdf.PdfReader(io.BytesIO(made["sample", "pdf"]))
    assert sorted(map(str, alternatives(reader))) == sorted(described)
    document = docx.Document(io.BytesIO(made["sample", "docx"]))
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert told == described
    page = lxml.html.fromstring(made["sample", "html"].decode())
    assert [part.text for part in page.iter("desc")] == described


def test_a_pdf_is_tagged_and_says_its_language_and_where_its_parts_are(made, named):
    reader = pypdf.PdfReader(io.BytesIO(made[named, "pdf"]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    outline = [entry.title for entry in flat(reader.outline)]
    headings = [section.heading for section in legible(PAPERS[named]).parts()]
    assert [bare(title) for title in outline if title not in ("Contents", "Glossary")] == [
        bare(heading) for heading in headings
    ]


def flat(outline: list) -> list:
    return [
        entry for part in outline for entry in (flat(part) if isinstance(part, list) else [part])
    ]


def test_a_web_page_stands_alone_without_a_script(made, named):
    page = lxml.html.fromstring(made[named, "html"].decode())
    assert not list(page.iter("script", "link", "iframe", "object", "img"))
    assert not page.xpath("//@onload | //@onclick | //@style | //@src")
    assert len(list(page.iter("h1"))) == 1
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {target[1:] for target in page.xpath("//a/@href")} <= set(names)


def test_a_word_document_has_headings_and_rows_that_head_their_tables(made, named):
    document = docx.Document(io.BytesIO(made[named, "docx"]))
    headings = [
        (paragraph.text, int(paragraph.style.name[-1]))
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    told = [(section.heading, section.level) for section in legible(PAPERS[named]).parts()]
    assert [one for one in headings if one[0] != "Glossary"] == told
    entries = [one for one in document.paragraphs if one.style.name.startswith("toc")]
    assert [entry.text for entry in entries] == [heading for heading, at in headings if at < 3]
    leads = [one.get(qn("w:anchor")) for one in document.element.iter(qn("w:hyperlink"))]
    places = [one.get(qn("w:name")) for one in document.element.iter(qn("w:bookmarkStart"))]
    told = dict(zip(places, headings, strict=True))
    assert [told[place][0] for place in leads] == [entry.text for entry in entries]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_sheets_are_named_each_once_and_as_excel_takes_it():
    keys = ["a" * 40, "a" * 40, "A" * 40, "contents", "[x]:/\\*?", "'", ""]
    found = list(sheets.names([Table(key, "", (), ()) for key in keys]))
    assert len({name.casefold() for name in found}) == len(keys)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in found)


def test_no_character_turns_the_direction_of_what_follows():
    paper = legible(sample(title="a\u202e123\u202c\u2066b\ud800\x00c\r\nd"))
    assert paper.title == "a123bc d"
    assert legible(sample(sections=())) == sample(sections=())
    assert HOSTILE[4] != legible(hostile()).front[4][1]


def test_no_heading_is_more_than_a_level_below_the_one_before_it():
    sections = tuple(Section("Heading", level=level) for level in (2, 3, 3, 1, 3, 2, 2))
    paper = legible(sample(sections=sections, appendix=sections[:1]))
    assert [section.level for section in paper.sections] == [1, 2, 3, 1, 2, 2, 2]
    assert [section.level for section in paper.appendix] == [1]


def test_a_column_has_room_for_its_longest_word_but_not_for_any_word():
    (table, *_) = tables(sample())
    wide = replace(
        table,
        columns=(Column("Denominator"), Column("Same quarter last year"), Column("")),
        rows=((Cell("c"), Cell("18.5%"), Cell("w" * 4000)), (Cell(), Cell(), Cell())),
    )
    assert [width - APART for width in widths(wide)] == [11, 14, LONG_TEXT]
    narrow = replace(wide, rows=((Cell("c"), Cell("18.5%"), Cell("Worse: up 9.4 points")),))
    assert [width - APART for width in widths(narrow)] == [11, 22, 20]

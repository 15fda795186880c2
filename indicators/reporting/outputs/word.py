"""A paper as a Word document that can be edited: styles, tables and pictures of charts."""

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from config.exports import steady
from config.tables import day
from indicators.reporting.outputs import charts
from indicators.reporting.outputs.columns import widths
from indicators.reporting.paper import Block, Drawing, Paper, Section, Table, Text

FONT = "Arial"
BLACK = "0B0C0C"
# What the library's own template brings along and a paper has no use for.
CHAFF = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects")
SIZES = {"Normal": 11, "Title": 18, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
SMALL = {"Caption": 10.5, "Header": 9, "Footer": 9}
BOLD = {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption"}
ASIDE = Cm(5)  # of what stands above the first section, for its labels
SHORT = 255  # letters of what a document says of itself
WIDE = 6  # columns of a table, for more of which the page is turned
GLOSSARY = "Glossary"
LISTED = 2  # levels of headings that the contents have
PLACE = "_Toc"  # names of places, as Word makes them for its own contents
FIGURES = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Figures">
  <w:name w:val="Figures"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/>
    </w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def write(paper: Paper) -> bytes:
    """The paper as a Word document, which says neither who made it nor when."""
    document = docx.Document()
    _strip(document, paper)
    _style(document, paper)
    _frame(document, paper)
    _front(document, paper)
    _contents(document, paper)
    for section in paper.sections:
        _section(document, section)
    if paper.appendix:
        _turn(document, is_wide=any(_is_wide(section) for section in paper.appendix))
        for section in paper.appendix:
            _section(document, section)
    if paper.glossary:
        _turn(document, is_wide=False)
        _heading(document, GLOSSARY, 1)
        for term, meaning in paper.glossary:
            paragraph = document.add_paragraph()
            paragraph.add_run(term).bold = True
            paragraph.add_run(f": {meaning}")
    file = io.BytesIO()
    document.save(file)
    return steady(file.getvalue())


def _strip(document: Document, paper: Paper) -> None:
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(CHAFF):
                del part.rels[key]
    about = document.core_properties
    for told in list(about._element):
        about._element.remove(told)
    about.title, about.language = paper.title[:SHORT], paper.language


def _style(document: Document, paper: Paper) -> None:
    styles = document.styles
    for name, size in (SIZES | SMALL).items():
        styles[name].font.size, styles[name].font.bold = Pt(size), name in BOLD or None
    for letters in styles.element.iter(qn("w:rFonts")):
        letters.attrib.clear()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            letters.set(qn(f"w:{kind}"), FONT)
    for colour in styles.element.iter(qn("w:color")):
        colour.attrib.clear()
        colour.set(qn("w:val"), BLACK)
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    normal, caption = styles["Normal"].paragraph_format, styles["Caption"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(8), 1.15
    caption.space_before, caption.space_after, caption.keep_with_next = Pt(12), Pt(4), True
    styles["Heading 1"].paragraph_format.space_before = Pt(18)
    styles["Heading 1"].paragraph_format.space_after = Pt(6)
    styles["Heading 2"].paragraph_format.space_before = Pt(14)
    styles["Heading 2"].paragraph_format.space_after = Pt(4)
    styles["Heading 3"].paragraph_format.space_after = Pt(2)
    styles["Title"].paragraph_format.space_after = Pt(8)
    for spoken in styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), paper.language)
    styles.element.append(parse_xml(FIGURES))
    for level in (1, 2):
        entry = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        entry.base_style = styles["Normal"]
        entry.paragraph_format.left_indent = Cm(0.6) * (level - 1)
        entry.paragraph_format.space_after = Pt(3)


def _frame(document: Document, paper: Paper) -> None:
    """What stands on every page: above it authority and marking, below it title, day and number."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2.3)
    above = page.header.paragraphs[0]
    above.add_run(paper.authority)
    if paper.marking:
        above.add_run(f"  {paper.marking}").bold = True
    below = page.footer.paragraphs[0]
    below.add_run(f"{paper.title}. As at {day(paper.as_at)}. Page ")
    _field(below, "PAGE")
    below.add_run(" of ")
    _field(below, "NUMPAGES")


def _front(document: Document, paper: Paper) -> None:
    if paper.marking:
        document.add_paragraph().add_run(paper.marking).bold = True
    if all(text != paper.title for _, text in paper.front):
        document.add_paragraph(paper.title, style="Title")
    for label, text in paper.front:
        paragraph = document.add_paragraph(style="Title" if text == paper.title else None)
        paragraph.paragraph_format.left_indent = ASIDE
        paragraph.paragraph_format.first_line_indent = -ASIDE
        name = paragraph.add_run(label)
        name.bold, name.font.size = True, Pt(SIZES["Normal"])
        paragraph.add_run(f"\t{text}")


def _contents(document: Document, paper: Paper) -> None:
    """A table of contents that leads to the headings, and that Word can make anew."""
    headings = [(section.heading, section.level) for section in paper.parts()]
    headings += [(GLOSSARY, 1)] if paper.glossary else []
    entries = []
    document.add_paragraph("Contents", style="TOC Heading")
    for number, (heading, level) in enumerate(headings):
        if level <= LISTED:
            entry = document.add_paragraph(style=f"toc {level}")
            link = _made("hyperlink", anchor=f"{PLACE}{number}")
            link.append(entry.add_run(heading)._r)
            entry._p.append(link)
            entries.append(entry)
    if entries:
        code = _made("instrText", rf' TOC \o "1-{LISTED}" \h \n \z ')
        begin, between, end = (
            _made("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")
        )
        for part in (between, code, begin):
            entries[0]._p.pPr.addnext(_run(part))
        entries[-1]._p.append(_run(end))


def _heading(document: Document, text: str, level: int) -> None:
    """A heading, marked so that the contents lead to it."""
    heading = document.add_heading(level=level)
    number = len(document.element.body.findall(f".//{qn('w:bookmarkStart')}"))
    heading._p.append(_made("bookmarkStart", id=str(number), name=f"{PLACE}{number}"))
    heading.add_run(text)
    heading._p.append(_made("bookmarkEnd", id=str(number)))


def _turn(document: Document, *, is_wide: bool) -> None:
    page = document.add_section(WD_SECTION.NEW_PAGE)
    short, long = sorted((page.page_width, page.page_height))
    page.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (long, short) if is_wide else (short, long)


def _is_wide(section: Section) -> bool:
    return any(isinstance(block, Table) and len(block.columns) > WIDE for block in section.blocks)


def _section(document: Document, section: Section) -> None:
    _heading(document, section.heading, section.level)
    for block in section.blocks:
        _block(document, block)


def _block(document: Document, block: Block) -> None:
    match block:
        case Text():
            for text in block.paragraphs:
                document.add_paragraph(text, style="List Bullet" if block.is_list else None)
        case Table():
            _table(document, block)
        case Drawing():
            document.add_paragraph(block.caption, style="Caption")
            picture = document.add_picture(io.BytesIO(charts.png(block)), width=Cm(16.4))
            about = picture._inline.docPr
            about.set("descr", block.described)
            about.set("name", block.caption)


def _table(document: Document, block: Table) -> None:
    document.add_paragraph(block.caption, style="Caption")
    table = document.add_table(len(block.rows) + 1, len(block.columns), style="Figures")
    _widen(document, table, block)
    _tell(table, block)
    texts = [
        [column.title for column in block.columns],
        *([cell.text for cell in row] for row in block.rows),
    ]
    for row, cells in zip(table.rows, texts, strict=True):
        row._tr.get_or_add_trPr().append(_made("cantSplit"))
        for place, text, column in zip(row.cells, cells, block.columns, strict=True):
            paragraph = place.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold = cells is texts[0] or None
            run.font.size = Pt(8.5 if len(block.columns) > WIDE else 10)
            if column.is_numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    table.rows[0]._tr.get_or_add_trPr().append(_made("tblHeader"))
    document.add_paragraph().add_run(block.note).font.size = Pt(9.5)


def _widen(document: Document, table: WordTable, block: Table) -> None:
    """Shares the width of the page among the columns, by what stands in them."""
    page, wide = document.sections[-1], widths(block)
    room = page.page_width - page.left_margin - page.right_margin
    table.autofit = False
    for column, width in zip(table.columns, wide, strict=True):
        column.width = room * width // sum(wide)


def _tell(table: WordTable, block: Table) -> None:
    """Says to a screen reader what the table is, and that its first row and column are headings."""
    about = table._tbl.tblPr
    look = about.find(qn("w:tblLook"))
    look.attrib.clear()
    for part, is_on in {"firstRow": 1, "firstColumn": 1, "noVBand": 1, "noHBand": 1}.items():
        look.set(qn(f"w:{part}"), str(is_on))
    about.append(_made("tblCaption", val=block.caption))


def _field(paragraph: Paragraph, code: str) -> None:
    field = _made("fldSimple", instr=code)
    field.append(_run(_made("t", "1")))
    paragraph._p.append(field)


def _run(part: BaseOxmlElement) -> BaseOxmlElement:
    run = _made("r")
    run.append(part)
    return run


def _made(tag: str, text: str = "", **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(f"w:{tag}")
    if text:
        element.text = text
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element

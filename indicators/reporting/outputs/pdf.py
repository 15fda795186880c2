"""A paper as a tagged PDF (PDF/UA-1), for people who read it or have it read to them.

The paper is handed to the typesetter as data: none of its texts can become markup.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst

from config.exports import styled
from config.tables import day
from indicators.reporting.outputs import charts
from indicators.reporting.outputs.columns import widths
from indicators.reporting.paper import Block, Drawing, Paper, Section, Table, Text

LAYOUT = Path(__file__).with_name("paper.typ")
WITHOUT_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
INSTEAD = "\ufffd"


def write(paper: Paper) -> bytes:
    """The paper as PDF."""
    return typeset(paper, format="pdf", pdf_standards="ua-1")


def typeset(paper: Paper, **form: Any) -> Any:
    """The pages of a paper; a character that no letter of its fonts stands for is shown as �."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(charts.FONTS)])
    files = {
        "main.typ": LAYOUT.read_bytes(),
        "paper.json": json.dumps(_paper(paper), ensure_ascii=False).encode(),
        **{_name(drawing): styled(charts.svg(drawing)).encode() for drawing in _drawings(paper)},
    }
    while True:
        try:
            return typst.compile(files, font_paths=fonts, **form)
        except typst.TypstError as error:
            missing = set("".join(WITHOUT_LETTER.findall(error.diagnostic))) - {INSTEAD}
            if not missing:
                raise
            table = str.maketrans(dict.fromkeys(missing, INSTEAD))
            files |= {
                name: content.decode().translate(table).encode()
                for name, content in files.items()
                if name != "main.typ"
            }


def _drawings(paper: Paper) -> list[Drawing]:
    return [
        block for section in paper.parts() for block in section.blocks if isinstance(block, Drawing)
    ]


def _name(drawing: Drawing) -> str:
    return f"{drawing.key}.svg"


def _paper(paper: Paper) -> dict[str, Any]:
    language, region = paper.language.split("-")
    return {
        "title": paper.title,
        "authority": paper.authority,
        "front": paper.front,
        "sections": [_section(section) for section in paper.sections],
        "appendix": [_section(section) for section in paper.appendix],
        "glossary": paper.glossary,
        "marking": paper.marking,
        "as_at": f"As at {day(paper.as_at)}",
        "language": language,
        "region": region,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "level": section.level,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Text():
            return {"kind": "points" if block.is_list else "text", "paragraphs": block.paragraphs}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "heads": [column.title for column in block.columns],
                "numeric": [column.is_numeric for column in block.columns],
                "widths": widths(block),
                "rows": [[cell.text for cell in row] for row in block.rows],
                "note": block.note,
            }
        case Drawing():
            return {
                "kind": "drawing",
                "caption": block.caption,
                "described": block.described,
                "file": _name(block),
            }

"""A paper as a file: PDF, Word, Excel and a web page, all written from the same cells.

A format knows the paper and nothing else, so that what is hidden in the paper is in none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from config.exports import XLSX
from indicators.reporting.outputs import html, pdf, sheets, word
from indicators.reporting.outputs.legible import legible
from indicators.reporting.paper import Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Format:
    """A kind of file that a paper is handed out as."""

    title: str
    ending: str
    content_type: str
    write: Callable[[Paper], bytes]

    def render(self, paper: Paper) -> bytes:
        """The paper as a file of this kind."""
        return self.write(legible(paper))


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format("PDF", "pdf", "application/pdf", pdf.write),
        Format("Word", "docx", DOCX, word.write),
        Format("Excel, the tables only", "xlsx", XLSX, sheets.write),
        Format("Web page", "html", "text/html; charset=utf-8", html.write),
    )
}

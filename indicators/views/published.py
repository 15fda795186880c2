"""What everybody may read: published reports with their files, definitions and glossary.

Nobody signs in, and every reader gets the same answer, so that caches may keep it.
"""

import base64
import hashlib
import re
from typing import Any

from csp.constants import NONE
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views import View
from django.views.decorators.http import conditional_page

from config import frontend
from config.exports import XLSX

from ..choices import PaperFormat
from ..glossary import TERMS
from ..models import Publication, PublishedFile

MINUTES = "public, max-age=300"
FOR_EVER = "public, max-age=31536000, immutable"  # of what is never changed
TYPES = {
    PaperFormat.HTML: "text/html; charset=utf-8",
    PaperFormat.PDF: "application/pdf",
    PaperFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.SHEETS: XLSX,
}
STYLES = re.compile(rb"<style[^>]*>(.*?)</style>", re.S)


@method_decorator(conditional_page, name="dispatch")
class OpenPage(View):
    """A page that everybody may read; it is told nothing of who reads it."""

    template_name: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = frontend.context(request) | self.context(**kwargs)
        page = render_to_string(self.template_name, context)
        return HttpResponse(page, headers={"Cache-Control": MINUTES})

    def context(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows."""
        return {}


def publication(pk: int) -> Publication:
    """A publication; one that is not published yet is not found."""
    found = Publication.objects.published().filter(pk=pk)
    copy = found.select_related("report__authority").first()
    if copy is None:
        raise Http404("No such report has been published.")
    return copy


def in_order(copy: Publication) -> list[PublishedFile]:
    """The files of a publication, the one that everybody can read first."""
    return sorted(
        copy.files.defer("content"), key=lambda file: PaperFormat.values.index(file.format)
    )


class PublishedReports(OpenPage):
    """Every published report, that for the latest meeting first."""

    template_name = "indicators/published_reports.html"

    def context(self, **kwargs: Any) -> dict[str, Any]:
        found = Publication.objects.latest().select_related("report__authority")
        return {"reports": found.order_by("-report__meets_on", "-published_at")}


class PublishedReport(OpenPage):
    """A published report: where to read it, what it is about, and its versions."""

    template_name = "indicators/published_report.html"

    def context(self, **kwargs: Any) -> dict[str, Any]:
        copy = publication(kwargs["pk"])
        versions = list(copy.report.publications.published().order_by("-version"))
        return {
            "publication": copy,
            "files": in_order(copy),
            "versions": versions,
            "latest": versions[0] if versions[0] != copy else None,
        }


class PublishedDefinitions(OpenPage):
    """What each indicator of a published report counted, as it was defined then."""

    template_name = "indicators/published_definitions.html"

    def context(self, **kwargs: Any) -> dict[str, Any]:
        copy = publication(kwargs["pk"])
        return {"publication": copy, "indicators": copy.indicators.defer("statements")}


class PublishedGlossary(OpenPage):
    """Every acronym in full."""

    template_name = "indicators/published_glossary.html"

    def context(self, **kwargs: Any) -> dict[str, Any]:
        return {"terms": TERMS}


class AccessibilityStatement(OpenPage):
    """How far the pages can be used by everybody, and whom to tell where they cannot."""

    template_name = "indicators/accessibility.html"


@method_decorator(conditional_page, name="dispatch")
class PublishedCopy(View):
    """A file of a published report, byte for byte as it was signed."""

    def get(self, request: HttpRequest, pk: int, format: str) -> HttpResponse:
        copy = publication(pk)
        file = copy.files.filter(format=format).first()
        if file is None:
            raise Http404("It was not published in this format.")
        response = handed_out(file, name=f"{copy.title} version {copy.version}")
        response["Cache-Control"] = FOR_EVER
        return response


def handed_out(file: PublishedFile, *, name: str) -> HttpResponse:
    """The answer that hands a file over; a web page is shown, under its own styles alone."""
    content = bytes(file.content)
    response = HttpResponse(content, content_type=TYPES[PaperFormat(file.format)])
    response["ETag"] = f'"{file.sha256}"'
    if file.format == PaperFormat.HTML:
        digests = [hashlib.sha256(styles).digest() for styles in STYLES.findall(content)]
        told = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
        response["Content-Security-Policy"] = (
            f"default-src 'none'; img-src data:; style-src {' '.join(told) or NONE};"
            " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
    else:
        ending = f'{slugify(name)}.{file.format}"'
        response["Content-Disposition"] = f'attachment; filename="{ending}'
    return response

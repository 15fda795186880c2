"""What members and the public read: the same for everybody, without signing in, and no more."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Publication
from tests import making
from tests.addresses import every_route
from tests.indicators.test_publications import case, definition, figure, file, published, signed

pytestmark = pytest.mark.django_db

PAGE = b"<!doctype html><html><head><style>p { margin: 0 }</style></head><p>21.7%</p></html>"


@pytest.fixture
def copy() -> Publication:
    """A published report with a figure, the case behind it, and files."""
    copy = published()
    case(figure=figure(publication=copy), reference="SECRET-1", reason="Of a secret child")
    definition(publication=copy, title="Repeat referrals", what="Referrals of a child …")
    file(publication=copy)
    file(PAGE, publication=copy, format="html", sha256=_digest(PAGE))
    return copy


def _digest(content: bytes) -> str:

    return hashlib.sha256(content).hexdigest()


def address(name: str, copy: Publication) -> str:
    told = {"pk": copy.pk, "format": "html"}
    [route] = [route for route in every_route() if route.name == f"indicators:{name}"]
    return reverse(route.name, kwargs={key: told[key] for key in route.takes})


PAGES = (
    "published-reports",
    "published-report",
    "published-definitions",
    "published-file",
    "published-glossary",
    "accessibility",
)


@pytest.mark.parametrize("name", PAGES)
def test_anybody_reads_it_and_caches_may_keep_it_for_all(copy, name):
    reader, officer = Client(), Client()
    officer.force_login(making.holder("publisher", copy.report.authority, first_name="Ada"))
    answer, to_officer = (each.get(address(name, copy)) for each in (reader, officer))
    assert answer.status_code == 200
    assert answer.content == to_officer.content
    for each in (answer, to_officer):
        assert each["Cache-Control"].startswith("public")
        assert "Cookie" not in each.get("Vary", "")
        assert not each.cookies
        assert each["ETag"] == answer["ETag"]
    again = reader.get(address(name, copy), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_child_an_account_or_an_exact_figure(copy, name):
    text = Client().get(address(name, copy)).content.decode()
    people = (copy.signed_by.username, copy.approved_by.username)
    for secret in ("SECRET-1", "secret child", "370", *people):
        assert secret not in text


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_there(copy, name, method):
    assert getattr(Client(), method)(address(name, copy)).status_code == 405


@pytest.mark.parametrize("name", PAGES[1:4])
def test_what_is_signed_but_not_published_is_not_found(name):
    copy = signed()
    file(PAGE, publication=copy, format="html", sha256=_digest(PAGE))
    assert Client().get(address(name, copy)).status_code == 404
    assert copy.title not in Client().get(reverse("indicators:published-reports")).text


def test_every_report_is_listed_once_by_its_latest_version(copy):
    second = published(report=copy.report, version=2, note="Eleven referrals were corrected.")
    shown = Client().get(reverse("indicators:published-reports")).text
    assert shown.count(reverse("indicators:published-report", args=[second.pk])) == 1
    assert reverse("indicators:published-report", args=[copy.pk]) not in shown
    assert "Eleven referrals were corrected." in shown
    first = Client().get(reverse("indicators:published-report", args=[copy.pk])).text
    assert "This version was corrected" in first
    assert "Version 2" in first


def test_a_file_is_handed_out_as_it_was_signed(copy):
    pdf = Client().get(reverse("indicators:published-file", args=[copy.pk, "pdf"]))
    assert pdf.content == b"%PDF-1.7"
    assert pdf["ETag"] == f'"{_digest(pdf.content)}"'
    name = 'attachment; filename="key-performance-indicators-version-1.pdf"'
    assert pdf["Content-Disposition"] == name
    assert "immutable" in pdf["Cache-Control"]
    assert Client().get(address("published-file", copy)[:-4] + "docx").status_code == 404


def test_the_page_of_a_report_runs_nothing_and_uses_its_own_styles_alone(copy):
    policy = Client().get(address("published-file", copy))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy

"""The sections of the site, and the address of a record's page."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from config.admission import opens

HOME, LOG = "indicators:overview", "referrals:log"
REPORTS = ("indicators:report-list", "indicators:publication-list")
WORK_LISTS = {"my-work": "referrals:my-work", "team-work": "referrals:team-work"}
LOG_KEY = "l"  # which leads there from every page
NO_SHORTCUT = "no-shortcut"  # the cookie of a browser in which it does not


@dataclass(frozen=True)
class Entry:
    """An entry of the menu: what people call it, and the name of its first page."""

    label: str
    page: str

    def holds(self, name: str) -> bool:
        """Whether the page of that name belongs to the entry: a record's page to its list's."""
        if self.page == HOME:
            is_report = any(Entry("", page).holds(name) for page in REPORTS)
            return name.startswith("indicators:") and not is_report
        return name.rpartition("-")[0] == self.page.rpartition("-")[0]


@dataclass(frozen=True)
class Section:
    """Entries that are one in the menu; the others stand below it while one of them is open."""

    label: str
    entries: tuple[Entry, ...]


def _alone(label: str, page: str) -> Section:
    return Section(label, (Entry(label, page),))


SECTIONS = (
    _alone("My work", "referrals:my-work"),
    _alone("Team work", "referrals:team-work"),
    _alone("Figures", HOME),
    Section(
        "Reports",
        (Entry("Reports", REPORTS[0]), Entry("Signed reports", REPORTS[1])),
    ),
    _alone("Find a child", "referrals:find-child"),
    Section(
        "Records",
        (
            Entry("Children", "referrals:child-list"),
            Entry("Referrals", "referrals:referral-list"),
            Entry("EHC requests", "ehcp:request-list"),
            Entry("Protection plans", "visits:protectionplan-list"),
            Entry("Visits", "visits:visit-list"),
            Entry("Corrections", "referrals:correction-list"),
            Entry("Struck out", "referrals:struckout-list"),
        ),
    ),
    Section(
        "Staff",
        (
            Entry("Workers", "workforce:worker-list"),
            Entry("Vacancies", "workforce:vacancy-list"),
            Entry("Teams", "workforce:team-list"),
        ),
    ),
    Section(
        "Access",
        (
            Entry("Accounts", "workforce:account-list"),
            Entry("Access review", "workforce:access-list"),
            Entry("Who looked", "referrals:look-list"),
            Entry("Who searched", "referrals:search-list"),
            Entry("Emergency access", "referrals:emergency-access-list"),
        ),
    ),
)


def sections(request: HttpRequest) -> list[dict]:
    """The sections with the entries that let the account in, and those of the page marked.

    A section of one entry is called what the entry is called.
    """
    here = request.resolver_match.view_name if request.resolver_match else ""
    found = []
    for section in SECTIONS:
        entries = [
            {
                "label": entry.label,
                "url": url,
                "active": entry.holds(here),
                "current": "page" if entry.page == here else "true",
            }
            for entry in section.entries
            if opens(request.user, url := reverse(entry.page))
        ]
        if entries:
            found.append(
                {
                    "label": section.label if len(entries) > 1 else entries[0]["label"],
                    "url": entries[0]["url"],
                    "active": any(entry["active"] for entry in entries),
                    "entries": entries if len(entries) > 1 else [],
                }
            )
    return found


def page_name(model: type[Model], page: str = "detail") -> str:
    """The name of a page of a model's records: ``referrals:child-detail``, ``…-list``."""
    return f"{model._meta.app_label}:{model._meta.model_name}-{page}"


def address(model: type[Model], key, page: str = "detail") -> str:
    """The address of a record's page, or of another about it; empty where its kind has none."""
    try:
        return reverse(page_name(model, page), args=[key])
    except NoReverseMatch:
        return ""

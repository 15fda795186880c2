"""The sections of the site, and the address of a record's page."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from config.admission import opens

HOME, LOG = "indicators:overview", "referrals:log"
LOG_KEY = "l"  # which leads there from every page
NO_SHORTCUT = "no-shortcut"  # the cookie of a browser in which it does not


@dataclass(frozen=True)
class Section:
    """An entry of the primary navigation: what people call it, and the name of its first page."""

    label: str
    page: str

    def holds(self, name: str) -> bool:
        """Whether the page of that name belongs to the section: a record's page to its list's."""
        if self.page == HOME:
            return name.startswith("indicators:")
        return name.rpartition("-")[0] == self.page.rpartition("-")[0]


SECTIONS = (
    Section("My work", "referrals:my-work"),
    Section("Team work", "referrals:team-work"),
    Section("Figures", HOME),
    Section("Find a child", "referrals:find-child"),
    Section("Children", "referrals:child-list"),
    Section("Referrals", "referrals:referral-list"),
    Section("EHC requests", "ehcp:request-list"),
    Section("Protection plans", "visits:protectionplan-list"),
    Section("Visits", "visits:visit-list"),
    Section("Workers", "workforce:worker-list"),
    Section("Vacancies", "workforce:vacancy-list"),
    Section("Teams", "workforce:team-list"),
    Section("Accounts", "workforce:account-list"),
    Section("Access", "workforce:access-list"),
    Section("Who looked", "referrals:look-list"),
    Section("Who searched", "referrals:search-list"),
    Section("Emergency access", "referrals:emergency-access-list"),
)


def sections(request: HttpRequest) -> list[dict]:
    """The sections that let the account in, with the one that the page belongs to marked."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "label": section.label,
            "url": reverse(section.page),
            "active": section.holds(here),
        }
        for section in SECTIONS
        if opens(request.user, reverse(section.page))
    ]


def page_name(model: type[Model], page: str = "detail") -> str:
    """The name of a page of a model's records: ``referrals:child-detail``, ``…-list``."""
    return f"{model._meta.app_label}:{model._meta.model_name}-{page}"


def address(model: type[Model], key, page: str = "detail") -> str:
    """The address of a record's page, or of another about it; empty where its kind has none."""
    try:
        return reverse(page_name(model, page), args=[key])
    except NoReverseMatch:
        return ""

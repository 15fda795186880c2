"""The page that says what an indicator is: in plain words, by examples, and down to its SQL."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from .. import registry, wording
from ..base import Indicator
from ..caselist import cases
from ..definition import Difference, differences, standards, statements
from ..examples import documents
from ..figures import Chart
from ..glossary import TERMS
from ..listing import Listed, listed, not_shown_in_words
from ..periods import Kind
from .indicator import IndicatorPage

SHOWN = 25  # cases on which two rules differ; the files of cases have all


class DefinitionPage(IndicatorPage):
    """What an indicator counts and why, and how it differs from others about the same thing."""

    page = "definition"
    template_name = "indicators/definition.html"

    def context(self) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        document = documents().get(indicator.name)
        examples = document.examples if document else []
        return {
            "indicator": indicator,
            "service": wording.service(indicator),
            "period": selection.period(indicator),
            "document": document,
            "is_due": document and document.review_by < selection.as_at,
            "examples": [each for each in examples if each.for_indicator(indicator.name)],
            "standards": standards(indicator, selection.authority),
            "statements": statements(
                indicator, authority=selection.authority, as_at=selection.as_at
            ),
            "variants": [self.beside_another(registry.indicator(n)) for n in indicator.variants],
            "kinds": selection.kinds(Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR),
            "tabs": self.tabs(),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
        }

    def beside_another(self, other: Indicator) -> dict[str, Any]:
        """The figures by two rules, and each case on which they differ."""
        selection = self.selection
        period = selection.period(self.indicator)
        pair = [self.indicator, other]
        figures = selection.reading.figures(pair, Chart([period], [selection.team]))
        asked = {
            "as_at": selection.as_at,
            "authority": selection.authority,
            "team": selection.team,
            "reading": selection.reading,
        }
        found = differences(*(cases(each, period, **asked) for each in pair))
        rows = {id(each.row): each for each in found}
        shown, hidden = listed(
            [each.row for each in found],
            user=self.request.user,
            teams=selection.places.teams,
            as_at=selection.as_at,
        )
        shown.sort(key=lambda case: (case.on_day, case.reference), reverse=True)
        return {
            "other": other,
            "url": f"{reverse('indicators:definition', args=[other.name])}?{selection.address()}",
            "figures": figures,
            "count": len(found),
            "rows": [_told(case, rows[id(case.row)]) for case in shown[:SHOWN]],
            "more": max(0, len(shown) - SHOWN),
            "not_shown": not_shown_in_words(len(hidden)),
        }


def _told(case: Listed, difference: Difference) -> dict[str, Any]:
    """A case, and what each of two rules says of it."""
    return {"case": case, "here": difference.here, "there": difference.there}


class Glossary(TemplateView):
    """Every acronym in full."""

    template_name = "indicators/glossary.html"
    extra_context = {"terms": TERMS}

"""The page on which it is written what is to be said about a figure."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse

from config import history
from workforce.events import Done, Logging

from .. import registry
from ..actions import CHANGED_MEANWHILE, COMMENTATORS, comment
from ..base import Indicator
from ..figures import Chart, Figure
from ..forms import CommentaryForm
from ..models import Commentary
from ..periods import Period
from ..selection import Selection


class WriteCommentary(Logging):
    """The commentary on the figure of an indicator for a period and a place, with its history."""

    template_name = "indicators/commentary.html"
    form_class = CommentaryForm
    title, button = "Write the commentary", "Save the commentary"

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator that the address names."""
        try:
            return registry.indicator(self.kwargs["name"])
        except registry.UnknownIndicator as error:
            raise Http404(str(error)) from error

    @cached_property
    def selection(self) -> Selection:
        """The period and the place that the address names, which the account answers for."""
        asked = {part: str(self.kwargs[part]) for part in ("kind", "ending", "place")}
        found = Selection.chosen(self.request.user, **asked)
        if found.place.pk not in self.request.user.reach.places(*COMMENTATORS):
            raise Http404("The account does not answer for this place.")
        return found

    @property
    def period(self) -> Period:
        """The period that is written about."""
        return self.selection.period(self.indicator)

    @cached_property
    def said(self) -> Commentary | None:
        """What is said so far."""
        return commentary_on(self.indicator, self.period, self.selection)

    @cached_property
    def version(self) -> int:
        """The version of the text that the form began with."""
        asked = self.request.POST.get("version", "")
        return int(asked) if asked.isdecimal() and len(asked) < 19 else self.latest

    @property
    def latest(self) -> int:
        """The version of the text that there is."""
        return history.version(self.said) if self.said else 0

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.said}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        shown = super().get_context_data(**context)
        is_changed = CHANGED_MEANWHILE in shown["form"].non_field_errors()
        return shown | {
            "about": f"{indicator.title}, {selection.place}, {self.period.label}",
            "figure": self.figure,
            "back": self.back,
            "version": self.latest if is_changed else self.version,
            "theirs": self.said if is_changed else None,
            "changes": history.changes(Commentary, self.said.pk, reader=self.request.user)
            if self.said
            else [],
        }

    @property
    def figure(self) -> Figure:
        """The figure that is written about."""
        selection = self.selection
        [found] = selection.reading.figures(
            [self.indicator], Chart([self.period], [selection.team])
        )
        return found

    @property
    def back(self) -> str:
        """The page of the figure."""
        page = reverse("indicators:indicator", args=[self.indicator.name])
        return f"{page}?{self.selection.address()}#commentary"

    def act(self, form: CommentaryForm) -> Done:
        comment(
            indicator=self.indicator,
            period=self.period,
            place=self.selection.place,
            **form.cleaned_data,
            version=self.version,
            by=self.request.user,
        )
        return Done("The commentary is saved.", self.back)


def commentary_on(indicator: Indicator, period: Period, selection: Selection) -> Commentary | None:
    """What is said about a figure of a selection's place."""
    return (
        Commentary.objects.filter(
            place=selection.place,
            indicator=indicator.name,
            period=period.kind,
            ending=period.end,
        )
        .select_related("written_by")
        .first()
    )


def address_to_write(indicator: Indicator, period: Period, selection: Selection, user) -> str:
    """Where the commentary on a figure is written; empty for whom it is not to write."""
    if selection.place.pk not in user.reach.places(*COMMENTATORS):
        return ""
    return reverse(
        "indicators:commentary",
        kwargs={
            "name": indicator.name,
            "kind": period.kind.value,
            "ending": period.end.isoformat(),
            "place": selection.place.pk,
        },
    )

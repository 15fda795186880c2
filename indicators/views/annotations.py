"""Pages on which people note what a trend has to be read with, and take it off again."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.tables import day
from workforce.events import Done, Logging
from workforce.models import Team

from .. import registry
from ..annotations import may_note, note, take_off
from ..base import Indicator
from ..forms import EVERY, AnnotationForm, TakeOffForm
from ..models import Annotation


class AnnotateTrend(Logging):
    """The page on which it is noted what happened, for the charts of a place."""

    form_class = AnnotationForm
    title = "Note what happened"
    button = "Put it on the charts"

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator from whose page one came."""
        try:
            return registry.indicator(self.kwargs["name"])
        except registry.UnknownIndicator as error:
            raise Http404(str(error)) from error

    @cached_property
    def place(self) -> Team:
        """The place, which the account must be the manager of, or an analyst for."""
        asked = self.request.GET.get("team", "")
        places = Team.objects.visible_to(self.request.user)
        place = get_object_or_404(places, pk=asked if asked.isdecimal() else 0)
        if not may_note(self.request.user, place):
            raise Http404("The account may not note what happened there.")
        return place

    def back(self) -> str:
        """The trend that it stands on."""
        return f"{reverse('indicators:indicator', args=[self.indicator.name])}?team={self.place.pk}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        about = f"{self.indicator.title}, {self.place}"
        return super().get_context_data(about=about, back=self.back(), **context)

    def act(self, form: AnnotationForm) -> Done:
        entered = form.cleaned_data
        made = note(
            place=self.place,
            indicator="" if entered["about"] == EVERY else self.indicator.name,
            happened_on=entered["happened_on"],
            words=entered["words"],
            why=entered["why"],
            by=self.request.user,
        )
        baseline = " A new baseline begins." if made.new_baseline else ""
        return Done(f"Noted for {day(made.happened_on)}.{baseline}", self.back())


class TakeOffAnnotation(Logging):
    """The page on which an annotation is taken off the charts."""

    form_class = TakeOffForm
    title = "Take it off the charts"
    button = "Take it off"

    @cached_property
    def annotation(self) -> Annotation:
        """The annotation, of a place for which the account may note what happened."""
        found = Annotation.objects.visible_to(self.request.user).select_related("place")
        annotation = get_object_or_404(found, pk=self.kwargs["pk"])
        if not may_note(self.request.user, annotation.place):
            raise Http404("The account may not take it off.")
        return annotation

    def back(self) -> str:
        """The figures of its place."""
        return f"{reverse('indicators:overview')}?team={self.annotation.place_id}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        about = f"{day(self.annotation.happened_on)}: {self.annotation.words}"
        return super().get_context_data(about=about, back=self.back(), **context)

    def act(self, form: TakeOffForm) -> Done:
        told, back = self.annotation.words, self.back()
        take_off(self.annotation, why=form.cleaned_data["why"], by=self.request.user)
        return Done(f"Taken off the charts: {told}", back)

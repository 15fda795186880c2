"""What every page of figures is: a period and a place in its address, and how it stays live."""

import zlib
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from workforce.models import Team

from .. import chart, wording
from ..figures import Figure
from ..models import Standing
from ..selection import Selection


def version(team: str) -> str:
    """A token that changes whenever a family of figures of the authority is recalculated."""
    here = Q(authority=team) | Q(authority__in=Team.objects.filter(pk=team).values("authority"))
    return token_of(Standing.objects.filter(here).order_by("family"))


def token_of(standings: Iterable[Standing]) -> str:
    """The token of standings, in the order of their families."""
    moments = [(standing.family, standing.calculated_at) for standing in standings]
    return f"{zlib.crc32(repr(moments).encode()):08x}"


class FiguresPage(View):
    """A page of figures for a period and a place, and its ``live`` twin that an open page asks.

    The twin answers 204 as long as nothing was recalculated, else the part of the page that holds
    figures. It has an address of its own, so that asking does not count as using the service.
    """

    live = False
    page: str
    template_name: str

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        if self.live and not request.GET.get("team", "").isdecimal():
            raise Http404("A live page says which place it is about.")
        if self.live and version(request.GET["team"]) == request.GET.get("token"):
            return HttpResponse(status=204)
        self.selection = selection = Selection.of(request)
        request.GET = self.asked()
        token = token_of(selection.reading.standings)
        context = self.context() | {
            "selection": selection,
            "token": token,
            "live_url": self.url(f"{self.page}-live", request.GET.urlencode()),
            "choices": self.choices(),
            "live_part": self.template_name.replace(".html", "_live.html"),
        }
        return render(request, context["live_part"] if self.live else self.template_name, context)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        raise NotImplementedError

    def asked(self) -> QueryDict:
        """What the address asks for, with the place named and without what keeps the page live."""
        asked = self.request.GET.copy()
        asked.pop("token", None)
        if not self.selection.looks_back:
            asked.pop("as_at", None)
        asked["team"] = self.selection.place.pk
        return asked

    def url(self, page: str, query: str) -> str:
        """The address of another page of figures about the same indicator."""
        return f"{self.path(page)}?{query}"

    @cached_property
    def path(self) -> Callable[[str], str]:
        """Where the pages about the same indicator are, each looked up once."""
        return cache(lambda page: reverse(f"indicators:{page}", kwargs=self.kwargs))

    def address(self, page: str, **changes: Any) -> str:
        """The address of a page of figures for the same selection, or one that differs from it."""
        return self.url(page, self.selection.address(**changes))

    def choices(self) -> list[dict]:
        """The places to choose from: the authority with all below it, and other authorities."""
        selection = self.selection
        found = [(0, selection.authority), *selection.places.under(selection.authority)]
        others = [team for team in selection.places.authorities() if team != selection.authority]
        return [
            {
                "id": team.pk,
                "label": "\u2003" * depth + team.name,
                "chosen": team == selection.place,
            }
            for depth, team in [*found, *((0, team) for team in others)]
        ]


def points(shown: list[Figure], selection: Selection) -> list[chart.Point]:
    """Figures as the points of a chart."""
    return [
        chart.Point(
            wording.name(figure.period),
            figure.rounded,
            wording.is_running(figure, selection.as_at),
        )
        for figure in shown
    ]

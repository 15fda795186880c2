"""The pages that are answered when something is wrong."""

import logging
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from config import frontend
from config.privacy import Answer, LookNotRecorded

SOON = 2  # seconds after which a browser or a person may try again
SECRET = ("password", "code")  # what the names of fields begin with that are typed anew each time

logger = logging.getLogger(__name__)


def problem(status: int, page: str = ""):
    """The page that is answered when something is wrong; it asks nothing of the database."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"frontend_available": frontend.available(), "again": sent_again(request)}
        html = render_to_string(page or f"{status}.html", context)
        headers = {"Retry-After": SOON} if status == 503 else None
        return HttpResponse(html, status=status, headers=headers)

    return answer


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and values of a form that can be sent again, as it is done once all the same.

    It carries a key by which it is known. One that carries a secret is not put into a page.
    """
    if request.method != "POST" or "key" not in request.POST:
        return []
    if any(name.startswith(SECRET) for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def failed(request: HttpRequest) -> HttpResponse:
    """The page that is answered to an error: 503 where it was the database that was away."""
    return _away(request) if _is_away(sys.exception()) else problem(500)(request)


def unfit(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page that is answered to a request that is unfit; 503 where the database was away.

    A session that could not be stored for that reason is reported as one that was ended meanwhile.
    """
    return _away(request) if _is_away(exception) else problem(400)(request)


_away = problem(503, "503_database.html")


def _is_away(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, OperationalError | InterfaceError):
        error = error.__cause__ or error.__context__
    return error is not None


class NothingUnrecorded:
    """The middleware that shows nothing of a record where the look could not be written down."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says so, and what to do."""
        if not isinstance(error, LookNotRecorded):
            return None
        logger.error("Not shown, as the look could not be recorded: %s", error.__cause__)
        return problem(503)(request)

"""The pages that are answered when something is wrong."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from config import frontend
from config.privacy import Answer, LookNotRecorded

SOON = 5  # seconds after which a browser or a person may try again

logger = logging.getLogger(__name__)


def problem(status: int):
    """The page that is answered when something is wrong; it asks nothing of the database."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {"frontend_available": frontend.available()}
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)

    return answer


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
        response = problem(503)(request)
        response["Retry-After"] = SOON
        return response

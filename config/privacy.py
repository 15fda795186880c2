"""Pages stay out of caches, the browser's own included: almost all of them show records."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def never_stored(get_response: Answer) -> Answer:
    """The middleware that forbids storing an answer that does not say otherwise itself.

    It asks nobody who the reader is, and so can answer while the database is away.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    return answer

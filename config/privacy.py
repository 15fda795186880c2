"""Pages with records stay out of caches, the browser's own included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def never_stored(get_response: Answer) -> Answer:
    """The middleware that forbids storing what a signed-in person was shown."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return answer

"""What keeps records private on their way to people.

Pages stay out of caches, the browser's own included: almost all of them show records.
"""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

SEARCHED, MANY = "searched", 20

# What a page may ask of the device that it is shown on.
NOTHING = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


class LookNotRecorded(Exception):
    """It could not be written down who looks at a child's record, so that it may not be shown."""


def keep_words(request: HttpRequest, words: str) -> str:
    """Keep words that are searched for, which may be a name; the key stands for them in addresses.

    Addresses are written down in logs and in the browser's history. A session keeps its latest few.
    """
    key = secrets.token_urlsafe(6)
    kept = request.session.get(SEARCHED, {}) | {key: words}
    request.session[SEARCHED] = dict(list(kept.items())[-MANY:])
    return key


def kept_words(request: HttpRequest, key: str) -> str | None:
    """The words that a key in an address stands for; nothing where it is not known any more."""
    return request.session.get(SEARCHED, {}).get(key)


def never_stored(get_response: Answer) -> Answer:
    """The middleware that forbids storing an answer that does not say otherwise itself.

    From one that may be stored for everybody it takes what is a reader's own. Nor may a page use
    the device's camera and the like. It asks nobody who the reader is, and so can answer while the
    database is away.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        if "public" in response["Cache-Control"]:
            _same_for_all(response)
        response.setdefault("Permissions-Policy", NOTHING)
        return response

    return answer


def _same_for_all(response: HttpResponse) -> None:
    """Takes a reader's cookies off an answer that caches hand on to others."""
    response.cookies.clear()
    differs_by = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in differs_by if name and name.lower() != "cookie"]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]

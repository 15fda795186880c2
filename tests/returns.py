"""Returns to test with: the shared samples, small ones made here, and the command for them."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "returns"


def sample(name: str) -> Path:
    """A sample of the sector's tool makers; the test is skipped where they are not beside us."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"The sample returns are not beside this project: {path}")
    return path


def take(*files: Path, **options) -> list[dict]:
    """What `import_return` says of these files, as JSON."""
    out = io.StringIO()
    code = 0
    try:
        call_command("import_return", *map(str, files), format="json", stdout=out, **options)
    except SystemExit as end:
        code = end.code
    reports = json.loads(out.getvalue())["files"]
    assert code == any(report["refused"] for report in reports)
    return reports


def take_one(file: Path, **options) -> dict:
    """What `import_return` says of one file, which it takes in."""
    (report,) = take(file, **options)
    assert report["refused"] is None
    return report


def counts(report: dict, kind: str) -> dict[str, int]:
    """The counts of a kind of record that are not 0."""
    return {name: count for name, count in report["kinds"].get(kind, {}).items() if count}


def rules(report: dict, kind: str = "") -> set[str]:
    """The census rules that warnings and refusals name."""
    issues = report["warnings"] + report["refusals"]
    return {issue["rule"] for issue in issues if issue["rule"] and kind in issue["kind"]}


def census(collection: str, body: str, *, lea: str = "901", day: str = "2024-03-31") -> str:
    """A return as XML."""
    return (
        f"<Message><Header><CollectionDetails><Collection>{collection}</Collection>"
        f"<Year>{day[:4]}</Year><ReferenceDate>{day}</ReferenceDate></CollectionDetails>"
        f"<Source><LEA>{lea}</LEA></Source></Header>{body}</Message>"
    )


def elements(tag: str, *inside: str, **values: str) -> str:
    """An XML element with others inside, in the order given; those that are None are left out."""
    told = "".join(
        f"<{name}>{value}</{name}>" for name, value in values.items() if value is not None
    )
    return f"<{tag}>{told}{''.join(inside)}</{tag}>"


def children(*inside: str, **header: str) -> str:
    """A CIN census."""
    return census("CIN", elements("Children", *inside), **header)


def child(*inside: str, reference: str = "C1", ethnicity: str = "WBRI", **told: str) -> str:
    """A child of a CIN census."""
    usual = {"LAchildID": reference, "PersonBirthDate": "2015-02-03", "Sex": "F"}
    return elements(
        "Child",
        elements("ChildIdentifiers", **usual | told),
        elements("ChildCharacteristics", Ethnicity=ethnicity),
        *inside,
    )


def referral(*inside: str, **told: str) -> str:
    """A referral of a CIN census."""
    usual = {
        "CINreferralDate": "2023-05-02",
        "ReferralSource": "6",
        "PrimaryNeedCode": "N1",
        "ReferralNFA": "0",
    }
    return elements("CINdetails", *inside, **usual | told)


def extract(table: str, folder: Path, *rows: dict[str, str]) -> Path:
    """An SSD extract: one table as CSV."""
    path = folder / f"{table}.csv"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path

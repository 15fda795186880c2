"""Papers to be written as files: one with every kind of block, as a committee might get it."""

import datetime
from decimal import Decimal

from indicators.reporting.paper import (
    Cell,
    Column,
    Drawing,
    Paper,
    Section,
    Table,
    Text,
)

TITLE = "Children’s Services performance indicators, position at the end of June 2019"
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "#strong[typst] $x^2$ `code` @cite <label> \\ // */",
    "<script>alert(1)</script> & <b>",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "left \u200fright\u200e \u202e321\u202c turned",
    "w" * 4000,
    "Łukasz Żółć, Zoë O’Brien-Ní Dhúill, Ξένια",
    "中文 😀",
    "tab\tline\nbreak\x00\x07\ufffe end",
    "]]> --> \"quoted\" 'single'",
)


def number(text: str, value: str | None = None) -> Cell:
    """A cell with a number, which is that of its text unless another is given."""
    plain = text.translate({ord(sign): None for sign in ",% £"}).replace("−", "-")
    return Cell(text, Decimal(value or plain))


def row(heading: str, *texts: str) -> tuple[Cell, ...]:
    """A row of a table: its heading, then numbers, where the text is one."""
    return (
        Cell(heading),
        *(
            number(text) if text[-1:].isdigit() or text.endswith("%") else Cell(text)
            for text in texts
        ),
    )


QUARTERS = (
    *(f"Q{quarter} {year}" for year in ("2017-18", "2018-19") for quarter in (1, 2, 3, 4)),
    "Q1 2019-20",
)


def highlight(key: str, heading: str, unit: str, values: tuple[str, ...], target: str) -> Section:
    cells = tuple(number(value) if value != "c" else Cell("c") for value in values)
    return Section(
        heading,
        (
            Text(
                (
                    "Trend: the figure has moved over the nine quarters shown, by more than chance "
                    "since the third quarter of 2018-19.",
                    "Background: recording was behind throughout 2018, so that what was done was "
                    "often not on record when the quarter’s figures were taken.",
                    "Action being taken: team managers review each late record weekly. Progress "
                    "will be reported to the committee in December.",
                )
            ),
            Drawing(
                key,
                heading.split(". ")[1] + ", by quarter",
                unit,
                QUARTERS,
                cells,
                "Nine quarters, the latest higher than the first. The table that follows has each.",
                number(target) if target else None,
            ),
            Table(
                f"{key}-table",
                heading.split(". ")[1] + ", by quarter",
                (
                    Column("Quarter"),
                    Column("Value", True),
                    Column("Cases that count", True),
                    Column("All cases", True),
                ),
                tuple(
                    (Cell(label), cell, *row("", "c" if cell.text == "c" else "1,034", "1,705")[1:])
                    for label, cell in zip(QUARTERS, cells, strict=True)
                ),
                "Figures of the latest quarter are provisional until recording has settled.",
            ),
        ),
        level=2,
    )


def sample(**changes) -> Paper:
    """A paper with every kind of block."""
    names = (
        "EHC plans issued within 20 weeks of the request",
        "Referrals that are repeat referrals within 12 months",
        "Child protection visits in time",
        "Turnover of qualified social workers, rolling 12 months",
        "Agency workers among qualified social workers",
        "Assessments completed within 45 working days",
        "Children with a second or subsequent child protection plan",
        "Cases per full-time equivalent social worker",
    )
    appendix = Table(
        "all-indicators",
        "Every indicator, Q1 2019-20",
        (
            Column("Indicator"),
            Column("Value", True),
            Column("Numerator", True),
            Column("Denominator", True),
            Column("Same quarter last year", True),
            Column("2018-19", True),
            Column("Target", True),
            Column("England", True),
            Column("Better is"),
        ),
        tuple(
            row(
                name,
                f"{21.7 + at:.1f}%",
                f"{370 + at}",
                "1,705",
                "18.5%",
                "c",
                "−1.5",
                "20.2%",
                "lower",
            )
            for at, name in enumerate(names * 3)
        ),
        "c: hidden, so that no person can be identified.",
    )
    return Paper(
        **{
            "title": TITLE,
            "authority": "Testshire Council",
            "front": (
                ("AGENDA ITEM", "42"),
                ("TITLE", TITLE),
                (
                    "FOR CONSIDERATION BY",
                    "Children’s Services Overview and Scrutiny Committee, 17 September 2019",
                ),
                ("WARD", "None specific"),
                ("LEAD OFFICER", "Director, Children’s Services"),
            ),
            "sections": (
                Section(
                    "OUTCOME / BENEFITS TO THE COMMUNITY",
                    (Text(("Members can see whether children are seen, and seen in time.",)),),
                ),
                Section(
                    "RECOMMENDATION",
                    (
                        Text(("That the committee:",)),
                        Text(
                            (
                                "notes the performance indicators in the appendix",
                                "notes the actions on the four highlighted indicators",
                            ),
                            is_list=True,
                        ),
                    ),
                ),
                Section(
                    "SUMMARY OF REPORT",
                    (
                        Text(
                            (
                                "This report gives the position as at 30 June 2019, as it was "
                                "known on 2 September 2019. It highlights four indicators of 34.",
                            )
                        ),
                    ),
                ),
                Section("Background", (Text(("The committee asked for trends and numbers.",)),)),
                Section("Analysis of issues"),
                Section("What was promised", (Text(("58% in time by December.",)),), level=3),
                highlight(
                    "repeat",
                    "1. Repeat referrals within 12 months",
                    "%",
                    (
                        "17.9%",
                        "18.2%",
                        "19.6%",
                        "20.1%",
                        "18.5%",
                        "20.4%",
                        "22.3%",
                        "25.2%",
                        "32.4%",
                    ),
                    "20.0%",
                ),
                highlight(
                    "requests",
                    "2. Requests for an EHC plan that are open",
                    "count",
                    ("120", "131", "150", "c", "171", "180", "204", "230", "1,241"),
                    "",
                ),
                Section(
                    "FINANCIAL IMPLICATIONS OF THE RECOMMENDATION",
                    (
                        Text(("The recommendation itself costs nothing.",)),
                        Table(
                            "finance",
                            "What the recommendation costs or saves",
                            (
                                Column("Year"),
                                Column("How much will it cost or save"),
                                Column("Is there sufficient funding; if not, the shortfall"),
                                Column("Revenue or capital"),
                            ),
                            tuple(
                                row(year, "£0", "Yes", "Revenue")
                                for year in ("2019-20", "2020-21", "2021-22")
                            ),
                        ),
                    ),
                ),
                Section("CROSS-COUNCIL IMPLICATIONS", (Text(("None.",)),)),
                Section("LIST OF BACKGROUND PAPERS", (Text(("None.",)),)),
            ),
            "appendix": (Section("Appendix: the full set of indicators", (appendix,)),),
            "glossary": (
                ("CP", "child protection"),
                ("EHC", "education, health and care"),
                ("SEND", "special educational needs and disabilities"),
            ),
            "marking": "NOT FOR PUBLICATION",
            "as_at": datetime.date(2019, 6, 30),
        }
        | changes
    )


def hostile() -> Paper:
    """A paper each of whose texts tries to be more than text."""
    return sample(
        front=tuple(("LABEL " + text[:100], text[:100]) for text in HOSTILE),
        sections=(
            *(
                Section(text[:200], (Text((text,)), Text((text[:100],), is_list=True)))
                for text in HOSTILE
            ),
            Section(
                "Drawn",
                (
                    Drawing(
                        "hostile",
                        HOSTILE[2],
                        "%",
                        tuple(text[:20] for text in HOSTILE[:3]),
                        (number("1.0%"), number("0.0%"), Cell("c")),
                        HOSTILE[2],
                        Cell("c"),
                    ),
                    Table(
                        "[a]:*?/\\'" + "k" * 40,
                        HOSTILE[0],
                        (Column(HOSTILE[2]), Column(HOSTILE[1]), Column("Value", True)),
                        tuple(
                            (Cell(text), Cell(text[::-1]), number("−1,234.5")) for text in HOSTILE
                        ),
                        HOSTILE[0],
                    ),
                    Table("contents", "No rows", (Column("Only"),), ()),
                    Drawing("nothing", "Nothing", "%", (), (), "There are no periods."),
                    Text(()),
                    Text((), is_list=True),
                    Text(("",)),
                ),
            ),
        ),
        glossary=tuple((text[:60], text[:60]) for text in HOSTILE),
        marking=HOSTILE[2],
    )

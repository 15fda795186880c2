"""The paper of a report: what people have written in it, and the figures placed beside it.

Texts that are made here name no figure: those stand in cells, which say what they quote, so that
disclosure control sees every one of them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from config.tables import day

from .. import glossary, registry, wording
from ..base import Better, Indicator
from ..beside import Promised, in_unit
from ..figures import half_up
from ..models import Cost, Report
from ..periods import Kind, Period
from ..settled import provisional
from .material import Material
from .paper import Block, Cell, Column, Drawing, Paper, Part, Section, Table, Text

NOT_WRITTEN = "Not written yet."
NONE = "None."
PARTS = (
    ("trend", "Trend"),
    ("background", "Background to the issue"),
    ("action", "Action being taken"),
)
NEEDED = (
    "lead_officer",
    "outcome",
    "recommendation",
    "summary",
    "financial",
    "cross_council",
    "contact_name",
    "contact_email",
)


def compose(report: Report, today: datetime.date) -> Paper:
    """The paper of a report as it stands today, marked as a draft; its figures are exact.

    What others publish is taken as it was published by that day.
    """
    material = Material(report, today)
    sections = (
        Section("Outcome / benefits to the community", (written(report.outcome),)),
        Section("Recommendation", (written(report.recommendation),)),
        Section("Summary of report", (written(report.summary), _stands(report))),
        Section("Background", (written(report.background, NONE),)),
        *_analysis(material),
        Section(
            "Financial implications of the recommendation",
            (written(report.financial), _costs(report)),
        ),
        Section("Other financial information", (written(report.other_financial, NONE),)),
        Section("Cross-council implications", (written(report.cross_council),)),
        Section(
            "List of background papers",
            (Text(paragraphs(report.background_papers) or (NONE,), is_list=True),),
        ),
        Section("Contact", (_contact(report),)),
    )
    appendix = tuple(_appendix(material))
    front = (
        ("Agenda item", report.agenda_item),
        ("Title", report.title),
        ("For consideration by", report.considered_by),
        ("Ward", report.ward),
        ("Lead officer", report.lead_officer),
    )
    return Paper(
        title=report.title,
        authority=report.authority.name,
        front=tuple((label, told or NOT_WRITTEN) for label, told in front),
        sections=sections,
        appendix=appendix,
        glossary=tuple(_explained([*sections, *appendix])),
        marking=f"Draft of {day(today)}. Not for publication.",
        as_at=report.as_at,
    )


def unwritten(report: Report) -> list[str]:
    """What still has to be written before the report can be signed, as its form calls it."""
    found = [
        str(report._meta.get_field(name).verbose_name).capitalize()
        for name in NEEDED
        if not getattr(report, name)
    ]
    for highlight in report.highlights.filter(accepted=True):
        title = registry.indicator(highlight.indicator).title
        found += [f"{title}: {name}" for name, _ in PARTS if not getattr(highlight, name)]
    return found


def written(text: str, otherwise: str = NOT_WRITTEN) -> Text:
    """What somebody wrote, as paragraphs; something else where nobody has written anything."""
    return Text(paragraphs(text) or (otherwise,))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _stands(report: Report) -> Text:
    return Text((f"The information in this report stands as at {day(report.as_at)}.",))


def _analysis(material: Material) -> Iterator[Section]:
    """The analysis of issues: a numbered section on each indicator that is highlighted."""
    period = material.selection.period()
    count = len(material.highlights)
    told = (
        f"{count} {'indicator is' if count == 1 else 'indicators are'} highlighted, for"
        f" {period.label}. The appendix has all indicators."
        if count
        else "No indicator is highlighted. The appendix has all indicators."
    )
    yield Section("Analysis of issues", (Text((told,)),))
    for number, highlight in enumerate(material.highlights, 1):
        indicator = registry.indicator(highlight.indicator)
        yield Section(f"{number}. {indicator.title}", (_what(material, indicator),), level=2)
        for name, heading in PARTS:
            shown = tuple(_shown(material, indicator)) if name == "trend" else ()
            yield Section(heading, (written(getattr(highlight, name)), *shown), level=3)


def _what(material: Material, indicator: Indicator) -> Text:
    """What an indicator counts, which way is better, and what it is to reach."""
    figure = material.figures[indicator.name, material.period(indicator)]
    aims = [f"Target: {aim.value} ({aim.target.source})." for aim in material.beside.aims(figure)]
    return Text((indicator.what, " ".join([f"{indicator.better.value}.", *aims])))


def _shown(material: Material, indicator: Indicator) -> Iterator[Block]:
    """The chart of an indicator, its table, and what is published of others."""
    periods = material.series(indicator)
    shown = [material.figures[indicator.name, period] for period in periods]
    latest = shown[-1]
    aims = material.beside.aims(latest)
    kind = material.selection.kind.label.lower()
    if sum(figure.value is not None for figure in shown) > 1:
        yield Drawing(
            key=indicator.name,
            caption=f"{indicator.title}, by {kind}",
            unit=indicator.unit,
            labels=tuple(wording.name(period) for period in periods),
            points=tuple(material.value(figure) for figure in shown),
            described=(
                f"Line chart: {indicator.title}, {periods[0].label} to {periods[-1].label}. The"
                " table that follows has the same figures."
            ),
            level=_level(aims[0].target.value, indicator) if aims else None,
        )
    year = material.year(indicator)
    rows = [*reversed(shown)]
    if year not in periods:
        rows.append(material.figures[indicator.name, year])
    intervals = {figure: material.interval(figure) for figure in rows}
    has_intervals = any(cell.quote for cell in intervals.values())
    notes = [
        "The latest figure is provisional: what happened may still be recorded."
        if provisional(latest, material.today)
        else "",
        "Of fewer than a hundred cases, chance alone moves a rate within its 95% interval."
        if has_intervals
        else "",
    ]
    yield Table(
        key=indicator.name,
        caption=f"{indicator.title}, as at {day(material.report.as_at)}",
        columns=(
            Column("Period"),
            Column("Figure", is_numeric=True),
            Column("Numerator", is_numeric=True),
            Column("Denominator", is_numeric=True),
            *([Column("95% interval", is_numeric=True)] if has_intervals else []),
            Column(f"From then to {wording.name(latest.period)}"),
        ),
        rows=tuple(
            (
                Cell(figure.period.label),
                material.value(figure),
                *material.made_of(figure),
                *([intervals[figure]] if has_intervals else []),
                Cell() if figure is latest else material.change(latest, figure),
            )
            for figure in rows
        ),
        note=" ".join(filter(None, notes)),
    )
    yield from _promises(material, indicator)
    yield from _others(material, indicator)


def _promises(material: Material, indicator: Indicator) -> Iterator[Table]:
    """What was promised of an indicator, each promise scored, as a table; none where nothing was.

    Where its figure is hidden, so is its score.
    """
    rows = []
    for promise, period in material.promised(indicator):
        figure = material.figures[indicator.name, period]
        promised = Promised(promise, figure, material.report.as_at)
        scored = (Cell(), Cell(promised.score))
        if not promised.is_open:
            score = Cell(promised.score, promised.short_by, material.quote(figure), Part.CHANGE)
            scored = (material.value(figure), score)
        said = Cell(f"{day(promise.said_on)}: {promise.source}")
        rows.append((Cell(day(promise.due_on)), Cell(promised.value), *scored, said))
    if rows:
        yield Table(
            key=f"{indicator.name}-promises",
            caption=f"{indicator.title}, what was promised",
            columns=(
                Column("By when"),
                Column("Promised", is_numeric=True),
                Column("Figure", is_numeric=True),
                Column("Score"),
                Column("Said"),
            ),
            rows=tuple(rows),
        )


def _others(material: Material, indicator: Indicator) -> Iterator[Table]:
    """What is published of other areas, as a table; none where nothing is, or it grows."""
    published = [] if indicator.grows else material.published.get(indicator.name, [])
    if published:
        yield Table(
            key=f"{indicator.name}-others",
            caption=f"{indicator.title}, published of others",
            columns=(
                Column("Area"),
                Column("Period"),
                Column("Figure", is_numeric=True),
                Column("Published"),
            ),
            rows=tuple(
                (
                    Cell(each.area),
                    Cell(each.when),
                    Cell(each.value, each.row.value and half_up(each.row.value, 1)),
                    Cell(day(each.row.published_on)),
                )
                for each in published
            ),
            note=f"{published[0].rule}." if published[0].rule else "",
        )


def _level(value: Decimal, indicator: Indicator) -> Cell:
    return Cell(in_unit(value, indicator), value)


def _costs(report: Report) -> Table:
    """What the recommendation costs or saves, in the year of the meeting and the two after it."""
    known = {cost.years_on: cost for cost in report.costs.all()}
    year = Period.containing(Kind.FINANCIAL_YEAR, report.meets_on)
    rows = []
    for years_on, called in enumerate(("Current year", "Next year", "Following year")):
        cost = known.get(years_on) or Cost()
        first, last = year.start.year + years_on, (year.start.year + years_on + 1) % 100
        rows.append(
            (
                Cell(f"{called}, {first}-{last:02}"),
                Cell(cost.amount or NOT_WRITTEN),
                Cell(cost.is_funded or NOT_WRITTEN),
                Cell(cost.get_budget_display() or NOT_WRITTEN),
            )
        )
    return Table(
        key="costs",
        caption="Costs and savings",
        columns=(
            Column("Financial year"),
            Column("How much will it cost, or save?"),
            Column("Is there sufficient funding? If not, the shortfall"),
            Column("Revenue or capital?"),
        ),
        rows=tuple(rows),
    )


def _contact(report: Report) -> Text:
    """Whom to ask about the report."""
    told = (
        ("Name", report.contact_name),
        ("Service", report.contact_service),
        ("Telephone", report.contact_telephone),
        ("E-mail", report.contact_email),
    )
    lines = tuple(f"{label}: {value}" for label, value in told if value)
    return Text(lines or (NOT_WRITTEN,), is_list=bool(lines))


def _appendix(material: Material) -> Iterator[Section]:
    """The full set of indicators, a table for each service."""
    of_services = defaultdict(list)
    for indicator in registry.listed():
        of_services[wording.service(indicator)].append(indicator)
    period = material.selection.period()
    yield Section(
        "Appendix: the full set of indicators",
        (
            Text(
                (
                    f"Figures are of {period.label}, as at {day(material.report.as_at)}. The same"
                    f" period last year is {period.year_earlier().label}. The year is the last that"
                    " was over. What is counted on a day is counted on the last day of a period.",
                )
            ),
        ),
    )
    for service, indicators in of_services.items():
        yield Section(service, (_full_table(material, service, indicators),), level=2)


BETTER = {Better.HIGHER: "Higher", Better.LOWER: "Lower", Better.NEITHER: "Neither"}


def _full_table(material: Material, service: str, indicators: list[Indicator]) -> Table:
    years = {material.year(indicator).label for indicator in indicators}
    return Table(
        key=f"appendix-{service.partition(',')[0].lower().replace(' ', '-')}",
        caption=f"Indicators: {service.lower()}",
        columns=(
            Column("Indicator"),
            Column("Figure", is_numeric=True),
            Column("Numerator", is_numeric=True),
            Column("Denominator", is_numeric=True),
            Column("Same period last year", is_numeric=True),
            Column("Change"),
            Column(f"Year {years.pop()}" if len(years) == 1 else "Year", is_numeric=True),
            Column("Target"),
            Column("Published of others"),
            Column("Better"),
        ),
        rows=tuple(_full_row(material, indicator) for indicator in indicators),
    )


def _full_row(material: Material, indicator: Indicator) -> tuple[Cell, ...]:
    period = material.period(indicator)
    now, before, year = (
        material.figures[indicator.name, each]
        for each in (period, period.year_earlier(), material.year(indicator))
    )
    others = [] if indicator.grows else material.published.get(indicator.name, [])
    return (
        Cell(indicator.title),
        material.value(now),
        *material.made_of(now),
        material.value(before),
        material.change(now, before),
        material.value(year),
        Cell("; ".join(aim.value for aim in material.beside.aims(now)) or "None"),
        Cell("; ".join(f"{each.area} {each.value} in {each.when}" for each in others) or "None"),
        Cell(BETTER[indicator.better]),
    )


def _explained(sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """The acronyms that sections use, each with what it stands for and what that is."""
    used = set()
    for section in sections:
        texts = [section.heading]
        for block in section.blocks:
            match block:
                case Text():
                    texts += block.paragraphs
                case Table():
                    texts += [block.caption, block.note, *(each.title for each in block.columns)]
                    texts += [cell.text for row in block.rows for cell in row]
                case Drawing():
                    texts.append(block.caption)
        for text in texts:
            used.update(glossary.WORD.findall(text))
    for term in glossary.TERMS:
        if term.short in used:
            yield term.short, f"{term.full}. {term.means}"

"""One file through the apps: recognised, cut into batches, handed round, and accounted for."""

import datetime
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pghistory
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from .reading import CannotRead, Opened, open_safely, read_csv, read_xml
from .report import Report
from .rows import Refuse, Row, to_day
from .storing import Merge

ROWS_IN_A_BATCH = 500
BLOCKS_IN_A_BATCH = 20_000
MOST_LINKS = 250_000
ONE_AT_A_TIME = 7_031_946  # the advisory lock that an import holds
HEADER = "Message/Header"


@dataclass(frozen=True)
class Part:
    """What an app takes from a return: the blocks at a path, and the function that takes them.

    ``path`` is that of an XML block, or the name of an extract's table; ``told_by`` names the
    element, or the column, that tells one block from another, and ``repeated`` the rule broken by
    two of the same. Without ``take`` the blocks are known, and no record is kept of them.
    """

    collection: str
    path: str
    told_by: str
    take: "Callable[[Batch], None] | None" = None
    repeated: str = ""

    @property
    def tag(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass
class Source:
    """The return that is being read: whose it is, of which day, and how far it has been read."""

    title: str
    collection: str
    parts: list[Part]
    not_kept: frozenset[str]
    report: Report
    rows: Generator[Row]
    reference_date: datetime.date
    until: str
    lea: str = ""
    year: str = ""
    asked: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Batch:
    """Some blocks of one kind, and what it takes to make records of them.

    ``links`` outlasts the file: what one extract says about another's identifiers.
    """

    rows: list[Row]
    source: Source
    authority: models.Model
    links: dict[str, dict[str, str]]

    @property
    def reference_date(self) -> datetime.date:
        return self.source.reference_date

    def read(self, kind: str, rows: Sequence[Row], make: Callable) -> Iterator[tuple[Row, object]]:
        """What ``make`` makes of each row that tells of a record of a kind; refusals are noted."""
        for row in rows:
            row.kind = kind
            self.source.report.count(kind, "read")
            try:
                made = make(row)
            except Refuse as refusal:
                row.refused_for(refusal)
            else:
                yield row, made

    def merge(self, kind: str, model: type[models.Model], known, **how) -> Merge:
        """The known records of a kind, about to be brought up to date."""
        return Merge(self.source.report, kind, model, known, **how)

    def leave(self, row: Row, *, known: bool = False) -> None:
        """Account for a row that was read and of which nothing is to be stored.

        What it tells is ``known`` here already, or it is not kept.
        """
        self.source.report.count(row.kind, "unchanged" if known else "not kept")

    def inside(self, *tags: str) -> list[Row]:
        """The blocks of the last name given, inside those of the names before it."""
        rows = self.rows
        for tag in tags:
            rows = [inner for row in rows for inner in row.parts(tag)]
        return rows

    def link(self, table: str, identifier: str, to: str) -> None:
        """Remember, for the extracts that follow, what an identifier of a table stands for."""
        links = self.links.setdefault(table, {})
        if len(links) >= MOST_LINKS:
            raise CannotRead(f"There are more than {MOST_LINKS:,} rows of {table}.")
        links[identifier] = to


class Importer:
    """The apps' parts of returns, found through the app registry, and the files they are given."""

    def __init__(self, *, today: datetime.date, authority: str = "") -> None:
        self.today, self.code = today, authority
        self.links: dict[str, dict[str, str]] = {}
        self.parts: list[Part] = []
        self.not_kept: dict[str, set[str]] = {}
        for module in _modules():
            self.parts += module.PARTS
            for collection, names in module.NOT_KEPT.items():
                self.not_kept.setdefault(collection, set()).update(names)
            if hasattr(module, "authority_of"):
                self.authority_of = module.authority_of

    def in_order(self, paths: Sequence[Path]) -> list[Path]:
        """The files so that each follows those that it depends on: people before their plans."""
        order = {part.tag: place for place, part in enumerate(self.parts)}
        return sorted(paths, key=lambda path: order.get(path.stem.lower(), -1))

    def take(self, path: Path, progress: Callable[[int], None]) -> Report:
        """Take one file in, whole or not at all. The report says what became of it."""
        report = Report(str(path))
        try:
            with transaction.atomic(), pghistory.context(command="import_return", file=path.name):
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
                self._take(open_safely(path), report, progress)
        except CannotRead as refusal:
            report.refuse(str(refusal))
        except DatabaseError as error:
            report.refuse(
                f"The database refused it ({str(error).splitlines()[0]}). Nothing of the file came"
                " in. If somebody changed the same records meanwhile, run the import again."
            )
        return report

    def _take(self, opened: Opened, report: Report, progress: Callable[[int], None]) -> None:
        source = self._recognise(opened, report)
        with closing(source.rows):
            self._take_rows(source, report, progress)

    def _take_rows(self, source: Source, report: Report, progress: Callable[[int], None]) -> None:
        authority = self.authority_of(code=self.code, lea=source.lea)
        report.return_ = {
            "return": source.title,
            "year": source.year,
            "authority": str(authority),
            "reference_date": str(source.reference_date),
        }
        rows = 0
        for batch in _batches(source):
            takers = [part for part in source.parts if part.tag == batch[0].tag]
            sound = [row for row in batch if not _is_broken(row)]
            for part in takers:
                if part.take:
                    part.take(Batch(sound, source, authority, self.links))
            for row in batch:
                _account(row, takers)
            rows += len(batch)
            progress(rows)
        if not any(row_count["read"] for row_count in report.counts.values()):
            raise CannotRead(f"There is nothing in it that a {source.title} tells.")

    def _recognise(self, opened: Opened, report: Report) -> Source:
        if opened.is_xml:
            return self._recognise_xml(opened, report)
        return self._recognise_csv(opened, report)

    def _recognise_xml(self, opened: Opened, report: Report) -> Source:
        parts = [part for part in self.parts if part.path.startswith("Message/")]
        containers = {part.path.rpartition("/")[0] for part in parts} | {"Message"}
        names = {name for part in parts for name in part.path.split("/")} | {"Header"}
        rows = read_xml(opened, containers, names)
        header = next(rows, None)
        if header is None or header.tag != "Header":
            raise CannotRead("It does not begin with a Header, as a return does.")
        source = Source("", "", [], frozenset(), report, rows, self.today, "")
        for block in header.everything():
            block.source = source
        details, sender = header.part("CollectionDetails"), header.part("Source")
        day = to_day(details.text("ReferenceDate"))
        source.collection = details.text("Collection")
        source.parts = [part for part in parts if part.collection == source.collection]
        if not source.parts:
            names = ", ".join(sorted({part.collection for part in parts}))
            raise CannotRead(
                f"The header names the collection “{source.collection}”. Those taken are {names}."
            )
        if day is None:
            raise CannotRead(
                f"The header's ReferenceDate “{details.text('ReferenceDate')}” is not a date."
            )
        source.title = f"{source.collection} return"
        source.reference_date = day
        source.until = f"the return's reference date, {day}"
        source.lea, source.year = sender.text("LEA"), details.text("Year")
        source.not_kept = frozenset(self.not_kept.get(source.collection, ()))
        return source

    def _recognise_csv(self, opened: Opened, report: Report) -> Source:
        rows = read_csv(opened)
        columns = next(rows)
        parts = [part for part in self.parts if "/" not in part.path and part.told_by in columns]
        if not parts:
            raise CannotRead(
                "It is not a return that is known: neither XML that begins with <Message>, nor an"
                " SSD extract whose first line names the columns of one table."
            )
        return Source(
            title=f"SSD extract {parts[0].path}",
            collection="SSD",
            parts=parts,
            not_kept=frozenset(columns) & self.not_kept.get("SSD", set()),
            report=report,
            reference_date=self.today,
            until="today",
            rows=_of_table(parts[0].path, rows),
        )


def _modules() -> list[ModuleType]:
    """The apps' ``imports`` modules, in the order in which records depend on each other."""
    names = [config.name for config in reversed(list(apps.get_app_configs()))]
    return [
        module
        for name in names
        if find_spec(f"{name}.imports")
        and hasattr(module := import_module(f"{name}.imports"), "PARTS")
    ]


def _of_table(table: str, rows: Iterator[Row]) -> Generator[Row]:
    for row in rows:
        row.tag = table
        yield row


def _batches(source: Source) -> Iterator[list[Row]]:
    """Runs of blocks of one kind, none told of twice, and not too many to hold at once."""
    told_by: Mapping[str, str] = {part.tag: part.told_by for part in source.parts}
    batch: list[Row] = []
    held, here, told = 0, set(), set()
    for row in source.rows:
        blocks = list(row.everything())
        for block in blocks:
            block.source = source
            if not row.identifier and block.tag == told_by.get(row.tag):
                row.identifier = block.value
        if batch and (
            row.tag != batch[0].tag
            or row.identifier in here
            or len(batch) >= ROWS_IN_A_BATCH
            or held + len(blocks) > BLOCKS_IN_A_BATCH
        ):
            yield batch
            batch, held, here = [], 0, set()
        batch.append(row)
        held += len(blocks)
        if row.identifier:
            row.repeated = hash(row.identifier) in told
            here.add(row.identifier)
            told.add(hash(row.identifier))
    if batch:
        yield batch


def _is_broken(row: Row) -> bool:
    """Whether a row has a value of its own, where it should have blocks: it is refused for that."""
    if row.value:
        row.source.report.count(row.tag, "read")
        row.refused_for(Refuse("This row cannot be told apart into its values.", value=row.value))
    return bool(row.value)


def _account(row: Row, takers: list[Part]) -> None:
    """See that nothing a block says is lost without a word."""
    source = row.source
    if row.value:
        return
    if row.repeated and not row.refused:
        rule = next(part.repeated for part in takers)
        row.warn("It is told of more than once in this file; what comes last counts.", rule=rule)
    if not takers:
        source.report.count(row.tag, "read")
        row.refused_for(Refuse("This is not a block of the return: not taken in."))
    elif not any(part.take for part in takers):
        source.report.count(row.tag, "read")
        source.report.count(row.tag, "not kept")
    else:
        leftovers: Counter[str] = Counter()
        _look_over(row, leftovers)
        for tag, many in leftovers.items():
            source.report.count(tag, "read", many)
            source.report.count(tag, "not kept", many)


def _look_over(row: Row, leftovers: Counter[str]) -> None:
    source = row.source
    for block in row.blocks:
        if block.tag in row.asked:
            _look_over(block, leftovers)
        elif not block.value and not block.blocks:
            continue
        elif block.tag in source.not_kept or (row.tag, block.tag) in source.asked:
            leftovers[block.tag] += 1
        else:
            _check_spelling(block)
            if not row.owner.refused:
                block.kind = block.tag
                source.report.count(block.tag, "read")
                block.refused_for(
                    Refuse("The return has no such block: not taken in.", value=block.value)
                )


def _check_spelling(block: Row) -> None:
    """A block that is known by other letters refuses the file: what it says would be lost."""
    source = block.source
    for name in {tag for _, tag in source.asked} | source.not_kept:
        if name.casefold() == block.tag.casefold() and name != block.tag:
            raise CannotRead(
                f"{block.place.capitalize()}: <{block.tag}> is written <{name}> in the return."
            )

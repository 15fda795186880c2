"""Files as untrusted streams: bytes in, rows out, in little memory however large or hostile.

What XML can do beyond elements and text is refused, and nothing outside the file is ever looked
at. A file is refused as a whole where its form is broken, because what such a file says by leaving
something out cannot be told from what it says.
"""

import codecs
import csv
import re
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lxml import etree

from .rows import Row

MOST_BYTES = 500_000_000
MOST_ELEMENTS = 2_000_000
MOST_IN_A_ROW = 50_000
MOST_DEPTH = 64
MOST_TEXT = 1_000_000
MOST_COLUMNS = 500
PROLOGUE = 65_536

BYTE_ORDER = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ALLOWED = {"utf-8", "utf-16", "cp1252"}
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
BEFORE_ROOT = re.compile(r"\s+|<\?xml .*?\?>|<!--.*?-->", re.DOTALL)
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


class CannotRead(Exception):
    """The file as a whole is refused; the message says why, and what to do about it."""


@dataclass(frozen=True)
class Opened:
    """A file that may be read: its path, its encoding, and how it begins."""

    path: Path
    encoding: str
    beginning: str

    @property
    def is_xml(self) -> bool:
        return self.beginning.lstrip().startswith("<")


def open_safely(path: Path) -> Opened:
    """Look at a file from outside: that it is one, how large, and in what encoding."""
    try:
        if not path.is_file():
            raise CannotRead("There is no such file.")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(PROLOGUE)
    except OSError as error:
        raise CannotRead(f"It cannot be opened: {error.strerror}.") from error
    if not head.strip():
        raise CannotRead("The file is empty. Export the return again.")
    if size > MOST_BYTES:
        raise CannotRead(f"The file is larger than {MOST_BYTES // 1_000_000} megabytes.")
    if head.startswith(b"PK\x03\x04"):
        raise CannotRead("This is a workbook or a ZIP file. Save each sheet as CSV.")
    encoding = _encoding(head, path)
    if encoding != "utf-16" and b"\0" in head:
        raise CannotRead("The file holds NUL bytes: it is not text. Export the return again.")
    beginning = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    return Opened(path, encoding, beginning.removeprefix("\ufeff"))


def _encoding(head: bytes, path: Path) -> str:
    """The encoding that a file says it has, by its first bytes; an extract's is tried out."""
    for mark, encoding in BYTE_ORDER.items():
        if head.startswith(mark):
            return encoding
    if not head.lstrip().startswith(b"<"):
        return "utf-8" if _is_utf8(path) else "cp1252"
    declared = DECLARED.search(head[:400])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = name
    if encoding not in ALLOWED or encoding == "utf-16":
        raise CannotRead(f"The encoding {name} is not taken. Save the file as UTF-8.")
    return encoding


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


# XML


def read_xml(opened: Opened, containers: Collection[str], names: Collection[str]) -> Generator[Row]:
    """The blocks of an XML return, one at a time: whatever lies directly in a container.

    ``containers`` are paths (``Message/Children``), ``names`` those of containers and blocks as the
    return writes them: the same name in other letters refuses the file. The whole file is looked
    through once before its first block is given.
    """
    _refuse_doctype(opened.beginning)
    spelled = {name.casefold(): name for name in names}
    try:
        with opened.path.open("rb") as file:
            for _ in _blocks(file, set(containers), spelled):
                pass
            file.seek(0)
            for element in _blocks(file, set(containers), spelled):
                yield _to_row(element)
    except etree.XMLSyntaxError as error:
        what = (error.msg or "there is no element").split(", line ")[0].strip()
        raise CannotRead(
            f"Line {error.lineno or 1}: the XML is broken or cut off ({what})."
            " Export the return again."
        ) from error
    except OSError as error:
        raise CannotRead(f"It cannot be read: {error}.") from error


def _refuse_doctype(beginning: str) -> None:
    at = 0
    while found := BEFORE_ROOT.match(beginning, at):
        at = found.end()
    if beginning.startswith(("<!", "<?"), at) or at >= len(beginning):
        raise CannotRead(
            "Before its first element the file holds a DOCTYPE, an instruction or a long comment."
            " A return has none. Export it again."
        )


def _blocks(file, containers: set[str], spelled: dict[str, str]) -> Iterator[etree._Element]:
    """Each block as it ends. What came before it, and it itself afterwards, is let go."""
    path: list[str] = []
    elements = inside = 0
    row_depth = None
    for event, element in etree.iterparse(
        file,
        events=("start", "end", "pi"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
    ):
        if event == "pi":
            raise CannotRead("The file holds a processing instruction. A return has none.")
        if event == "start":
            elements, inside = elements + 1, inside + 1
            path.append(element.tag)
            _check_start(element, path, elements, inside)
            if row_depth is None and "/".join(path) not in containers:
                row_depth, inside = len(path), 1
            if row_depth in (None, len(path)):
                _check_spelling(element, path, containers, spelled)
            continue
        if len(element.text or "") > MOST_TEXT:
            raise CannotRead(f"Line {element.sourceline}: a text is longer than a megabyte.")
        if row_depth == len(path):
            yield element
            row_depth = None
        if row_depth is None:
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
        path.pop()


def _check_start(element, path: list[str], elements: int, inside: int) -> None:
    if len(path) > MOST_DEPTH:
        raise CannotRead(f"Line {element.sourceline}: nested deeper than {MOST_DEPTH} elements.")
    if elements > MOST_ELEMENTS:
        raise CannotRead(f"There are more than {MOST_ELEMENTS:,} elements. Is this one return?")
    if inside > MOST_IN_A_ROW and len(path) > 2:
        raise CannotRead(
            f"Line {element.sourceline}: more than {MOST_IN_A_ROW:,} elements in one {path[1]}."
        )
    if element.tag.startswith("{") or SCHEMA_LOCATION in element.attrib:
        raise CannotRead(
            f"Line {element.sourceline}: {element.tag} uses XML namespaces. A return does not."
        )


def _check_spelling(element, path: list[str], containers, spelled: dict[str, str]) -> None:
    right = spelled.get(element.tag.casefold(), element.tag)
    if right != element.tag:
        raise CannotRead(
            f"Line {element.sourceline}: <{element.tag}> is written <{right}> in the return."
        )
    if len(path) == 1 and element.tag not in containers:
        raise CannotRead(f"The first element is <{element.tag}>. That of a return is <Message>.")


def _to_row(element, parent: Row | None = None) -> Row:
    """An element as a row. Text between elements belongs to none: it becomes a block of its own."""
    row = Row(element.tag, f"line {element.sourceline}", (element.text or "").strip(), parent)
    before = element.getprevious() if parent is None else None
    strays = [before.tail] if before is not None else []
    if len(element):
        strays.append(row.value)
        row.value = ""
        for inner in element:
            row.blocks.append(_to_row(inner, row))
            strays.append(inner.tail)
    for stray in strays:
        if stray and stray.strip():
            row.blocks.append(Row("text between elements", row.place, stray.strip(), row))
    return row


# CSV


def read_csv(opened: Opened) -> Generator[Row | list[str]]:
    """An extract: first its column names, in lower case, then its rows.

    The whole file is looked through once before anything of it is given.
    """
    for _ in _records(opened):
        pass
    records = _records(opened)
    _, names = next(records)
    columns = [name.strip().lower() for name in names]
    if len(columns) > MOST_COLUMNS or len(set(columns)) < len(columns):
        raise CannotRead(f"The first line names {len(columns):,} columns, or one of them twice.")
    yield columns
    for number, values in records:
        if values:
            yield _from_csv(number, columns, values)


def _records(opened: Opened) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file with their numbers, the column names first."""
    csv.field_size_limit(MOST_TEXT)
    number = 0
    try:
        with opened.path.open(encoding=opened.encoding, newline="") as file:
            lines = _lines(file)
            first = next(lines)
            delimiter = max(",;\t|", key=first.count)
            lines = chain([first.removeprefix("\ufeff")], lines)
            for number, values in enumerate(
                csv.reader(lines, delimiter=delimiter, strict=True), start=1
            ):
                if number > MOST_ELEMENTS:
                    raise CannotRead(f"There are more than {MOST_ELEMENTS:,} rows.")
                yield number, values
    except csv.Error as error:
        raise CannotRead(
            f"Row {number + 1}: the CSV is broken ({error}): look for a quotation mark that is not"
            " closed, and export the extract again."
        ) from error
    except UnicodeError as error:
        raise CannotRead(
            f"After row {number} there is a character of no encoding: is it CSV?"
        ) from error
    except OSError as error:
        raise CannotRead(f"It cannot be read: {error}.") from error


def _lines(file) -> Iterator[str]:
    """The lines of a text file; one that is longer than any row can be refuses the file."""
    while line := file.readline(MOST_TEXT + 1):
        if len(line) > MOST_TEXT:
            raise CannotRead("A line is longer than a megabyte. This is not an extract.")
        if "\0" in line:
            raise CannotRead("The file holds NUL bytes: it is not text. Export the extract again.")
        yield line


def _from_csv(number: int, columns: list[str], values: list[str]) -> Row:
    row = Row("", f"row {number}")
    row.blocks = [
        Row(name, row.place, value.strip(), row)
        for name, value in zip(columns, values, strict=False)
    ]
    if len(values) != len(columns):
        row.value = f"{len(values)} values for {len(columns)} columns"
    return row

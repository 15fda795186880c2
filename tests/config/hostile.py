"""Returns that are broken, or meant to break what reads them: made here, never kept as files."""

from collections.abc import Callable, Iterator
from pathlib import Path

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>"
    "<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>"
    "<Source><LEA>901</LEA></Source></Header>"
)
CHILD = (
    "<Child><ChildIdentifiers><LAchildID>{id}</LAchildID>"
    "<PersonBirthDate>2015-02-03</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>"
    "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
    "<CINdetails><CINreferralDate>{day}</CINreferralDate><ReferralSource>6</ReferralSource>"
    "<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA></CINdetails></Child>"
)
MANY = 3_000_000


def census(*children: str, header: str = HEADER, first: str = "") -> str:
    """A CIN census with these children."""
    return f"{first}<Message>{header}<Children>{''.join(children)}</Children></Message>"


def child(identifier: str = "C1", day: str = "2023-05-02") -> str:
    """A child with one referral."""
    return CHILD.format(id=identifier, day=day)


def in_pieces(before: str, piece: str, many: int, after: str) -> Iterator[bytes]:
    yield before.encode()
    for _ in range(many // 10_000):
        yield (piece * 10_000).encode()
    yield after.encode()


OPEN, CLOSE = f"<Message>{HEADER}<Children>", "</Children></Message>"
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
PERSON_COLUMNS = "pers_person_id,pers_sex,pers_dob\n"
WHOLE = census(child())

REFUSED: dict[str, bytes | Callable[[], Iterator[bytes]]] = {
    "empty.xml": b"",
    "blank.xml": b" \n \n",
    "binary.xml": bytes(range(1, 256)) * 50,
    "workbook.csv": b"PK\x03\x04" + bytes(200),
    "half.xml": WHOLE[: len(WHOLE) // 2].encode(),
    "no_children.xml": census().encode(),
    "wrong_root.xml": WHOLE.replace("Message>", "Messages>").encode(),
    "root_case.xml": WHOLE.replace("Message>", "message>").encode(),
    "container_case.xml": WHOLE.replace("Children>", "children>").encode(),
    "block_case.xml": WHOLE.replace("<Child>", "<CHILD>").replace("</Child>", "</CHILD>").encode(),
    "leaf_case.xml": WHOLE.replace("CINreferralDate", "CINReferralDate").encode(),
    "inner_case.xml": WHOLE.replace("CINdetails", "CINDetails").encode(),
    "no_header.xml": census(child(), header="").encode(),
    "other_collection.xml": WHOLE.replace(">CIN<", ">SSDA903<").encode(),
    "no_reference_date.xml": WHOLE.replace("2024-03-31", "31st March").encode(),
    "strange_authority.xml": WHOLE.replace(">901<", ">ninety<").encode(),
    "doctype.xml": census(child(), first="<!DOCTYPE Message>").encode(),
    "external_dtd.xml": census(
        child(), first='<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd">'
    ).encode(),
    "billion_laughs.xml": census(
        child("&l9;"), first=f'<!DOCTYPE Message [<!ENTITY l0 "lol">{LOL}]>'
    ).encode(),
    "external_entity.xml": census(
        child("&x;"), first='<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    ).encode(),
    "instruction.xml": census(child(), '<?xml-stylesheet href="http://127.0.0.1:9/"?>').encode(),
    "instruction_first.xml": census(
        child(), first='<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/"?>'
    ).encode(),
    "xinclude.xml": census(
        child(),
        '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>',
    ).encode(),
    "schema_location.xml": WHOLE.replace(
        "<Children>",
        '<Children xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="a http://127.0.0.1:9/">',
    ).encode(),
    "latin1_as_utf8.xml": census(
        child("Zoë"), first='<?xml version="1.0" encoding="UTF-8"?>'
    ).encode("latin-1"),
    "nul.xml": census(child("C\0")).encode(),
    "late_nul.xml": (census(*(child(f"C{n}") for n in range(300))) + "\0").encode(),
    "utf7.xml": census(child(), first='<?xml version="1.0" encoding="UTF-7"?>').encode("utf-7"),
    "utf16_no_mark.xml": WHOLE.encode("utf-16-le"),
    "surrogate.xml": census(child("C\ud800")).encode("utf-8", "surrogatepass"),
    "undefined_entity.xml": census(child("&nope;")).encode(),
    "deep.xml": lambda: in_pieces(OPEN, "<a>", 200_000, ""),
    "deep_enough.xml": (
        OPEN + "<Child>" + "<a>" * 100 + "</a>" * 100 + "</Child>" + CLOSE
    ).encode(),
    "flat.xml": lambda: in_pieces(OPEN, "<Child/>", MANY, CLOSE),
    "flat_unknown.xml": lambda: in_pieces(f"<Message>{HEADER}", "<a/>", MANY, "</Message>"),
    "flat_in_a_child.xml": lambda: in_pieces(OPEN + "<Child>", "<a/>", MANY, "</Child>" + CLOSE),
    "flat_comments.xml": lambda: in_pieces(OPEN, "<!--a-->", MANY, CLOSE),
    "flat_header.xml": lambda: in_pieces("<Message><Header>", "<a/>", MANY, "</Header></Message>"),
    "long_text.xml": lambda: in_pieces(OPEN + "<Child>", "a" * 1_000, 20_000, "</Child>" + CLOSE),
    "long_attribute.xml": lambda: in_pieces(
        OPEN + '<Child a="', "a" * 1_000, 20_000, '"/>' + CLOSE
    ),
    "long_comment.xml": lambda: in_pieces("<!--", "a" * 1_000, 20_000, f"-->{WHOLE}"),
    "unknown.csv": b"name,age\nx,1\n",
    "unclosed_quote.csv": (PERSON_COLUMNS + 'P1,F,2015-01-02\n"P2,M,2016-01-01\n' * 3).encode(),
    "long_quote.csv": lambda: in_pieces(PERSON_COLUMNS + '"', "P1,F\n" * 100, 400_000, ""),
    "one_line.csv": lambda: in_pieces(PERSON_COLUMNS, "a" * 1_000, 20_000, ""),
    "columns.csv": (",".join(["pers_person_id", *map(str, range(10_000))]) + "\n").encode(),
    "same_column.csv": b"pers_person_id,pers_sex,pers_sex\nP1,F,M\n",
    "nul.csv": (PERSON_COLUMNS + "P1,\0,2015-01-02\n").encode(),
    "late_nul.csv": (PERSON_COLUMNS + "P1,F,2015-01-02\n" * 5_000 + "P\0,,\n").encode(),
    "no_rows.csv": PERSON_COLUMNS.encode(),
    "many_rows.csv": lambda: in_pieces(PERSON_COLUMNS, ",,\n", MANY, ""),
    "not_utf8_nor_cp1252.csv": PERSON_COLUMNS.encode() + b"P\x81,F,2015-01-02\n",
}


def write(folder: Path, name: str) -> Path:
    """The hostile file of that name."""
    content, path = REFUSED[name], folder / name
    with path.open("wb") as file:
        for piece in [content] if isinstance(content, bytes) else content():
            file.write(piece)
    return path

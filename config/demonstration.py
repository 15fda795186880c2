"""What the apps share when each makes its part of the demonstration authority.

The people are made up: names are drawn from the lists below, dates from seeded dice, so that the
same day gives the same rows. Each app rolls dice of its own, and so cannot disturb another's.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TypeVar

from django.db import connection, models
from psycopg import sql

from config import workdays

Model = TypeVar("Model", bound=models.Model)

SEED = 2015

RECORDS_BEGIN = datetime.date(2015, 4, 1)


def names(text: str) -> list[str]:
    """The names in a text, without what lies between them."""
    return text.split()


GIRLS = names(
    """
    Aaliyah Abigail Ada Aisha Alice Amara Amelia Amina Anya Ava Beatrice Bethany Caitlin Charlotte
    Chidinma Chloe Daisy Ebony Eleanor Elif Elsie Emily Esme Evie Farah Fatima Freya Grace Hana
    Hannah Holly Imogen Ines Isla Jasmine Jessica Kayleigh Keira Kezia Khadija Layla Leah Lily
    Lola Maisie Maja Maryam Matilda Megan Mia Molly Nadia Naomi Niamh Nia Olivia Orla Phoebe Poppy
    Priya Rosie Ruby Safa Saoirse Scarlett Simran Skye Sofia Tanisha Thea Tilly Willow Yasmin
    Zahra Zara Zofia
    """
)
BOYS = names(
    """
    Aaron Abdul Adam Aidan Ajay Alex Alfie Amir Archie Arjun Arthur Ayaan Bailey Benjamin Bilal
    Brandon Callum Charlie Chukwudi Connor Daniel David Declan Dominic Dylan Edward Eesa Ethan
    Ezra Felix Finley Freddie Gabriel George Hamza Harry Harvey Henry Hugo Ibrahim Isaac Jack
    Jacob Jayden Joel Joshua Jude Kai Kofi Kian Kwame Leo Liam Logan Louis Luca Malik Mason
    Mateusz Max Mohammed Nathan Noah Oliver Omar Oscar Owen Rafael Reuben Rhys Riley Rohan Samuel
    Sebastian Stanley Tariq Theo Thomas Toby Tyler William Yusuf Zachary
    """
)
SURNAMES = names(
    """
    Abbott Adeyemi Ahmed Akhtar Ali Allen Asante Atkinson Bailey Baker Banerjee Barnes Begum
    Bennett Bhatt Booth Brennan Brooks Brown Burke Butler Campbell Carter Chan Chapman Chaudhry
    Chen Clarke Collins Cooper Cox Das Davies Dhillon Dixon Doyle Edwards Ellis Evans Fernandes
    Fisher Fletcher Foster Gallagher Georgiou Gibson Gill Grant Gray Green Griffiths Hall Harris
    Hassan Holmes Hughes Hunt Hussain Ibrahim Jackson James Johnson Jones Kaur Kelly Khan King
    Kowalski Kumar Lee Lewis Lowe Mahmood Malik Marsh Martin Mason McCarthy McKenzie Mensah Miah
    Mills Mitchell Moore Morgan Morris Murphy Murray Mwangi Nguyen Nowak Nwosu O'Brien O'Connor
    O'Neill Okafor Osei Owen Palmer Park Patel Payne Pearce Perera Phillips Popescu Powell Price
    Rahman Reid Reynolds Rhodes Roberts Robinson Rogers Rossi Rowe Russell Santos Scott Shah
    Sharma Shaw Silva Simpson Singh Smart Smith Stevens Stewart Sutton Tan Taylor Thapa Thompson
    Turner Uddin Walker Walsh Ward Watson Webb White Williams Wilson Wong Wood Wright Yilmaz Young
    Zielinski
    """
)


@dataclass(frozen=True)
class Scene:
    """The day on which the demonstration is loaded, with its dice and its calendar.

    Nothing in the records lies after ``today``. A part is made as if time went on, and cut off.
    """

    today: datetime.date

    def dice(self, part: str) -> Random:
        """Dice of one part: they fall the same way each time, whatever the other parts roll."""
        return Random(f"{SEED} {part}")

    @property
    def yesterday(self) -> datetime.date:
        """The last day that is over."""
        return self.today - workdays.ONE_DAY

    @cached_property
    def calendar(self) -> "WorkingDays":
        """The working days of the decades around the records."""
        return WorkingDays()

    def past(self, day: datetime.date | None) -> datetime.date | None:
        """The day, where it has come; None where it lies after today."""
        return day if day is not None and day <= self.today else None


class WorkingDays:
    """The working days, numbered: N working days later is a number greater by N."""

    FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2060, 12, 31)

    def __init__(self) -> None:
        rows = workdays.calendar_rows(self.FIRST, self.LAST, workdays.bank_holidays(1970, 2060))
        self._numbers = [number for _, number, _ in rows]
        self._days = [None, *(day for day, _, working in rows if working)]

    def number(self, day: datetime.date) -> int:
        """How many working days there are up to a day, itself included."""
        return self._numbers[(day - self.FIRST).days]

    def day(self, number: int) -> datetime.date:
        """The working day of that number."""
        return self._days[number]

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """The working day that comes ``count`` working days after a day."""
        return self.day(self.number(day) + count)

    def on_or_after(self, day: datetime.date) -> datetime.date:
        """The day itself where it is a working day, else the next one."""
        return self.after(day - workdays.ONE_DAY, 1)

    def some(
        self, dice: Random, count: int, first: datetime.date, last: datetime.date
    ) -> list[datetime.date]:
        """Working days between two days, both included, in order; a day may come twice."""
        numbers = range(self.number(first - workdays.ONE_DAY) + 1, self.number(last) + 1)
        return [self.day(number) for number in sorted(dice.choices(numbers, k=count))]

    def one(self, dice: Random, first: datetime.date, last: datetime.date) -> datetime.date:
        """One working day between two days, both included."""
        return self.some(dice, 1, first, last)[0]


def quarters(
    first: datetime.date, until: datetime.date
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """First and last day of each quarter, the first beginning on ``first``, up to ``until``."""
    while first <= until:
        following = workdays.months_before(first, -3)
        yield first, following - workdays.ONE_DAY
        first = following


def save(rows: Iterable[Model]) -> list[Model]:
    """Store new rows of one model, with their keys: as one COPY, several times as fast as objects.

    The database's triggers see each of them, as they see everything.
    """
    rows = list(rows)
    if not rows:
        return rows
    meta = type(rows[0])._meta
    fields = [field for field in meta.local_concrete_fields if not field.generated]
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(meta.db_table), columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [meta.db_table, meta.pk.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
        with cursor.copy(into) as copy:
            for row in rows:
                copy.write_row([_stored(row, field) for field in fields])
    return rows


def _stored(row: models.Model, field: models.Field) -> object:
    """What a column holds: of another record its key, which it may have got since."""
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row):
        related = field.get_cached_value(row)
        value = related and related.pk
    return value

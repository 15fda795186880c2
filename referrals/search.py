"""Finding a child among all those of an authority, by what somebody types of the name.

The database folds every name into a search key (``sql/search_key.sql``) and indexes its trigrams.
What is typed is folded by the same function. A word finds the names that begin with it; from four
letters also those that differ from it by one error of typing: a letter too many, too few or
another, or two that changed places. Trigrams name the candidates, and the keys decide.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, Func, Q, QuerySet, TextField, When

from config.facts import LATEST
from workforce.access import WITH_SEND
from workforce.choices import AccountRole

from .access import barred
from .choices import Part
from .models import Child, Involvement, Referral
from .rules import UPN, age_in_words

LONGEST, MANY = 100, 12  # characters and words that are read of what is typed
MOST = 20  # children that are shown
SHORTEST = 2  # letters of which one word at least has to have as many
TOLERANT = range(4, 31)  # letters of a word in which one error is tolerated
EXACT = range(0)
DESCRIBED = range(2, 31)  # the same where the date of birth is known besides
PARTED = 5  # words, up to which those side by side may also be one word
A_YEAR = datetime.timedelta(days=366)  # by which a date of birth is often wrong
SYLLABLES = "\u3400"  # from here on a letter is a word or a syllable


def authorities(user) -> list[int]:
    """The authorities whose children the account may find: out of hours the duty worker's too."""
    reach = user.reach
    roles = [role for role in WITH_SEND if reach.out_of_hours or role != AccountRole.EMERGENCY_DUTY]
    return sorted(reach.authorities(*roles))


def findable_by(user) -> QuerySet:
    """The children that the account may find, though it may not open their records."""
    standing = Child.objects.filter(merged_into=None, authority__in=authorities(user))
    return standing.not_barred(user.reach)


def hidden_from(user) -> QuerySet:
    """The children that the account must not know of: restricted ones, and those it is near to."""
    return Child.objects.filter(pk__in=barred(user.reach))


class Trigrams(Func):
    """The trigrams of a search key, as they are indexed."""

    function = "referrals_trigrams"
    output_field = ArrayField(TextField())


@dataclass(frozen=True)
class Word:
    """One folded word that somebody has typed, and what is asked of a search key for it."""

    text: str
    tolerated: range = TOLERANT

    @property
    def tolerant(self) -> bool:
        """Whether a name may differ from the word by an error."""
        return len(self.text) in self.tolerated

    @property
    def telling(self) -> bool:
        """Whether the word narrows a search by itself."""
        return len(self.text) >= SHORTEST or self.text >= SYLLABLES

    def candidates(self) -> Q:
        """The trigrams, of which one set is in every key that the word finds.

        An error of typing leaves one half of the word as it is: its beginning or its end. Only two
        letters that changed places across the middle spoil both, so these are put back.
        """
        if not self.telling:
            return Q()
        text, half = self.text, (len(self.text) + 1) // 2
        whole = f" {text} " if len(text) == 1 else f" {text}"
        if not self.tolerant:
            return _all_of(whole)
        swapped = text[: half - 1] + text[half] + text[half - 1] + text[half + 1 :]
        return _all_of(f" {text[:half]}") | _all_of(f"{text[half:]} ") | _all_of(f" {swapped} ")

    def matches(self) -> Q:
        """The keys that have a word that begins with this one, or is within one error of it."""
        found = Q(search_key__contains=f" {self.text}")
        if self.tolerant:
            found |= Q(search_key__regex=f" ({'|'.join(sorted(self._errors()))}) ")
        return found

    def _errors(self) -> set[str]:
        """What the word may look like with one error in it; a full stop is any letter."""
        text, size = self.text, len(self.text)
        found = {f"{text[:at]}[^ ]{text[at:]}" for at in range(size + 1)}
        found |= {f"{text[:at]}[^ ]?{text[at + 1 :]}" for at in range(size)}
        return found | {
            f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}" for at in range(size - 1)
        }


def _all_of(text: str) -> Q:
    """The keys with every trigram of the text, which belongs to one word and the space beside."""
    return Q(trigrams__contains=[text[at : at + 3] for at in range(len(text) - 2)])


def words(typed: str) -> list[str]:
    """The words of what was typed, folded by the database as names are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_folded(%s)", [typed[:LONGEST]])
        folded = cursor.fetchone()[0][:LONGEST]
    return [word for word in folded.split(" ") if word][:MANY]


def readings(typed: list[str], tolerated: range = TOLERANT) -> list[list[Word]]:
    """The words as they were typed, and with a run of them as one: ``de la cruz``, ``delacruz``.

    Such a run is looked for as it stands: what is guessed at twice finds too much.
    """
    asked = [Word(text, tolerated) for text in typed]
    found = [asked]
    if len(asked) <= PARTED:
        for first in range(len(asked)):
            for last in range(first + 2, len(asked) + 1):
                run = Word("".join(typed[first:last]), EXACT)
                found.append([*asked[:first], run, *asked[last:]])
    return found


def telling(typed: str) -> bool:
    """Whether enough was typed to search by: two letters of a name."""
    return any(Word(text).telling for text in words(typed))


def named(children: QuerySet, typed: str) -> QuerySet:
    """Those of the children whose name has every word that was typed; the closest come first."""
    asked = words(typed)
    read = [reading for reading in readings(asked) if any(word.telling for word in reading)]
    if not read:
        return children.none()
    closeness = [
        Case(
            When(search_key__contains=f" {text} ", then=2),
            When(search_key__contains=f" {text}", then=1),
            default=0,
        )
        for text in asked
    ]
    return (
        children.alias(trigrams=Trigrams("search_key"))
        .filter(_any(_every(word.candidates() for word in reading) for reading in read))
        .filter(_any(_every(word.matches() for word in reading) for reading in read))
        .order_by(sum(closeness).desc(), "last_name", "first_name", "pk")
    )


def described(children: QuerySet, name: str) -> QuerySet:
    """Those of a few children whom somebody may mean by a name, one error in each word apart."""
    read = readings(words(name), DESCRIBED)
    if not read[0]:
        return children.none()
    return children.filter(_any(_every(word.matches() for word in reading) for reading in read))


def _every(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def coded(children: QuerySet, typed: str) -> QuerySet:
    """The child whose case reference or unique pupil number was typed, if any.

    A record that was merged into the child's is found by its own.
    """
    code = typed.strip()
    found = Q(reference__in={code, code.upper()})
    if UPN.fullmatch(upn := re.sub(r"\s", "", code).upper()):
        found |= Q(upn=upn)
    merged = Child.objects.filter(found).exclude(merged_into=None)
    return children.filter(found | Q(pk__in=merged.values("merged_into")))


def described_as(typed: str) -> dict[str, str]:
    """What the form of a child who is new begins with: the names that were looked for, or the UPN.

    The last name comes last, or before a comma. A case reference describes nobody.
    """
    if UPN.fullmatch(upn := re.sub(r"\s", "", typed).upper()):
        return {"upn": upn}
    if re.search(r"\d", typed):
        return {}
    last, comma, first = typed.partition(",")
    if not comma:
        first, _, last = typed.strip().rpartition(" ")
    return {"first_name": first.strip(), "last_name": last.strip()}


@dataclass(frozen=True)
class Hit:
    """What is shown of a child who was found: as little as tells one child from another."""

    pk: int
    name: str
    age: str
    known_to: str
    opens: bool  # whether the reader may see the record

    @property
    def summary(self) -> str:
        """All but the name, in a line."""
        return f"{self.age}, {self.known_to}"


def found(user, typed: str, *, today: datetime.date) -> tuple[list[Hit], bool]:
    """The children found by a code or else a name, and whether there were more than are shown."""
    children = findable_by(user)
    rows = list(coded(children, typed)[:MOST]) or list(named(children, typed)[: MOST + 1])
    return hits(rows[:MOST], user, today=today), len(rows) > MOST


def alike(user, person, *, today: datetime.date) -> list[Hit]:
    """The children on record whom a person may be, of those that the account may find.

    That is by the pupil number; by the day of birth and the name; or by the name and about the age.
    """
    children = findable_by(user)
    rows = list(same(children, person)[:MOST])
    day = person.born_on or person.expected_on
    near = Q(born_on=None) | Q(born_on__range=(day - A_YEAR, day + A_YEAR)) if day else Q()
    rows += named(children.filter(near).exclude(pk__in=[child.pk for child in rows]), person.name)[
        : MOST - len(rows)
    ]
    return hits(rows, user, today=today)


def same(children: QuerySet, person) -> QuerySet:
    """Those of the children who are that person: by the pupil number, or the day and the name."""
    born = Q(born_on=person.born_on, born_on__isnull=False)
    expected = Q(expected_on=person.expected_on, expected_on__isnull=False)
    found = described(children.filter(born | expected), person.name)
    if person.upn:
        found = children.filter(Q(upn=person.upn) | Q(pk__in=found.values("pk")))
    return found


def hits(children: list[Child], user, *, today: datetime.date) -> list[Hit]:
    """What a reader is shown of these children."""
    keys = [child.pk for child in children]
    opening = set(Child.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    knowing = known_to(keys, today)
    return [
        Hit(
            pk=child.pk,
            name=str(child) if child.first_name or child.last_name else "No name",
            age=age_in_words(child.born_on, child.expected_on, child.died_on or today),
            known_to=knowing.get(child.pk, "known to no team"),
            opens=child.pk in opening,
        )
        for child in children
    ]


def known_to(children: list[int], today: datetime.date) -> dict[int, str]:
    """Which team knows each child, or knew it last: of who works with it, or of its referral."""
    found = []
    for record in Involvement.objects.filter(child__in=children).select_related("team"):
        weight = 2 if record.part == Part.SOCIAL_WORKER else 1
        found.append((record, record.ended_on, weight, record.started_on))
    for record in Referral.objects.filter(child__in=children).select_related("team"):
        over_on = record.received_on if record.no_further_action else record.closed_on
        if record.team:
            found.append((record, over_on, 0, record.received_on))
    knowing = {}
    for record, over_on, *_ in sorted(found, key=lambda one: (one[1] or LATEST, *one[2:])):
        words = "was known to" if over_on and over_on <= today else "known to"
        knowing[record.child_id] = f"{words} {record.team}"
    return knowing

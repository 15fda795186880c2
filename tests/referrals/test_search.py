"""Finding a child by what somebody types: names as people spell them, and misspell them."""

import datetime
import random
import string
import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from referrals.models import Child
from referrals.search import TOLERANT, Word, coded, named, words
from tests import making
from workforce.models import Team

pytestmark = pytest.mark.django_db
PRINTED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
LETTERS = st.text(string.ascii_lowercase, min_size=4, max_size=12)
FEW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def folded(name: str) -> str:
    return " ".join(words(name))


def key(first_name: str, last_name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_search_key(%s, %s)", [first_name, last_name])
        return cursor.fetchone()[0]


@pytest.fixture
def authority() -> Team:
    return making.authority()


@pytest.fixture
def called(authority):
    """Puts a child of that name on record."""

    def make(first_name: str, last_name: str = "", **values) -> Child:
        return making.child(
            authority=authority, first_name=first_name, last_name=last_name, **values
        )

    return make


def finds(typed: str, child: Child) -> bool:
    return child in named(Child.objects.all(), typed)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zoë", "zoe"),
        ("ZOË", "zoe"),
        ("Siân Llŷr", "sian llyr"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("OʼBrien", "obrien"),
        ("D´Arcy", "darcy"),
        ("Anne-Marie", "anne marie"),
        ("Anne‐Marie", "anne marie"),
        ("Anne–Marie", "anne marie"),
        ("Weiß", "weiss"),
        ("WEIẞ", "weiss"),
        ("Sørensen", "sorensen"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Æthelred", "aethelred"),
        ("Þórður", "thordur"),
        ("Đặng Nguyễn", "dang nguyen"),
        ("Ngũgĩ wa Thiong’o", "ngugi wa thiongo"),
        ("İbrahim Yıldız", "ibrahim yildiz"),
        ("IŞIK ışık", "isik isik"),
        ("Шевченко", "шевченко"),
        ("ΣΩΚΡΆΤΗΣ", "σωκρατησ"),
        ("Σωκράτης", "σωκρατησ"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("王小明", "王 小 明"),
        ("김민준", "김민준"),
        ("ﬁona", "fiona"),
        ("José\u0301", "jose"),
        ("\u202eAnna\u200b \ufeffKatz", "anna katz"),
        ("  Anna \t  Katz\u00a0", "anna katz"),
        ("Smith-Jones (Jr.)", "smith jones jr"),
        ("Null", "null"),
        ("'; DROP TABLE", "drop table"),
        ("%_\\", ""),
        ("", ""),
    ],
)
def test_names_fold_alike_however_they_are_written(name, key):
    assert folded(name) == key


@FEW
@given(PRINTED)
def test_folding_twice_changes_nothing(name):
    once = folded(name)
    assert folded(once) == once


@FEW
@given(st.text(string.ascii_letters + " ", max_size=40))
def test_plain_letters_fold_to_lower_case(name):
    assert folded(name) == " ".join(name.lower().split())


@FEW
@given(st.text(string.ascii_lowercase + "àéîõüčšžñçåǎẽ", min_size=1, max_size=40))
def test_accents_make_no_difference_composed_or_not(name):
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)
    )
    assert folded(name) == folded(unicodedata.normalize("NFD", name)) == folded(plain)


@FEW
@given(PRINTED, PRINTED)
def test_every_key_is_words_between_single_spaces(first_name, last_name):
    found = key(first_name, last_name)
    assert found[0] == found[-1] == " "
    assert "  " not in found
    assert not set(found) & set(string.punctuation + string.ascii_uppercase)


@FEW
@example("10", "\u16800")
@given(PRINTED.filter(lambda name: folded(name)), PRINTED)
def test_whoever_is_on_record_is_found_by_the_name_as_written(first_name, last_name):
    child = making.child(first_name=first_name[:100], last_name=last_name[:100])
    typed = f"{first_name} {last_name}"
    if any(Word(text).telling for text in words(typed)):
        assert finds(typed, child)


@FEW
@given(LETTERS, st.data())
def test_one_error_of_typing_in_a_word_of_four_letters_or_more_is_tolerated(name, data):
    child = making.child(first_name=name)
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    errors = [
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        name + letter,
    ]
    for typed in errors:
        if len(typed) in TOLERANT:
            assert finds(typed, child), (typed, name)


def errors_between(one: str, other: str) -> int:
    """The edits that turn one word into the other, two letters that changed places being one."""
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before = before, row
        row = [i]
        for j, sign in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]


def test_what_is_found_is_what_a_slow_comparison_finds(called):
    dice = random.Random(3)
    names = ["".join(dice.choices("abc", k=dice.randint(3, 7))) for _ in range(200)]
    for name in set(names):
        called(name)
    for typed in ["".join(dice.choices("abc", k=dice.randint(2, 7))) for _ in range(80)]:
        tolerated = 1 if len(typed) in TOLERANT else 0
        expected = {
            name
            for name in names
            if name.startswith(typed) or errors_between(name, typed) <= tolerated
        }
        found = named(Child.objects.all(), typed).values_list("first_name", flat=True)
        assert set(found) == expected, typed


def test_each_word_may_be_a_beginning_and_the_order_does_not_count(called):
    anna = called("Anna", "Katz")
    for typed in ["an ka", "ka an", "Katz Anna", "ANNA KATZ", "katz, anna", "kat", "an", "anna k"]:
        assert finds(typed, anna), typed
    for typed in ["an ko", "nna", "atz", "anna katz smith", "a k", "a"]:
        assert not finds(typed, anna), typed


def test_two_beginnings_are_not_read_as_one_word_with_an_error(called):
    assert not finds("an ka", called("Anna", "Lee"))


def test_below_four_letters_no_error_is_tolerated(called):
    assert not finds("Amn", called("Ann", "Lee"))


def test_two_errors_are_too_many(called):
    assert not finds("Kozalski", called("Jan", "Kowalsky"))


@pytest.mark.parametrize(
    ("first_name", "last_name", "typed"),
    [
        (
            "Anne-Marie",
            "O'Brien",
            ["annemarie", "Anne Marie", "marie", "OBrien", "o brien", "o’br"],
        ),
        ("Annemarie", "Jones", ["anne marie", "Anne-Marie Jones", "jones anne marie"]),
        ("Inés", "de la Cruz", ["delacruz", "De La Cruz", "cruz", "ines de la cruz", "dela cruz"]),
        ("Sean", "McDonald", ["mc donald", "sean mc donald", "McDonald", "macdonald"]),
        ("Łukasz", "Żółkiewski", ["lukasz", "zolkiewski", "ŻÓŁKIEWSKI", "Łukasz Zolkieski"]),
        ("Ffion", "Llŷr", ["llyr", "ffion llyr", "fion"]),
        ("Işıl", "Yıldız", ["isil", "YILDIZ", "yıldız", "Yildis"]),
        ("محمد", "الأحمد", ["محمد", "الاحمد", "مُحَمَّد"]),
        ("小明", "王", ["王小明", "小明", "王", "明 王"]),
        ("Madonna", "", ["madonna", "madona"]),
        ("", "Null", ["null", "Nul"]),
        ("Test", "Test", ["test", "test test"]),
        ("x" * 100, "y" * 100, ["x" * 100, "xx yy", "x" * 40]),
        ("<script>alert(1)</script>", "{{ 7 }}", ["script alert", "<script>"]),
        ("Bo", "Ng", ["bo", "ng", "bo ng", "ng bo"]),
    ],
)
def test_a_name_is_found_as_people_type_it(called, first_name, last_name, typed):
    child = called(first_name, last_name)
    called("Somebody", "Else")
    for text in typed:
        assert list(named(Child.objects.all(), text)) == [child], text


@pytest.mark.parametrize("typed", ["", " ", "a", "a b", "%", "_", "'", "\\", "\u202e", "-", "*"])
def test_too_little_finds_nobody(called, typed):
    called("Anna", "Barker")
    assert not named(Child.objects.all(), typed).exists()


def test_whole_words_come_before_beginnings_and_those_before_errors(called):
    for first_name, last_name in [("Bo", "Lea"), ("Cy", "Leek"), ("Di", "Leeks"), ("Ed", "Leak")]:
        called(first_name, last_name)
    found = [child.last_name for child in named(Child.objects.all(), "leek")]
    assert found == ["Leek", "Leeks", "Leak"]


def test_a_case_reference_or_a_pupil_number_is_found_exactly(called):
    child = called("Anna", "Katz", reference="C100/7", upn="A123456789012")
    for typed in ["C100/7", "c100/7", " C100/7 ", "A123456789012", "a1234 5678 9012"]:
        assert list(coded(Child.objects.all(), typed)) == [child], typed
    for typed in ["C100", "100/7", "A12345678901", "Anna", ""]:
        assert not coded(Child.objects.all(), typed), typed


def test_the_database_keeps_the_key_whoever_writes(authority):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO referrals_child (authority_id, reference, first_name, last_name, sex,"
            " ethnicity, disabilities, upn, upn_unknown)"
            " VALUES (%s, 'RAW', 'Zoë', 'Öz', 'U', 'NOBT', '{}', '', '')",
            [authority.pk],
        )
        child = Child.objects.get(reference="RAW")
        assert child.search_key == " zoe oz "
        cursor.execute("UPDATE referrals_child SET last_name = 'O’Hara' WHERE id = %s", [child.pk])
    assert finds("ohara", child)
    Child.objects.filter(pk=child.pk).update(first_name="Bea")
    assert finds("bea", child)
    assert not finds("zoe", child)
    Child.objects.bulk_create(
        [Child(authority=authority, reference="BULK", first_name="Éva", last_name="Ács")]
    )
    assert finds("eva acs", Child.objects.get(reference="BULK"))


def test_the_key_is_kept_where_triggers_rest_as_in_a_restore(authority):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_generated FROM information_schema.columns"
            " WHERE table_name = 'referrals_child' AND column_name = 'search_key'"
        )
        assert cursor.fetchone() == ("ALWAYS",)
        cursor.execute(
            "SELECT provolatile FROM pg_proc WHERE proname IN"
            " ('referrals_folded', 'referrals_search_key', 'referrals_trigrams')"
        )
        assert {kept for (kept,) in cursor.fetchall()} == {"i"}


def test_a_search_reads_the_index(called):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for typed in ["an", "kath", "anna katz", "anne-marie obrien"]:
        assert "child_trigrams" in named(Child.objects.all(), typed).explain()


def test_the_key_is_not_kept_twice(called):
    child = called("Anna", "Katz", born_on=datetime.date(2015, 1, 2))
    event = child.events.model
    assert "search_key" not in {field.name for field in event._meta.get_fields()}

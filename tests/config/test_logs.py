"""Logs say where an error arose and of which kind; what it quotes stays out of them."""

import logging
import sys

import psycopg
import pytest
from celery.utils.log import get_task_logger
from django.core.checks import Warning as Advice
from django.db import IntegrityError, connection

from config.apps import check_discretion
from config.celery import quote_nothing
from config.logs import Discreet
from tests import making
from tests.plugin import CLUSTER

LINE = Discreet("%(levelname)s %(message)s")


def record(message: str, *args, error: BaseException | None = None) -> logging.LogRecord:
    return logging.LogRecord(
        "reckoner", logging.ERROR, "", 0, message, args, error and (type(error), error, None)
    )


def raised(first: Exception, then: Exception) -> Exception:
    """An error that arose from another."""
    try:
        try:
            raise first
        except Exception as cause:
            raise then from cause
    except Exception as error:
        return error


def test_an_error_is_told_by_its_kind_and_place_and_so_is_what_it_arose_from():
    error = raised(ValueError("Ama Owusu"), KeyError("born 2010"))
    told = LINE.format(record("Refused", error=error))
    assert "Owusu" not in told
    assert "2010" not in told
    assert told.splitlines()[0] == "ERROR Refused"
    for expected in ("in raised", "builtins.KeyError\nwhich arose from", "builtins.ValueError"):
        assert expected in told


def test_what_another_log_made_of_the_error_is_not_taken_over():
    one = record("Refused", error=raised(ValueError("Ama"), KeyError("Owusu")))
    assert "Owusu" in logging.Formatter().format(one)
    assert "Owusu" not in LINE.format(one)


def test_an_error_in_a_message_is_its_kind():
    assert LINE.format(record("Refused: %s", ValueError("Ama"))).endswith("builtins.ValueError")
    assert LINE.format(record("%s of %d", "3", 4)) == "ERROR 3 of 4"
    assert LINE.format(record("%(name)s", {"name": "visits"})) == "ERROR visits"


@pytest.mark.django_db
def test_the_database_s_refusal_has_its_code():
    child = making.child(first_name="Ama")
    with pytest.raises(IntegrityError, match="Ama") as refused, connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_child SET sex = 'X' WHERE id = %s", [child.pk])
    told = LINE.format(record("Refused: %s", refused.value, error=refused.value))
    assert "(23514)" in told
    assert "Ama" not in told


def test_a_task_that_fails_is_told_so(capsys):
    logger = get_task_logger("tried")
    handler = logging.StreamHandler(sys.stdout)
    logger.addHandler(handler)
    quote_nothing(logger)
    told = {"name": "t", "exc": "IntegrityError('Ama')", "traceback": "… Ama"}
    logger.error("%(name)s: %(exc)s %(traceback)s", told)
    logger.removeHandler(handler)
    said = capsys.readouterr().out
    assert "t: IntegrityError" in said
    assert "Ama" not in said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_error_verbosity", "default"),
        ("log_min_error_statement", "error"),
        ("log_min_duration_statement", "250"),
        ("log_statement", "all"),
    ],
)
def test_a_database_that_writes_values_to_its_log_is_told_of(name, value):
    assert check_discretion(databases=["default"]) == []
    with psycopg.connect(CLUSTER.admin, autocommit=True) as server:
        server.execute(f"ALTER ROLE {CLUSTER.name} SET {name} = '{value}'")
        try:
            connection.close()
            [found] = check_discretion(databases=["default"])
        finally:
            server.execute(f"ALTER ROLE {CLUSTER.name} RESET {name}")
            connection.close()
    assert isinstance(found, Advice)
    assert name in found.msg

"""Writing down who looks at which child, before anything of it is shown."""

from collections.abc import Iterable
from contextlib import closing

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, transaction

from config.privacy import LookNotRecorded

from .choices import How

INSERT = """
    INSERT INTO referrals_look (user_id, child_id, how, page)
    SELECT %s, child, %s, %s FROM unnest(%s::bigint[]) AS child
"""
PAGE_LIMIT = 200


def record_looks(*, user, children: Iterable[int], how: How, page: str = "") -> None:
    """Writes that an account looks at these children; committed on return.

    A look is a fact even where what the page does later is undone: within a transaction it is
    written over a connection of its own. Where it cannot be written, nothing may be shown.
    """
    children = sorted(set(children))
    if not children:
        return
    values = [user.pk, how, page[:PAGE_LIMIT], children]
    try:
        try:
            with transaction.atomic(durable=True):
                _insert(connection, values)
        except RuntimeError:  # this thread's connection is within a transaction
            with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as own:
                _insert(own, values)
    except Error as error:
        raise LookNotRecorded from error


def _insert(over, values: list) -> None:
    with over.cursor() as cursor:
        cursor.execute(INSERT, values)

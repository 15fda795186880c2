"""The history that nobody can skip: a database trigger writes every change to a record."""

import pghistory


def keeps_history(model=None, *, leave_out=()):
    """Decorate a model so that each insert, update and delete is kept, bulk and raw SQL included.

    An event holds the row as it was after the change (before it, for a delete), the moment, and the
    account and page where there was one. ``leave_out`` names fields that must not be copied.
    """

    def track(model):
        events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
        return pghistory.track(*events, exclude=list(leave_out) or None)(model)

    return track if model is None else track(model)

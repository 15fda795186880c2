"""The form that every record is entered with."""

import datetime

from django import forms
from django.core.exceptions import ValidationError


class RecordForm(forms.ModelForm):
    """A record's form: what is entered has happened, and what cannot be true is said in a sentence.

    Whoever makes the form tells it which day it is. A model names in ``may_lie_ahead`` the dates
    that are plans rather than events. ``refused`` is what the database answered to the same entry.
    """

    today: datetime.date
    refused: ValidationError | None = None

    def _get_validation_exclusions(self) -> set[str]:
        """What could not be read; what the form does not show still counts in a constraint."""
        return {name for name in super()._get_validation_exclusions() if name in self.fields}

    def clean(self) -> dict:
        entered = super().clean()
        ahead = getattr(self._meta.model, "may_lie_ahead", ())
        for name, value in list(entered.items()):
            if type(value) is datetime.date and value > self.today and name not in ahead:
                self.add_error(name, "This date is in the future. Enter the day it happened.")
        if self.refused:
            self.add_error(None, self.refused)
        return entered

"""The working calendar: bank holidays, and the days with their working-day numbers."""

from django.db import models
from django.db.models import Q

from config import facts
from config.history import keeps_history

from ..working_calendar import NUMBERING


@keeps_history
class BankHoliday(models.Model):
    """A bank holiday of England and Wales: not a working day.

    Any change of one, a one-off day added late included, numbers the calendar days anew.
    """

    may_lie_ahead = ("day",)

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["day"]
        triggers = [NUMBERING]
        constraints = [facts.plausible("bank_holiday_dates_plausible", "day")]

    def __str__(self) -> str:
        return f"{self.day}, {self.name}"


class CalendarDay(models.Model):
    """A day with its working-day number: derived from the bank holidays, never edited.

    The N-th working day after any day is the working day whose number is N greater.
    """

    day = models.DateField(primary_key=True)
    number = models.IntegerField()
    working = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["number"],
                include=["day"],
                condition=Q(working=True),
                name="working_day_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"

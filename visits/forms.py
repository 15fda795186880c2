"""The form that a visit is entered with."""

from django.utils import timezone

from config.forms import RecordForm


class VisitForm(RecordForm):
    """A visit's form: the moment at which it is entered is the moment at which it was recorded."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.recorded_at = timezone.now()

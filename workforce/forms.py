"""The form that an employment is entered with in the admin."""

from django.core.exceptions import ValidationError

from config.forms import RecordForm

from .models import Employment
from .staffing import confirm_given_on


class EmploymentForm(RecordForm):
    """An employment's form: nobody's time in post ends while they still have cases."""

    class Meta:
        model = Employment
        fields = "__all__"

    def clean(self) -> dict:
        entered = super().clean()
        left_on, worker = entered.get("left_on"), entered.get("worker")
        if left_on and worker and worker.pk and "left_on" in self.changed_data:
            try:
                confirm_given_on(worker, max(left_on, self.today))
            except ValidationError as refused:
                self.add_error("left_on", refused)
        return entered

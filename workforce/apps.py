from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkforceConfig(AppConfig):
    name = "workforce"
    verbose_name = "Workforce"

    def ready(self) -> None:
        from .working_calendar import refresh_after_migrate

        post_migrate.connect(refresh_after_migrate, sender=self)

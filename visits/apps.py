from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = "Child protection"

    def ready(self) -> None:
        from . import events, work  # noqa: F401 (its events and clocks)

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "visits"
    verbose_name = "Child protection"

    def ready(self) -> None:
        from . import case_file, clashes, events, quality, work  # noqa: F401 (what others are told)

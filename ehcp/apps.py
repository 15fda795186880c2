from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EhcpConfig(AppConfig):
    name = "ehcp"
    verbose_name = "Education, health and care plans"

    def ready(self) -> None:
        from . import case_file, clashes, events, quality, work  # noqa: F401 (what others are told)
        from .time_limits import load_after_migrate

        post_migrate.connect(load_after_migrate, sender=self)

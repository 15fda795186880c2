from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Children and referrals"

    def ready(self) -> None:
        from . import work  # noqa: F401 (its clocks)

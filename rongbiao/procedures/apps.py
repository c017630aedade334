"""The procedures floor as a Django app: it has no tables, but declares every procedure."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "rongbiao.procedures"
    label = "procedures"
    verbose_name = "事项"

    def ready(self) -> None:
        from . import declared  # noqa: F401  importing declares them

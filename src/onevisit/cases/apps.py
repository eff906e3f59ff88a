"""The cases room for Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the cases room."""

    name = "onevisit.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

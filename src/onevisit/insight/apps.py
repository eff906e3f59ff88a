"""The insight room for Django."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the insight room."""

    name = "onevisit.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"

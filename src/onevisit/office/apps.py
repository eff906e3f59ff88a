"""The office room for Django."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Registers the office room."""

    name = "onevisit.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

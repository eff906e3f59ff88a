"""The ui room for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the ui room."""

    name = "onevisit.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

"""The halls room for Django."""

from django.apps import AppConfig


class HallsConfig(AppConfig):
    """Registers the halls room."""

    name = "onevisit.halls"
    label = "halls"
    default_auto_field = "django.db.models.BigAutoField"

"""The notices room for Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the notices room."""

    name = "onevisit.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

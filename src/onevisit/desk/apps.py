"""The desk room for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the desk room."""

    name = "onevisit.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

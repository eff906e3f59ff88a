"""The machines room for Django."""

from django.apps import AppConfig


class MachinesConfig(AppConfig):
    """Registers the machines room."""

    name = "onevisit.machines"
    label = "machines"
    default_auto_field = "django.db.models.BigAutoField"

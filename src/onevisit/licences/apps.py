"""The licences room for Django."""

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    """Registers the licences room."""

    name = "onevisit.licences"
    label = "licences"
    default_auto_field = "django.db.models.BigAutoField"

"""The api room for Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the api room."""

    name = "onevisit.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

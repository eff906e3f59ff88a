"""The reform room for Django."""

from django.apps import AppConfig


class ReformConfig(AppConfig):
    """Registers the reform room."""

    name = "onevisit.reform"
    label = "reform"
    default_auto_field = "django.db.models.BigAutoField"

"""The hooks room for Django."""

from django.apps import AppConfig


class HooksConfig(AppConfig):
    """Registers the hooks room."""

    name = "onevisit.hooks"
    label = "hooks"
    default_auto_field = "django.db.models.BigAutoField"

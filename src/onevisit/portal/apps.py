"""The portal room for Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the portal room."""

    name = "onevisit.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

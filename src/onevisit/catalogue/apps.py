"""The catalogue room for Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Registers the catalogue room."""

    name = "onevisit.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

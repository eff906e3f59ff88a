"""The people room for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the people room."""

    name = "onevisit.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

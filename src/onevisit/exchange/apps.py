"""The exchange room for Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the exchange room."""

    name = "onevisit.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

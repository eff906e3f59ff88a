"""The payments room for Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Registers the payments room."""

    name = "onevisit.payments"
    label = "payments"
    default_auto_field = "django.db.models.BigAutoField"

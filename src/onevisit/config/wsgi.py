"""The WSGI application that the web server loads."""

import os
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

Application = Callable[..., Iterable[bytes]]


def behind(proxies: list[str], application: Application) -> Application:
    """The application as it is reached through these proxies: a visitor's address is what they say it is."""
    if not proxies:
        return application
    wrapped: Application = wrap_wsgi_with_proxy_headers(application, proxies)
    return wrapped


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onevisit.config.settings")
application = behind(settings.PROXIES, get_wsgi_application())
